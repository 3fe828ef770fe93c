// <sort-list data-url data-list data-moved data-failed>: the [data-sort] items of the list inside are put in order by
// dragging a [data-sort-handle]; the new order is sent to the server at once (ids, list), and put back if it refuses.
// The arrow buttons beside each item do the same without script, and are the way for the keyboard.
import { csrf, say } from "./page.ts";

export class SortList extends HTMLElement {
  private held?: HTMLElement;
  private stood: HTMLElement[] = [];

  connectedCallback(): void {
    this.addEventListener("pointerdown", this.grab);
  }

  disconnectedCallback(): void {
    this.removeEventListener("pointerdown", this.grab);
    this.let();
  }

  /** The items of this list, not of one within. */
  get items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-sort]")].filter((one) => one.closest("sort-list") === this);
  }

  private grab = (event: PointerEvent): void => {
    const handle = (event.target as Element).closest<HTMLElement>("[data-sort-handle]");
    const item = handle?.closest<HTMLElement>("[data-sort]");
    if (!item || item.closest("sort-list") !== this || event.button) return;
    event.preventDefault();
    event.stopPropagation();
    this.held = item;
    this.stood = this.items;
    item.classList.add("is-held");
    document.addEventListener("pointermove", this.drag);
    document.addEventListener("pointerup", this.drop);
    document.addEventListener("pointercancel", this.drop);
  };

  private drag = (event: PointerEvent): void => this.moveTo(event.clientY);

  /** Puts the held item where the pointer is. y: pixels from the top of the window. */
  moveTo(y: number): void {
    if (!this.held) return;
    const after = this.items.find((one) => {
      if (one === this.held) return false;
      const box = one.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    const list = this.held.parentElement!;
    if (after) list.insertBefore(this.held, after);
    else list.append(this.held);
  }

  private drop = (): void => {
    const moved = this.items.some((one, place) => one !== this.stood[place]);
    this.let();
    if (moved) void this.send();
  };

  private let(): void {
    this.held?.classList.remove("is-held");
    this.held = undefined;
    document.removeEventListener("pointermove", this.drag);
    document.removeEventListener("pointerup", this.drop);
    document.removeEventListener("pointercancel", this.drop);
  }

  async send(): Promise<void> {
    const body = new URLSearchParams({ list: this.dataset.list ?? "" });
    for (const one of this.items) body.append("ids", one.dataset.sort ?? "");
    const headers = { "X-CSRFToken": csrf(this), Accept: "application/json" };
    const answer = await fetch(this.dataset.url ?? "", { method: "POST", body, headers }).catch(() => null);
    if (answer?.ok) return this.arrange();
    for (const one of this.stood) one.parentElement?.append(one);
    say(this.dataset.failed ?? "", "error");
  }

  /** The arrow buttons count from the new order, and the first and last have one way only. */
  private arrange(): void {
    const ids = this.items.map((one) => one.dataset.sort ?? "");
    this.items.forEach((one, place) => {
      const form = [...one.querySelectorAll("form")].find((each) => each.closest("[data-sort]") === one && each.querySelector("[name=up]"));
      if (!form) return;
      const fields = [...form.querySelectorAll<HTMLInputElement>("input[name=ids]")];
      fields.forEach((field, index) => (field.value = ids[index] ?? ""));
      form.querySelector<HTMLButtonElement>("[name=up]")!.disabled = place === 0;
      form.querySelector<HTMLButtonElement>("[name=down]")!.disabled = place === ids.length - 1;
    });
    document.dispatchEvent(new CustomEvent("announce", { detail: this.dataset.moved }));
  }
}
