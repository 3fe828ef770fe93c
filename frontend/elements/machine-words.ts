// <machine-words data-into="reply|note" data-replaces data-html data-taken data-done>: its [data-put] button puts words that
// a machine made into what is being written, at the cursor or in place of all of it, and tells the server that it did.
// Nothing gets there without the press; the editor's undo takes it back.
import { csrf, say } from "./page.ts";
import type { RichComposer } from "./rich-composer.ts";

export class MachineWords extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.pressed);
  }

  private pressed = (event: Event): void => {
    if (!(event.target as Element).closest("[data-put]")) return;
    const { into = "reply", html = "", replaces = "", taken = "", done = "" } = this.dataset;
    const box = document.querySelector("reply-box");
    box?.querySelector<HTMLElement>(`[data-show="${into}"]`)?.click();
    const composer = box?.querySelector<RichComposer>(`[data-form="${into}"] rich-composer`);
    if (!composer) return;
    if (replaces) composer.fill(html);
    else composer.insert(html);
    const body = new URLSearchParams({ into });
    void fetch(taken, { method: "POST", body, headers: { "X-CSRFToken": csrf() } }).catch(() => null);
    say(done);
  };
}
