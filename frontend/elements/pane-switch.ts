// <pane-switch data-pane data-shell>: opens and closes the queues. Wide screens fold the column and remember it; narrow
// ones lay the pane over the page until Escape, a link or a touch beside it.
import { remember } from "./page.ts";

export class PaneSwitch extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.flip);
    document.addEventListener("keydown", this.escape);
    document.addEventListener("pointerdown", this.beside);
    this.tell();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.escape);
    document.removeEventListener("pointerdown", this.beside);
  }

  private get pane(): HTMLElement | null {
    return document.getElementById(this.dataset.pane ?? "");
  }

  private get shell(): HTMLElement | null {
    return document.getElementById(this.dataset.shell ?? "");
  }

  private get narrow(): boolean {
    return matchMedia("(max-width: 63.99rem)").matches;
  }

  private flip = (): void => {
    if (this.narrow) {
      const open = this.pane?.toggleAttribute("data-open") ?? false;
      if (open) this.pane?.querySelector<HTMLElement>("a, button")?.focus();
    } else if (this.shell) {
      const closed = this.shell.dataset.queues !== "closed";
      if (closed) this.shell.dataset.queues = "closed";
      else delete this.shell.dataset.queues;
      remember("tugon_queues", closed ? "closed" : "");
    }
    this.tell();
  };

  private escape = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && this.narrow && this.pane?.hasAttribute("data-open")) {
      this.pane.removeAttribute("data-open");
      this.querySelector("button")?.focus();
      this.tell();
    }
  };

  private beside = (event: PointerEvent): void => {
    const target = event.target as Node;
    if (this.narrow && !this.pane?.contains(target) && !this.contains(target)) {
      this.pane?.removeAttribute("data-open");
      this.tell();
    }
  };

  private tell(): void {
    const open = this.narrow ? this.pane?.hasAttribute("data-open") : this.shell?.dataset.queues !== "closed";
    this.querySelector("button")?.setAttribute("aria-expanded", String(Boolean(open)));
  }
}
