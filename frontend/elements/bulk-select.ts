// <bulk-select data-words="{count} chosen">: check boxes named data-name in a list, a bar that appears with the first
// choice ([data-bulk-bar]), "all" ([data-bulk-all]), and Shift for a range; x ticks the row that has the focus. The form
// around it sends what is chosen.
import { typing } from "./key-map.ts";

export class BulkSelect extends HTMLElement {
  private last?: HTMLInputElement;

  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
    this.addEventListener("change", () => this.show());
    document.addEventListener("htmx:after:swap", this.refreshed);
    document.addEventListener("keydown", this.key);
    this.show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("htmx:after:swap", this.refreshed);
    document.removeEventListener("keydown", this.key);
  }

  private key = (event: KeyboardEvent): void => {
    if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const row = document.activeElement?.closest("[data-row]");
    const box = this.boxes.find((one) => row?.contains(one));
    if (!box) return;
    event.preventDefault();
    box.click();
  };

  /** A live list may have lost rows that were chosen. */
  private refreshed = (): void => this.show();

  get boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${this.dataset.name ?? "chosen"}"]`)];
  }

  private pressed = (event: MouseEvent): void => {
    const target = event.target as HTMLElement;
    if (target.closest("[data-bulk-none]")) {
      for (const box of this.boxes) box.checked = false;
      this.show();
    }
    if (!(target instanceof HTMLInputElement)) return;
    if (target.hasAttribute("data-bulk-all")) for (const box of this.boxes) box.checked = target.checked;
    else if (event.shiftKey && this.last) this.range(this.last, target);
    this.last = target;
    this.show();
  };

  private range(from: HTMLInputElement, to: HTMLInputElement): void {
    const boxes = this.boxes;
    const [low, high] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b) as [number, number];
    if (low >= 0) for (const box of boxes.slice(low, high + 1)) box.checked = to.checked;
  }

  show(): void {
    const boxes = this.boxes;
    const count = boxes.filter((box) => box.checked).length;
    const bar = this.querySelector<HTMLElement>("[data-bulk-bar]");
    if (bar) bar.hidden = count === 0;
    const words = this.querySelector("[data-bulk-count]");
    if (words) words.textContent = (this.dataset.words ?? "{count}").replace("{count}", String(count));
    const all = this.querySelector<HTMLInputElement>("[data-bulk-all]");
    if (all) {
      all.checked = count > 0 && count === boxes.length;
      all.indeterminate = count > 0 && count < boxes.length;
    }
  }
}
