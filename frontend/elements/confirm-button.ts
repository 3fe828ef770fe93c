// <confirm-button data-question data-cancel>: the first press asks in place, the second does it. Five seconds, Escape or
// Cancel take it back.
export class ConfirmButton extends HTMLElement {
  private words = "";
  private timer?: ReturnType<typeof setTimeout>;

  connectedCallback(): void {
    this.addEventListener("click", this.press, { capture: true });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.calm());
  }

  private press = (event: Event): void => {
    const button = (event.target as Element).closest("button, a");
    if (!button) return;
    if (this.hasAttribute("data-asking")) {
      this.calm();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const label = button.querySelector("span");
    this.words = label?.textContent ?? "";
    if (label) label.textContent = this.dataset.question ?? "";
    button.classList.add("btn-error");
    this.setAttribute("data-asking", "");
    document.dispatchEvent(new CustomEvent("announce", { detail: this.dataset.question ?? "" }));
    this.timer = setTimeout(() => this.calm(), 5000);
  };

  private calm(): void {
    if (!this.hasAttribute("data-asking")) return;
    clearTimeout(this.timer);
    this.removeAttribute("data-asking");
    const button = this.querySelector("button, a");
    button?.classList.remove("btn-error");
    const label = button?.querySelector("span");
    if (label) label.textContent = this.words;
  }
}
