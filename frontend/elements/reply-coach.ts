// <reply-coach data-form data-url data-answers>: below the composer, what the coach remarks on the answer that is being
// written. Asks half a second after the last key; never takes the focus, never changes under somebody who is in it, says
// their number once to screen readers when it changes. Whatever fails is no matter: the answer is whole without it.
import { csrf, say } from "./page.ts";
import type { RichComposer } from "./rich-composer.ts";

const patience = 500; // milliseconds after the last key
const calm = 4000; // milliseconds without a key until a screen reader is told

export class ReplyCoach extends HTMLElement {
  private timer?: ReturnType<typeof setTimeout>;
  private teller?: ReturnType<typeof setTimeout>;
  private running?: AbortController;
  private asked = "";
  private told = "";

  connectedCallback(): void {
    this.form?.addEventListener("input", this.later);
    this.addEventListener("click", this.pressed);
    this.ready();
    this.asked = this.words();
  }

  disconnectedCallback(): void {
    this.form?.removeEventListener("input", this.later);
    this.removeEventListener("click", this.pressed);
    clearTimeout(this.timer);
    clearTimeout(this.teller);
    this.running?.abort();
  }

  private get form(): HTMLFormElement | null {
    return document.getElementById(this.dataset.form ?? "") as HTMLFormElement | null;
  }

  private get composer(): RichComposer | null {
    return this.form?.querySelector<RichComposer>("rich-composer") ?? null;
  }

  private get place(): HTMLElement {
    return this.querySelector<HTMLElement>("[data-remarks]") ?? this;
  }

  words(): string {
    return this.form?.querySelector<HTMLTextAreaElement>("textarea[name=html]")?.value ?? "";
  }

  private later = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), patience);
  };

  async ask(): Promise<void> {
    const html = this.words();
    if (html === this.asked) return;
    this.asked = html;
    this.running?.abort();
    this.running = new AbortController();
    try {
      const answer = await fetch(this.dataset.url ?? "", this.request({ html }, this.running.signal));
      if (answer.ok) this.show(await answer.text());
    } catch {
      this.asked = "";
    }
  }

  private request(values: Record<string, string>, signal?: AbortSignal): RequestInit {
    const headers = { "X-CSRFToken": csrf(this.form), "X-Coach": "1" };
    return { method: "POST", body: new URLSearchParams(values), headers, signal: signal ?? null };
  }

  show(html: string): void {
    if (this.place.contains(document.activeElement)) return this.recount(html);
    const open = this.querySelector("details")?.open ?? false;
    this.place.innerHTML = html;
    const list = this.querySelector("details");
    if (list && open) list.open = true;
    this.ready();
    this.tell();
  }

  /** Somebody is in the list: only its heading follows, and only if the remarks are the same. Else the next key does. */
  private recount(html: string): void {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const marks = (root: ParentNode) =>
      [...root.querySelectorAll<HTMLElement>("[data-mark]")].map((one) => one.dataset.mark).join(" ");
    const [old, list] = [this.querySelector("details"), fresh.content.querySelector("details")];
    if (!old || !list || marks(old) !== marks(list)) this.asked = "";
    else {
      const [head, heading] = [old.querySelector("summary"), list.querySelector("summary")];
      if (head && heading && head.innerHTML !== heading.innerHTML) head.replaceChildren(...heading.childNodes);
      Object.assign(old.dataset, { count: list.dataset.count, announce: list.dataset.announce });
      this.tell();
    }
  }

  /** Buttons that need this script appear with it. */
  private ready(): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-use], [data-find]")) button.hidden = false;
  }

  /** The number alone, and only after a pause. */
  private tell(): void {
    clearTimeout(this.teller);
    const list = this.querySelector<HTMLElement>("[data-count]");
    const count = list?.dataset.count ?? "";
    if (count === this.told || (!count && !this.told)) return;
    const words = list?.dataset.announce ?? this.dataset.none ?? "";
    this.teller = setTimeout(() => {
      this.told = count;
      document.dispatchEvent(new CustomEvent("announce", { detail: words }));
    }, calm);
  }

  private pressed = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>("[data-use], [data-find], [data-dismiss]");
    const remark = button?.closest<HTMLElement>("[data-mark]");
    if (!button || !remark) return;
    event.preventDefault();
    if (button.hasAttribute("data-dismiss")) return this.away(remark, "dismissed");
    if (!this.use(remark, button.hasAttribute("data-find"))) return say(this.dataset.lost ?? "");
    if (!button.hasAttribute("data-find")) this.away(remark, "taken");
  };

  private use(remark: HTMLElement, shows: boolean): boolean {
    const { quote = "", number = "0", html = "", text = "", place = "" } = remark.dataset;
    if (place) this.composer?.put(html, text, place);
    else return this.composer?.replace(quote, Number(number), shows ? null : html, text) ?? false;
    return true;
  }

  /** The remark leaves the list; the focus goes to the next one, else to the text. */
  private away(remark: HTMLElement, did: string): void {
    const { check = "", mark = "" } = remark.dataset;
    void fetch(this.dataset.answers ?? "", this.request({ check, mark, did })).catch(() => null);
    const next = remark.nextElementSibling ?? remark.previousElementSibling;
    remark.remove();
    if (did === "taken") say(this.dataset.used ?? "");
    const button = did === "dismissed" ? next?.querySelector<HTMLElement>("button:not([hidden])") : null;
    if (button) button.focus();
    else this.composer?.focus();
    if (!next) this.place.replaceChildren();
    this.asked = "";
    this.later();
  }
}
