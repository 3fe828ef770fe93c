// <open-templates>: around a link to the page where a template is chosen. With script it opens the same list that "/"
// opens, in the composer [data-open] names; without, or with a modifier key, the link leads there.
import type { ReplyBox } from "./reply-box.ts";
import type { RichComposer } from "./rich-composer.ts";

export class OpenTemplates extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.pressed);
  }

  private pressed = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLElement>("[data-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const box = this.closest<ReplyBox>("reply-box");
    const composer = (box?.querySelector(`[data-form="${link.dataset.open}"] rich-composer`) ?? document.querySelector("rich-composer[data-templates]")) as RichComposer | null;
    if (!composer) return;
    event.preventDefault();
    box?.show(link.dataset.open ?? "reply");
    void composer.type("/");
  };
}
