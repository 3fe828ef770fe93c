// <bulk-select data-words="{count} chosen">: check boxes named data-name in a list, a bar that appears with the first
// choice ([data-bulk-bar]), "all" ([data-bulk-all]), and Shift for a range. The form around it sends what is chosen.
export class BulkSelect extends HTMLElement {
  private last?: HTMLInputElement;

  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
    this.addEventListener("change", () => this.show());
    this.show();
  }

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
