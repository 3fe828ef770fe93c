// <theme-switch>: its button goes round system → light → dark and remembers it in a cookie, so that the server draws the
// next page right at once.
import { icon, remember } from "./page.ts";

const order = ["", "light", "dark"] as const;
const shapes = { "": "sun-moon", light: "sun", dark: "moon" };
type Theme = (typeof order)[number];

export class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.next);
  }

  private next = (): void => {
    const root = document.documentElement;
    const now = (root.dataset.theme ?? "") as Theme;
    const theme = order[(order.indexOf(now) + 1) % order.length]!;
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
    remember("tugon_theme", theme);
    for (const other of document.querySelectorAll<ThemeSwitch>("theme-switch")) other.show(theme);
  };

  show(theme: Theme): void {
    const button = this.querySelector("button");
    if (!button) return;
    const word = { "": this.dataset.system, light: this.dataset.light, dark: this.dataset.dark }[theme] ?? "";
    const label = `${button.dataset.label}: ${word}`;
    const words = button.querySelector("span");
    if (words) words.textContent = label;
    else {
      button.setAttribute("aria-label", label);
      button.innerHTML = icon(shapes[theme], "icon-md");
    }
  }
}
