// <auto-save data-url data-key>: the form inside is a draft. What is typed goes to the server a second after the last
// key (PUT, form-encoded) and is kept in this browser until the server has it; after a crash or a lost connection it is
// put back. Without data-url only the browser keeps it. A sent form clears both. [data-save-mark] says how it stands.
import { csrf } from "./page.ts";

const never = new Set(["csrfmiddlewaretoken", "password"]);

export class AutoSave extends HTMLElement {
  private timer?: ReturnType<typeof setTimeout>;
  private sent = false;

  connectedCallback(): void {
    this.restore();
    this.addEventListener("input", () => this.later());
    this.addEventListener("change", () => this.later());
    this.addEventListener("submit", () => this.done());
    addEventListener("pagehide", this.leave);
    document.addEventListener("htmx:finally:request", this.answered);
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.leave);
    document.removeEventListener("htmx:finally:request", this.answered);
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form") ?? this.closest("form");
  }

  private get storage(): string {
    return `tugon:draft:${this.dataset.key ?? location.pathname}`;
  }

  values(): Record<string, string[]> {
    const kept: Record<string, string[]> = {};
    if (!this.form) return kept;
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && !never.has(name)) (kept[name] ??= []).push(value);
    }
    return kept;
  }

  private later(): void {
    if (this.sent) return;
    localStorage.setItem(this.storage, JSON.stringify(this.values()));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), 1000);
  }

  async save(): Promise<void> {
    if (!this.dataset.url) return this.mark(this.dataset.kept);
    this.mark(this.dataset.saving);
    try {
      const answer = await fetch(this.dataset.url, this.request());
      if (!answer.ok) throw new Error(String(answer.status));
      localStorage.removeItem(this.storage);
      this.mark(this.dataset.saved);
    } catch {
      this.mark(this.dataset.kept);
    }
  }

  private request(): RequestInit {
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(this.values())) for (const value of values) body.append(name, value);
    return { method: "PUT", body, headers: { "X-CSRFToken": csrf(this.form) }, keepalive: true };
  }

  /** What this browser still holds was never saved: put it back, and say so through an input event. */
  restore(): void {
    const kept = localStorage.getItem(this.storage);
    if (!kept || !this.form) return;
    const values = JSON.parse(kept) as Record<string, string[]>;
    for (const field of this.form.elements as unknown as Iterable<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) {
      const old = field.name ? values[field.name] : undefined;
      if (!old || field.type === "hidden" || field.type === "file") continue;
      if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) field.checked = old.includes(field.value);
      else if (!field.value) field.value = old[0] ?? "";
    }
    this.mark(this.dataset.kept);
  }

  private leave = (): void => {
    if (this.timer && !this.sent && localStorage.getItem(this.storage)) void this.save();
  };

  /** Still here after the answer: what was sent was stopped, and is a draft as before. */
  private answered = (): void => {
    this.sent = false;
  };

  private done(): void {
    this.sent = true;
    clearTimeout(this.timer);
    localStorage.removeItem(this.storage);
  }

  private mark(words = ""): void {
    const place = this.querySelector("[data-save-mark]");
    if (place) place.textContent = words;
  }
}
