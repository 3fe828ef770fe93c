// <step-editor>: the form of one step saves itself while it is typed; what stands beside it (#drawing) follows. Choices
// that change the form's own fields (its kind, a new step to lead to) send it as a whole. Without script, Save does it all.
import { csrf } from "./page.ts";

const reshaping = /^(kind|fact|outcome)$/;

export class StepEditor extends HTMLElement {
  private timer?: ReturnType<typeof setTimeout>;
  private under = Promise.resolve();
  private changed = false;

  connectedCallback(): void {
    this.addEventListener("input", this.typed);
    this.addEventListener("change", this.chosen);
    this.addEventListener("submit", this.leave);
    addEventListener("pagehide", this.flush);
    document.addEventListener("click", this.saveFirst, true);
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.flush);
    document.removeEventListener("click", this.saveFirst, true);
  }

  private get form(): HTMLFormElement {
    return this.querySelector("form")!;
  }

  private typed = (): void => {
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 800);
  };

  private chosen = (event: Event): void => {
    const field = event.target as HTMLInputElement | HTMLSelectElement;
    if (reshaping.test(field.name) || field.value.startsWith("new:")) this.form.requestSubmit();
  };

  private leave = (): void => {
    clearTimeout(this.timer);
    this.changed = false;
  };

  /** One save after the other: each says which state its words were written on. */
  save({ draws = true } = {}): Promise<void> {
    clearTimeout(this.timer);
    this.changed = false;
    this.under = this.under.then(() => this.send(draws));
    return this.under;
  }

  private async send(draws: boolean): Promise<void> {
    this.mark(this.dataset.saving);
    try {
      const answer = await fetch(this.form.action, this.request());
      const words = await answer.text();
      if (answer.status === 409) return this.mark(words);
      if (!answer.ok) throw new Error(String(answer.status));
      const seen = this.querySelector<HTMLInputElement>("[data-seen]");
      if (seen) seen.value = answer.headers.get("X-Seen") ?? seen.value;
      const drawing = document.getElementById("drawing");
      if (draws && drawing && !drawing.contains(document.activeElement)) drawing.innerHTML = words;
      this.mark(this.dataset.saved);
    } catch {
      this.changed = true;
      this.mark(this.dataset.failed);
    }
  }

  private request(): RequestInit {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && name !== "do") body.append(name, value);
    return { method: "POST", body, keepalive: true, headers: { "X-Typing": "yes", "X-CSRFToken": csrf(this.form) } };
  }

  private flush = (): void => {
    if (this.changed) void this.save();
  };

  /** A link or another form is pressed while words are unsaved: they are saved first, then it goes on. */
  private saveFirst = (event: MouseEvent): void => {
    const pressed = (event.target as Element).closest<HTMLElement>("a[href], button");
    if (!this.changed || !pressed || (this.contains(pressed) && pressed.tagName === "BUTTON") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    void this.save({ draws: false }).then(() => pressed.click());
  };

  private mark(words = ""): void {
    const place = this.querySelector("[data-save-mark]");
    if (place) place.textContent = words;
  }
}
