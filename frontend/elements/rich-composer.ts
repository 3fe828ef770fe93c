// <rich-composer>: around a textarea. When the editor has arrived it takes the textarea's place and writes its HTML back
// into it with every change, so that drafts, forms and people without script need nothing else. Until then, and if it
// never arrives, the textarea works.
import type { Mounted } from "../editor/mount.ts";

export class RichComposer extends HTMLElement {
  private mounted?: Mounted;

  async connectedCallback(): Promise<void> {
    const area = this.querySelector("textarea");
    if (!area || this.mounted) return;
    this.setAttribute("hx-morph-skip", "");
    const { mount } = await import("../editor/mount.ts");
    if (!this.isConnected || this.mounted) return;
    const hadFocus = document.activeElement === area;
    this.mounted = mount(this, area);
    if (hadFocus) this.mounted.focus();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.mounted?.destroy();
      this.mounted = undefined;
    });
  }

  /** Put HTML where the cursor stands: a template, a link to an article. */
  insert(html: string): void {
    if (this.mounted) this.mounted.insert(html);
    else this.querySelector("textarea")?.setRangeText(html);
  }

  override focus(): void {
    if (this.mounted) this.mounted.focus();
    else this.querySelector("textarea")?.focus();
  }

  /** Replace all of it; an empty text clears the composer. */
  fill(html: string): void {
    if (this.mounted) this.mounted.fill(html);
    else this.querySelector("textarea")!.value = html;
  }
}
