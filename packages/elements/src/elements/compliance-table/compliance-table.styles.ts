import { css } from "lit"

export default css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 260px;
    block-size: 520px;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2);
    margin-block-end: calc(var(--_space) * 3);
  }
  .toolbar .search {
    flex: 1 1 160px;
    max-inline-size: 340px;
  }
  .total {
    margin-inline-start: auto;
    font-size: 0.93em;
  }
  .frame {
    position: relative;
    flex: 1;
    min-block-size: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: hidden;
    background: var(--_surface);
  }
  .viewport {
    position: absolute;
    inset: 0;
    overflow: auto;
    overflow-anchor: none;
    scroll-padding-block-start: 36px;
  }
  .head,
  .row {
    display: grid;
    grid-template-columns:
      minmax(148px, 1.1fr) minmax(120px, 1.2fr) minmax(140px, 2fr) minmax(110px, 1.2fr) minmax(96px, 0.6fr)
      minmax(90px, 0.8fr) minmax(140px, 1.6fr) minmax(150px, 1.4fr);
    min-inline-size: 1010px;
  }
  .narrow .head,
  .narrow .row {
    grid-template-columns: minmax(0, 1fr) auto;
    min-inline-size: 0;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    block-size: 36px;
    background: var(--_raised);
    border-block-end: 1px solid var(--_border);
    color: var(--_quiet);
    font-size: 0.9em;
    font-weight: 550;
  }
  .body {
    position: relative;
    min-inline-size: 1010px;
    overflow: clip;
  }
  .narrow .body {
    min-inline-size: 0;
  }
  .layer {
    position: sticky;
    inset-block-start: 36px;
    block-size: 0;
    z-index: 1;
  }
  .row {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
    border-block-end: 1px solid var(--_border);
    background: var(--_surface);
    cursor: pointer;
  }
  .row:hover {
    background: var(--_raised);
  }
  .row[aria-selected="true"] {
    background: var(--_selected);
    box-shadow: inset 3px 0 0 var(--_primary);
  }
  .cell {
    display: flex;
    align-items: center;
    min-inline-size: 0;
    padding-inline: calc(var(--_space) * 3);
  }
  .cell > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .cell:focus-visible {
    outline-offset: -2px;
  }
  .cell.number {
    justify-content: end;
    text-align: end;
  }
  .cell .skeleton {
    inline-size: 60%;
  }
  .part {
    font-weight: 550;
  }
  .narrow .part > span > small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_quiet);
    font-size: 0.9em;
    font-weight: 400;
  }
  .duty {
    display: inline-flex;
    flex: none;
    margin-inline-start: 6px;
    color: var(--_duty);
  }
  .over {
    color: var(--_non-compliant-on);
    font-weight: 600;
  }
  .notice {
    position: absolute;
    inset: 36px 0 0;
    display: grid;
    align-content: center;
    overflow: auto;
  }
  .banner {
    position: absolute;
    inset: auto 0 0;
    z-index: 3;
    background: var(--_surface);
    border-block-start: 1px solid var(--_border);
  }
  .banner .message {
    padding-block: calc(var(--_space) * 4);
  }
`
