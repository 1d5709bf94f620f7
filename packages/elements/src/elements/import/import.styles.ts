import { css } from "lit"

export default css`
  .drop {
    display: grid;
    justify-items: center;
    gap: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 7) calc(var(--_space) * 4);
    border: 1.5px dashed var(--_control);
    border-radius: var(--_radius);
    text-align: center;
  }
  .drop.over {
    border-color: var(--_primary);
    background: var(--_selected);
  }
  .drop strong {
    font-weight: 600;
  }
  .drop svg {
    color: var(--_quiet);
  }
  .progress {
    display: grid;
    gap: calc(var(--_space) * 2);
    margin-block-start: calc(var(--_space) * 4);
  }
  .progress p {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 4);
    overflow-wrap: anywhere;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 999px;
    overflow: hidden;
    background: var(--_border);
  }
  progress::-webkit-progress-bar {
    background: var(--_border);
  }
  progress::-webkit-progress-value {
    background: var(--_primary);
    transition: inline-size 0.2s;
  }
  progress::-moz-progress-bar {
    background: var(--_primary);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 3) calc(var(--_space) * 10);
    margin-block: calc(var(--_space) * 4);
  }
  .facts dt {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .facts dd {
    font-size: 1.43em;
    font-weight: 600;
  }
  .failed {
    color: var(--_non-compliant-on);
  }
  .scroll {
    max-block-size: 320px;
    overflow: auto;
  }
  td {
    overflow-wrap: anywhere;
    min-inline-size: 110px;
  }
  td.message-text {
    min-inline-size: 200px;
  }
  td.number {
    min-inline-size: 0;
  }
  code {
    white-space: nowrap;
    font-size: 0.95em;
  }
  .note {
    margin-block-start: calc(var(--_space) * 2);
  }
`
