// <density-switch>: comfortable or compact rows, remembered in a cookie.
import { remember } from "./page.ts";

export class DensitySwitch extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", () => {
      const compact = document.documentElement.dataset.density !== "compact";
      if (compact) document.documentElement.dataset.density = "compact";
      else delete document.documentElement.dataset.density;
      remember("tugon_density", compact ? "compact" : "");
      this.querySelector("button")?.setAttribute("aria-pressed", String(compact));
    });
  }
}
