// <shared-draft data-url data-key>: the form inside is a draft that colleagues may write too. A second after the last key
// it goes to the server (PUT) with the field "revision" it was read at; the answer brings the next revision. A 409 says
// that somebody saved in between: nothing is overwritten, [data-conflict] appears with both ways on, and what was typed
// stays in this browser until the server has it. [data-save-mark] says how it stands.
import { csrf } from "./page.ts";

interface Kept {
  revision: string;
  values: Record<string, string[]>;
}

const never = new Set(["csrfmiddlewaretoken", "revision"]);

export class SharedDraft extends HTMLElement {
  private timer?: ReturnType<typeof setTimeout>;
  private saving?: Promise<void>;
  private isSent = false;
  private isHeld = false;

  connectedCallback(): void {
    this.addEventListener("input", this.later);
    this.addEventListener("change", this.later);
    this.addEventListener("submit", this.done);
    this.addEventListener("click", this.pressed);
    addEventListener("pagehide", this.leave);
    addEventListener("online", this.again);
    this.offer();
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.leave);
    removeEventListener("online", this.again);
  }

  private get form(): HTMLFormElement {
    return this.querySelector("form")!;
  }

  private get revision(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[name=revision]");
  }

  private get storage(): string {
    return `tugon:shared-draft:${this.dataset.key ?? location.pathname}`;
  }

  get values(): Record<string, string[]> {
    const kept: Record<string, string[]> = {};
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && !never.has(name)) (kept[name] ??= []).push(value);
    return kept;
  }

  private later = (event: Event): void => {
    if (this.isSent || (event.target as Element).closest("[data-conflict], [data-unsaved]")) return;
    localStorage.setItem(this.storage, JSON.stringify({ revision: this.revision?.value ?? "", values: this.values } satisfies Kept));
    if (this.isHeld) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), 1000);
  };

  /** One after the other, so that no answer overtakes another. */
  save(force = false): Promise<void> {
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.send(force));
    return this.saving;
  }

  private async send(force: boolean): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const sent = JSON.stringify(this.values);
    this.mark(this.dataset.saving);
    const answer = await fetch(this.dataset.url ?? "", this.request(force)).catch(() => null);
    if (answer?.status === 409) return this.hold();
    if (!answer?.ok) return this.mark(answer?.status === 422 ? (((await answer.json().catch(() => ({}))) as { error?: string }).error ?? this.dataset.kept) : this.dataset.kept);
    const { revision, words } = (await answer.json()) as { revision: string; words?: string };
    if (this.revision) this.revision.value = revision;
    if (JSON.stringify(this.values) === sent) localStorage.removeItem(this.storage);
    this.isHeld = false;
    this.show("[data-conflict]", false);
    this.mark(words ?? this.dataset.saved);
    this.dispatchEvent(new CustomEvent("draft:saved", { bubbles: true }));
  }

  private request(force: boolean): RequestInit {
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(this.values)) for (const value of values) body.append(name, value);
    body.append("revision", force ? "any" : (this.revision?.value ?? ""));
    return { method: "PUT", body, headers: { "X-CSRFToken": csrf(this.form), Accept: "application/json" }, keepalive: String(body).length < 60_000 };
  }

  private hold(): void {
    this.isHeld = true;
    this.mark(this.dataset.held);
    this.show("[data-conflict]", true);
    this.querySelector<HTMLElement>("[data-conflict] button, [data-conflict] a")?.focus();
  }

  private pressed = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest("[data-keep-mine]")) void this.save(true);
    if (target.closest("[data-take-theirs], [data-forget-unsaved]")) {
      localStorage.removeItem(this.storage);
      this.isSent = true;
      if (target.closest("[data-take-theirs]")) location.reload();
      else this.show("[data-unsaved]", false), (this.isSent = false);
    }
    if (target.closest("[data-put-back]")) this.putBack();
  };

  /** What this browser still holds never reached the server: offer it, rather than overwrite what stands there now. */
  private offer(): void {
    if (localStorage.getItem(this.storage)) this.show("[data-unsaved]", true);
  }

  private putBack(): void {
    const { values } = JSON.parse(localStorage.getItem(this.storage) ?? '{"values":{}}') as Kept;
    for (const field of this.form.elements as unknown as Iterable<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) {
      const old = field.name ? values[field.name] : undefined;
      if (field instanceof HTMLInputElement && /checkbox|radio/.test(field.type)) field.checked = (values[field.name] ?? []).includes(field.value);
      else if (old && field.type !== "file" && !never.has(field.name) && field.name !== "format") field.value = old[0] ?? "";
    }
    const editor = this.querySelector<HTMLElement & { fill?: (html: string) => void }>("article-editor");
    if (values.html) editor?.fill?.(values.html[0] ?? "");
    this.show("[data-unsaved]", false);
    void this.save();
  }

  private again = (): void => {
    if (localStorage.getItem(this.storage) && !this.isHeld) void this.save();
  };

  private leave = (): void => {
    if (this.timer && !this.isSent && !this.isHeld) void this.send(false);
  };

  private done = (event: Event): void => {
    if (event.defaultPrevented) return;
    this.isSent = true;
    clearTimeout(this.timer);
    localStorage.removeItem(this.storage);
  };

  private show(selector: string, shown: boolean): void {
    const place = this.querySelector<HTMLElement>(selector);
    if (place) place.hidden = !shown;
  }

  private mark(words = ""): void {
    const place = this.querySelector("[data-save-mark]");
    if (place) place.textContent = words;
  }
}
