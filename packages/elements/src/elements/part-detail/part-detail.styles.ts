import { css } from "lit"

export default css`
  :host {
    container-type: inline-size;
  }
  header {
    display: grid;
    justify-items: start;
    gap: calc(var(--_space) * 1.5);
  }
  h2 {
    font-size: 1.28em;
    font-weight: 650;
    line-height: 1.3;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  h3 {
    margin-block: calc(var(--_space) * 6) calc(var(--_space) * 2);
    font-size: 1em;
    font-weight: 650;
  }
  .headline {
    margin-block-start: calc(var(--_space) * 3);
    overflow-wrap: anywhere;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
    gap: calc(var(--_space) * 3);
    margin-block-start: calc(var(--_space) * 4);
    padding: calc(var(--_space) * 3) calc(var(--_space) * 4);
    border-radius: var(--_radius);
    background: var(--_raised);
  }
  .facts dt {
    color: var(--_quiet);
    font-size: 0.9em;
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  .proof {
    list-style: none;
    font-size: 0.93em;
  }
  .proof li {
    position: relative;
    margin-inline-start: calc(var(--depth, 0) * 18px);
    padding: 3px 0 3px 14px;
    border-inline-start: 2px solid var(--_border);
    overflow-wrap: anywhere;
  }
  .depth-1 {
    --depth: 1;
  }
  .depth-2 {
    --depth: 2;
  }
  .depth-3 {
    --depth: 3;
  }
  .depth-4 {
    --depth: 4;
  }
  .reasons {
    display: grid;
    gap: 4px;
    padding-inline-start: 18px;
  }
  .children {
    list-style: none;
  }
  .children li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px calc(var(--_space) * 3);
    padding: calc(var(--_space) * 1.5) 0;
    border-block-end: 1px solid var(--_border);
  }
  .children li:last-child {
    border-block-end: 0;
  }
  .children .quiet {
    margin-inline-start: auto;
  }
  .used {
    display: flex;
    flex-wrap: wrap;
    gap: 2px calc(var(--_space) * 4);
    list-style: none;
  }
  th small,
  td small {
    display: block;
    font-weight: 400;
    color: var(--_quiet);
    font-size: 0.92em;
  }
  td .evidence {
    overflow-wrap: anywhere;
  }
  @container (inline-size < 480px) {
    thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .findings tr {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 12px;
      padding: calc(var(--_space) * 3);
      border-block-end: 1px solid var(--_border);
    }
    .findings tr:last-child {
      border-block-end: 0;
    }
    .findings th,
    .findings td {
      padding: 0;
      border: 0;
      text-align: start;
      white-space: normal;
    }
    .findings .wide {
      grid-column: 1 / -1;
    }
    .findings td[data-label]::before {
      content: attr(data-label) " ";
      color: var(--_quiet);
    }
  }
`
