// <rich-composer>: around a textarea. When the editor has arrived it takes the textarea's place and writes its HTML back
// into it with every change, so that drafts, forms and people without script need nothing else. Until then, and if it
// never arrives, the textarea works.
//
// The editor is two thirds of all the page's script, and most tickets are only read: it is fetched with a person's first
// press anywhere on the page, or when the pointer comes near the composer; at once where a draft waits in it.
import type { Mounted } from "../editor/mount.ts";

const firstPress = new Promise<void>((resolve) => {
  for (const kind of ["pointerdown", "keydown", "dragenter"]) {
    addEventListener(kind, () => resolve(), { once: true, capture: true, passive: true });
  }
});

export class RichComposer extends HTMLElement {
  private mounted?: Mounted;

  connectedCallback(): void {
    const area = this.querySelector("textarea");
    if (!area || this.mounted) return;
    this.setAttribute("hx-morph-skip", "");
    const come = (): void => void this.come(area);
    if (area.value.trim()) come();
    void firstPress.then(come);
    this.addEventListener("pointerenter", come, { once: true });
    area.addEventListener("focus", come, { once: true });
  }

  /** The editor takes the textarea's place, with what was typed meanwhile. */
  private async come(area: HTMLTextAreaElement): Promise<void> {
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

  /** Types into the editor, which comes first where it is not there yet: "/" opens the list of templates. */
  async type(text: string): Promise<void> {
    const area = this.querySelector("textarea");
    if (area) await this.come(area);
    this.mounted?.type(text);
  }

  override focus(): void {
    if (this.mounted) return this.mounted.focus();
    const area = this.querySelector("textarea");
    area?.focus();
    area?.setSelectionRange(area.value.length, area.value.length);
  }

  /** Put other words where these stand for the given time (from 0); null only shows them. False where they do not stand. */
  replace(words: string, number: number, html: string | null, text: string): boolean {
    if (this.mounted) return this.mounted.replace(words, number, html);
    const area = this.querySelector("textarea")!;
    let at = area.value.indexOf(words);
    for (let seen = 0; seen < number && at >= 0; seen++) at = area.value.indexOf(words, at + 1);
    if (at < 0) return false;
    area.focus();
    area.setSelectionRange(at, at + words.length);
    if (html !== null) this.changed(area, () => area.setRangeText(text, at, at + words.length, "end"));
    return true;
  }

  /** Put words at the begin, after_greeting (the first paragraph) or the end. */
  put(html: string, text: string, place: string): void {
    if (this.mounted) return this.mounted.put(html, place);
    const area = this.querySelector("textarea")!;
    const gap = area.value.indexOf("\n\n");
    const at = place === "end" ? area.value.length : place === "after_greeting" && gap >= 0 && gap < 60 ? gap : 0;
    const words = at ? `\n\n${text}` : `${text}\n\n`;
    this.changed(area, () => area.setRangeText(words, at, at, "end"));
  }

  private changed(area: HTMLTextAreaElement, change: () => void): void {
    change();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Replace all of it; an empty text clears the composer. */
  fill(html: string): void {
    if (this.mounted) this.mounted.fill(html);
    else this.querySelector("textarea")!.value = html;
  }
}
