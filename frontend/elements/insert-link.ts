// <insert-link data-href data-title data-done>: its [data-insert] button puts a link into the answer that is being
// written: into the composer that is shown. Without one on the page it is copied.
import { escaped, say } from "./page.ts";
import type { RichComposer } from "./rich-composer.ts";

export class InsertLink extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.pressed);
  }

  private pressed = (event: Event): void => {
    if (!(event.target as Element).closest("[data-insert]")) return;
    const composer = [...document.querySelectorAll<RichComposer>("rich-composer")].find((one) => !one.closest("[hidden]"));
    const { href = "", title = "" } = this.dataset;
    if (composer) composer.insert(`<a href="${escaped(href)}">${escaped(title)}</a> `);
    else void navigator.clipboard?.writeText(href);
    say(this.dataset.done ?? "");
  };
}
