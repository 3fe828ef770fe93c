// <copy-button data-text data-done>: puts the text on the clipboard and says so. Without data-text: the code beside it.
import { say } from "./page.ts";

export class CopyButton extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text ?? this.parentElement?.querySelector("pre")?.innerText ?? "");
      say(this.dataset.done ?? "");
    });
  }
}
