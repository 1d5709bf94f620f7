import { css } from "lit"

/**
 * The tokens every element starts from. A host page sets `--certivo-*` on any ancestor; the fallbacks follow the
 * inherited `color-scheme`.
 */
export const theme = css`
  @layer certivo {
    :host {
      --_primary: var(--certivo-color-primary, light-dark(#2451c4, #93b4ff));
      --_on-primary: var(--certivo-color-on-primary, light-dark(#ffffff, #0d1526));
      --_text: var(--certivo-color-text, light-dark(#18202e, #e8ecf3));
      --_quiet: var(--certivo-color-text-quiet, light-dark(#545f71, #a7b1c2));
      --_surface: var(--certivo-color-surface, light-dark(#ffffff, #161b24));
      --_raised: var(--certivo-color-surface-raised, light-dark(#f5f7fa, #1e2530));
      --_border: var(--certivo-color-border, light-dark(#dfe4eb, #2d3644));
      --_control: var(--certivo-color-control, light-dark(#848fa1, #6d7a8f));
      --_focus: var(--certivo-color-focus, light-dark(#2451c4, #93b4ff));
      --_selected: var(--certivo-color-selected, light-dark(#eaf0ff, #202c47));
      --_compliant: var(--certivo-status-compliant-fill, light-dark(#23875c, #45b889));
      --_compliant-on: var(--certivo-status-compliant-on, light-dark(#0c5a39, #97e3c0));
      --_exempt: var(--certivo-status-exempt-fill, light-dark(#6a5fd0, #9d94f2));
      --_exempt-on: var(--certivo-status-exempt-on, light-dark(#463ba0, #c8c2ff));
      --_unknown: var(--certivo-status-unknown-fill, light-dark(#b4770f, #dfa843));
      --_unknown-on: var(--certivo-status-unknown-on, light-dark(#744600, #f4cd83));
      --_non-compliant: var(--certivo-status-non-compliant-fill, light-dark(#cb3242, #f0666f));
      --_non-compliant-on: var(--certivo-status-non-compliant-on, light-dark(#981a29, #ffb0b5));
      --_not-applicable: var(--certivo-status-not-applicable-fill, light-dark(#7b8596, #8a95a6));
      --_not-applicable-on: var(--certivo-status-not-applicable-on, light-dark(#485163, #bcc5d2));
      --_duty: var(--certivo-status-above-threshold-fill, light-dark(#0f7c99, #4fb8d6));
      --_duty-on: var(--certivo-status-above-threshold-on, light-dark(#0a4f63, #9fdff2));
      --_space: var(--certivo-space, 4px);
      --_radius: var(--certivo-radius, 8px);
      --_font: var(--certivo-font-family, ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif);
      --_size: var(--certivo-font-size, 14px);
      display: block;
      box-sizing: border-box;
      color: var(--_text);
      font: 400 var(--_size) / var(--certivo-line-height, 1.5) var(--_font);
      font-variant-numeric: tabular-nums;
    }
    :host([hidden]) {
      display: none;
    }
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    :focus-visible {
      outline: var(--certivo-focus-width, 2px) solid var(--_focus);
      outline-offset: 1px;
    }
    h2,
    h3,
    p,
    dl,
    dd,
    figure,
    ul,
    ol {
      margin: 0;
      padding: 0;
    }
    .quiet {
      color: var(--_quiet);
    }
    .icon {
      stroke: light-dark(#ffffff, #10151d);
    }
    .visually-hidden {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    button,
    input,
    select {
      font: inherit;
      color: inherit;
    }
    .button {
      min-block-size: 34px;
      padding: 0 calc(var(--_space) * 3);
      border: 1px solid var(--_control);
      border-radius: calc(var(--_radius) - 2px);
      background: var(--_surface);
      font-weight: 550;
      cursor: pointer;
    }
    .button:hover {
      background: var(--_raised);
    }
    .button.primary {
      border-color: var(--_primary);
      background: var(--_primary);
      color: var(--_on-primary);
    }
    .link {
      padding: 2px 0;
      min-block-size: 24px;
      border: 0;
      background: none;
      color: var(--_primary);
      text-align: start;
      text-decoration: underline;
      text-decoration-color: color-mix(in srgb, currentColor 40%, transparent);
      text-underline-offset: 3px;
      overflow-wrap: anywhere;
      cursor: pointer;
    }
    .link:hover {
      text-decoration-color: currentColor;
    }
    .field {
      min-block-size: 34px;
      min-inline-size: 0;
      padding: 0 calc(var(--_space) * 2.5);
      border: 1px solid var(--_control);
      border-radius: calc(var(--_radius) - 2px);
      background: var(--_surface);
    }
    .field::placeholder {
      color: var(--_quiet);
      opacity: 1;
    }
    .message {
      display: grid;
      justify-items: center;
      gap: calc(var(--_space) * 2);
      padding: calc(var(--_space) * 8) calc(var(--_space) * 4);
      text-align: center;
      color: var(--_quiet);
      overflow-wrap: anywhere;
    }
    .message strong {
      color: var(--_text);
      font-weight: 600;
    }
    .message code {
      font-size: 0.86em;
    }
    .skeleton {
      block-size: 0.8em;
      border-radius: 4px;
      background: var(--_border);
      animation: appear 0.2s 0.15s both;
    }
    .message > .skeleton {
      inline-size: min(100%, 420px);
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      * {
        animation: none !important;
        transition: none !important;
      }
    }
  }
`

/** A plain table inside a view; wide ones scroll by themselves. */
export const tables = css`
  .scroll {
    overflow-x: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.93em;
  }
  th,
  td {
    padding: calc(var(--_space) * 2) calc(var(--_space) * 3);
    text-align: start;
    vertical-align: top;
    border-block-end: 1px solid var(--_border);
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  thead th {
    background: var(--_raised);
    color: var(--_quiet);
    font-weight: 550;
    white-space: nowrap;
  }
  tbody th {
    font-weight: 550;
  }
  .number {
    text-align: end;
    white-space: nowrap;
  }
`
