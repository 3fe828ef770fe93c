// <article-editor data-convert data-uploads data-articles data-facts data-known>: around a Markdown textarea (name "body"),
// a hidden field "format" and a hidden textarea "html". Its script arrives when it is needed; then the words are written
// as they will look and sent as HTML, and "Markdown" switches to the textarea and back: the server turns one into the
// other. Until then, and without script, the textarea is all there is.
import { csrf, escaped, icon, say } from "./page.ts";
import type { Mounted } from "../editor/article/mount.ts";

export class ArticleEditor extends HTMLElement {
  private mounted?: Mounted;
  private back?: HTMLElement;

  async connectedCallback(): Promise<void> {
    if (this.mounted || !this.area || !this.rich) return;
    this.setAttribute("hx-morph-skip", "");
    const { mount } = await import("../editor/article/mount.ts");
    if (!this.isConnected || this.mounted) return;
    this.mounted = mount(this, {
      html: this.rich.value,
      placeholder: this.area.placeholder,
      changed: (html) => this.changed(html),
      markdown: () => void this.toMarkdown(),
    });
    this.area.before(this.mounted.frame);
    this.querySelector("label")?.addEventListener("click", () => this.focus());
    this.show("html");
    this.dispatchEvent(new Event("editor:ready", { bubbles: true }));
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.mounted?.destroy();
      this.mounted = undefined;
    });
  }

  override focus(): void {
    if (this.format === "html") this.mounted?.focus();
    else this.area.focus();
  }

  get format(): string {
    return this.querySelector<HTMLInputElement>("input[name=format]")?.value ?? "markdown";
  }

  /** Replace what is written, as HTML. */
  fill(html: string): void {
    this.mounted?.fill(html);
    if (this.format !== "html") this.show("html");
  }

  private get area(): HTMLTextAreaElement {
    return this.querySelector<HTMLTextAreaElement>("textarea[name=body]")!;
  }

  private get rich(): HTMLTextAreaElement {
    return this.querySelector<HTMLTextAreaElement>("textarea[name=html]")!;
  }

  private changed(html: string): void {
    this.rich.value = html;
    this.rich.dispatchEvent(new Event("input", { bubbles: true }));
  }

  private show(format: "html" | "markdown"): void {
    const isRich = format === "html";
    this.querySelector<HTMLInputElement>("input[name=format]")!.value = format;
    this.area.hidden = this.area.disabled = isRich;
    this.rich.disabled = !isRich;
    if (this.mounted) this.mounted.frame.hidden = !isRich;
    if (this.back) this.back.hidden = isRich;
  }

  async toMarkdown(): Promise<void> {
    const text = await this.convert("markdown", this.mounted?.html() ?? "");
    if (text === null) return;
    this.area.value = text;
    this.area.rows = Math.min(40, Math.max(12, text.split("\n").length + 2));
    this.back ??= this.makeBack();
    this.show("markdown");
    this.area.focus();
  }

  async toRich(): Promise<void> {
    const html = await this.convert("html", this.area.value);
    if (html === null) return;
    this.mounted?.fill(html);
    this.show("html");
    this.mounted?.focus();
  }

  private makeBack(): HTMLElement {
    const words = JSON.parse(this.dataset.words || "{}") as Record<string, string>;
    const row = document.createElement("div");
    row.className = "mb-2 flex";
    row.innerHTML = `<button type="button" class="btn btn-sm">${icon("pen-line", "icon-sm")}<span>${escaped(words.rich ?? "")}</span></button>`;
    row.firstElementChild!.addEventListener("click", () => void this.toRich());
    this.area.before(row);
    return row;
  }

  /** What the server makes of it; null when it could not be reached: then nothing is switched and nothing lost. */
  private async convert(to: string, text: string): Promise<string | null> {
    const body = new URLSearchParams({ to, text });
    const answer = await fetch(this.dataset.convert ?? "", { method: "POST", body, headers: { "X-CSRFToken": csrf(this) } }).catch(() => null);
    if (answer?.ok) return ((await answer.json()) as { text: string }).text;
    const words = JSON.parse(this.dataset.words || "{}") as Record<string, string>;
    say(words.unconverted ?? "", "error");
    return null;
  }
}
