// <insert-text>: its [data-insert] buttons put their words where the cursor stands in the composer of the page: a variable
// of a template, a condition.
import type { RichComposer } from "./rich-composer.ts";

export class InsertText extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.pressed);
  }

  private pressed = (event: Event): void => {
    const words = (event.target as Element).closest<HTMLElement>("[data-insert]")?.dataset.insert;
    if (words) void document.querySelector<RichComposer>("rich-composer")?.type(words);
  };
}
