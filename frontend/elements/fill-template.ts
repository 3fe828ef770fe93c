// <fill-template data-choices>: a search field for templates beside a plain form. A choice is filled by the server and
// added to the field "body" of the form, its subject to "subject" where that is empty. Hidden without script.
import { csrf, escaped, say } from "./page.ts";

interface Choice {
  label: string;
  hint?: string;
  insert: string;
}

export class FillTemplate extends HTMLElement {
  private timer?: ReturnType<typeof setTimeout>;

  connectedCallback(): void {
    this.hidden = false;
    this.addEventListener("input", this.typed);
    this.addEventListener("focusin", this.typed);
    this.addEventListener("click", this.pressed);
  }

  private get list(): HTMLElement {
    return this.querySelector<HTMLElement>("[data-found]")!;
  }

  private typed = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.type !== "search") return;
    event.stopPropagation(); // it is no word of the draft
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.search(field.value), 200);
  };

  async search(words: string): Promise<void> {
    const address = new URL(this.dataset.choices ?? "", location.href);
    address.searchParams.set("q", words.replace(/^\//, ""));
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    const found = answer?.ok ? ((await answer.json()) as Choice[]) : [];
    this.list.innerHTML = found.map(({ label, hint, insert }) => `<li><button type="button" class="menu-item w-full text-left" data-address="${escaped(insert)}"><span class="font-medium">${escaped(label)}</span> <span class="text-muted">${escaped(hint ?? "")}</span></button></li>`).join("") || `<li class="px-3 py-2 text-muted">${escaped(this.dataset.nothing ?? "")}</li>`;
  }

  private pressed = (event: Event): void => {
    const address = (event.target as Element).closest<HTMLElement>("[data-address]")?.dataset.address;
    if (address) void this.fill(address);
  };

  async fill(address: string): Promise<void> {
    const headers = { "X-CSRFToken": csrf(this), Accept: "application/json" };
    const answer = await fetch(address, { method: "POST", headers }).catch(() => null);
    const filled = (await answer?.json().catch(() => null)) as { text: string; subject: string; note: string; error?: string } | null;
    if (!answer?.ok || !filled) return say(filled?.error ?? this.dataset.failed ?? "", "error");
    const form = this.closest("form")!;
    const [body, subject] = [form.querySelector<HTMLTextAreaElement>("[name=body]")!, form.querySelector<HTMLInputElement>("[name=subject]")];
    body.value = [body.value.trim(), filled.text].filter(Boolean).join("\n\n");
    if (subject && !subject.value.trim()) subject.value = filled.subject;
    body.dispatchEvent(new Event("input", { bubbles: true }));
    body.focus();
    this.list.innerHTML = "";
    say(filled.note);
  }
}
