import { css } from "lit"

export default css`
  :host {
    container-type: inline-size;
  }
  .search {
    inline-size: 100%;
    margin-block-end: calc(var(--_space) * 3);
  }
  .filter {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
    margin-block-end: calc(var(--_space) * 3);
  }
  .filter select {
    flex: 1 1 120px;
    min-inline-size: 0;
  }
  ul {
    display: grid;
    gap: 2px;
    list-style: none;
  }
  li button {
    display: grid;
    gap: 2px;
    inline-size: 100%;
    padding: calc(var(--_space) * 2.5) calc(var(--_space) * 3);
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    text-align: start;
    cursor: pointer;
  }
  li button:hover {
    background: var(--_raised);
  }
  li button[aria-current="true"] {
    background: var(--_selected);
    box-shadow: inset 3px 0 0 var(--_primary);
  }
  .name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .quiet {
    font-size: 0.93em;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px calc(var(--_space) * 2);
    margin-block-start: 3px;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_space) * 2);
    min-block-size: 34px;
    margin-block-start: calc(var(--_space) * 2);
    padding-inline: calc(var(--_space) * 3);
    font-size: 0.9em;
  }
`
