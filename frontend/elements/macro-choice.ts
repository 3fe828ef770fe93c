// <macro-choice data-html data-into>: around the form that does a macro. When it is sent, the macro's words go into the answer
// in the composer that data-into holds; nothing is sent to anybody. Without script the server keeps them in the draft.
import type { ReplyBox } from "./reply-box.ts";
import type { RichComposer } from "./rich-composer.ts";

export class MacroChoice extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("submit", this.sent);
  }

  disconnectedCallback(): void {
    this.removeEventListener("submit", this.sent);
  }

  private sent = (): void => {
    this.closest("dialog")?.close();
    const { html = "", into = "" } = this.dataset;
    const box = into ? document.querySelector<ReplyBox>(into) : null;
    const composer = box?.querySelector<RichComposer>('[data-form="reply"] rich-composer');
    if (!html || !composer) return;
    box?.show("reply");
    composer.insert(html);
  };
}
