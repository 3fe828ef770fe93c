// <print-button><button>: opens the browser's print dialog.
export class PrintButton extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", () => window.print());
  }
}
