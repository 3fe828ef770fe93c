// <suggest-answers data-url data-fields="subject,description">: while the form around it is written, answers that may
// help appear inside. Never takes the focus, never changes under it, says once to screen readers that something came.
import { csrf } from "./page.ts";

const patience = 600; // milliseconds after the last key
const least = 8; // letters

export class SuggestAnswers extends HTMLElement {
  private timer?: ReturnType<typeof setTimeout>;
  private asked = "";
  private running?: AbortController;

  connectedCallback(): void {
    this.closest("form")?.addEventListener("input", this.later);
    if (this.words().length >= least) this.later();
  }

  disconnectedCallback(): void {
    this.closest("form")?.removeEventListener("input", this.later);
    clearTimeout(this.timer);
    this.running?.abort();
  }

  private later = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), patience);
  };

  words(): string {
    const form = this.closest("form");
    const names = (this.dataset.fields ?? "").split(",");
    const texts = names.map((name) => form?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value.trim() ?? "");
    return texts.filter(Boolean).join("\n");
  }

  /** What fails is no matter: the form is whole without it. */
  async ask(): Promise<void> {
    const text = this.words();
    if (text === this.asked) return;
    this.asked = text;
    if (text.length < least) return this.show("");
    this.running?.abort();
    this.running = new AbortController();
    const body = new URLSearchParams({ text, suggested: this.token?.value ?? "", csrfmiddlewaretoken: csrf(this) });
    try {
      const answer = await fetch(this.dataset.url ?? "", { method: "POST", body, signal: this.running.signal, headers: { "X-CSRFToken": csrf(this) } });
      if (answer.ok) this.show((await answer.text()).trim());
    } catch {
      this.asked = "";
    }
  }

  private get token(): HTMLInputElement | null {
    return this.closest("form")?.querySelector<HTMLInputElement>("input[name=suggested]") ?? null;
  }

  private get place(): Element {
    return this.querySelector("[data-answers]") ?? this;
  }

  show(html: string): void {
    if (this.contains(document.activeElement)) return; // somebody is in it; the next key brings the newer list
    const before = this.titles();
    this.place.innerHTML = html;
    const root = this.place.querySelector<HTMLElement>("[data-token]");
    for (const field of document.querySelectorAll<HTMLInputElement>("input[name=suggested]")) if (root) field.value = root.dataset.token ?? "";
    if (root && this.titles() !== before) document.dispatchEvent(new CustomEvent("announce", { detail: root.dataset.announce ?? "" }));
  }

  private titles(): string {
    return [...this.place.querySelectorAll("a")].map((link) => link.textContent).join("\n");
  }
}
