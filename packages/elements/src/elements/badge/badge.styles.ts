import { css } from "lit"

export default css`
  :host {
    display: inline-flex;
    max-inline-size: 100%;
    vertical-align: middle;
  }
  span {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 1px 8px 1px 5px;
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_text);
    font-size: 0.86em;
    font-weight: 550;
    line-height: 20px;
    white-space: nowrap;
  }
  svg {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
  }
  .above-threshold {
    background: light-dark(#e0f3f8, #103642);
    color: var(--_duty-on);
  }
  .compliant,
  .below-threshold,
  .not-contained {
    background: light-dark(#e2f4eb, #14382a);
    color: var(--_compliant-on);
  }
  .exempt {
    background: light-dark(#edebfc, #2b2854);
    color: var(--_exempt-on);
  }
  .unknown {
    background: light-dark(#fcefd6, #3d2e10);
    color: var(--_unknown-on);
  }
  .non-compliant {
    background: light-dark(#fde7e9, #4a181f);
    color: var(--_non-compliant-on);
  }
  .not-applicable {
    background: light-dark(#eceff4, #2a323e);
    color: var(--_not-applicable-on);
  }
  @media (forced-colors: active) {
    span {
      border: 1px solid;
    }
  }
`
