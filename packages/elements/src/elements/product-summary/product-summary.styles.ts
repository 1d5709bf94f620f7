import { css } from "lit"

export default css`
  :host {
    container-type: inline-size;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2) calc(var(--_space) * 3);
    align-items: center;
    margin-block-end: calc(var(--_space) * 4);
  }
  h2 {
    font-size: 1.43em;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 3) calc(var(--_space) * 10);
    margin-block-end: calc(var(--_space) * 5);
  }
  .facts dt {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .facts dd {
    font-size: 1.57em;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .chart {
    display: block;
    inline-size: 100%;
    block-size: 20px;
    border-radius: 6px;
  }
  .segment {
    cursor: pointer;
  }
  .segment.compliant {
    fill: var(--_compliant);
  }
  .segment.exempt {
    fill: var(--_exempt);
  }
  .segment.unknown {
    fill: var(--_unknown);
  }
  .segment.non-compliant {
    fill: var(--_non-compliant);
  }
  .segment.not-applicable {
    fill: var(--_not-applicable);
  }
  .segment.other {
    opacity: 0.35;
  }
  .segment:hover {
    filter: brightness(1.08);
  }
  .legend {
    flex: 1 1 300px;
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 1.5);
    margin-block-start: calc(var(--_space) * 3);
    list-style: none;
  }
  .legend button {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 30px;
    padding: 0 10px 0 8px;
    border: 1px solid var(--_border);
    border-radius: 999px;
    background: transparent;
    cursor: pointer;
  }
  .legend button:hover {
    background: var(--_raised);
  }
  .legend button[aria-pressed="true"] {
    border-color: var(--_primary);
    background: var(--_selected);
  }
  .legend strong {
    font-weight: 650;
  }
  .legend .compliant {
    color: var(--_compliant);
  }
  .legend .exempt {
    color: var(--_exempt);
  }
  .legend .unknown {
    color: var(--_unknown);
  }
  .legend .non-compliant {
    color: var(--_non-compliant);
  }
  .legend .not-applicable {
    color: var(--_not-applicable);
  }
  .legend svg {
    display: block;
  }
  .chart-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: calc(var(--_space) * 2);
  }
  .chart-foot .link {
    margin-block-start: calc(var(--_space) * 3);
    margin-inline-start: auto;
    min-block-size: 30px;
    font-size: 0.93em;
  }
  @container (inline-size < 420px) {
    .facts {
      gap: calc(var(--_space) * 2) calc(var(--_space) * 5);
    }
    .facts dd {
      font-size: 1.28em;
    }
  }
  .scroll {
    margin-block-start: calc(var(--_space) * 3);
  }
`
