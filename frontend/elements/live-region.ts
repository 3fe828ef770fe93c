// <live-region>: speaks to screen readers. Anything may dispatch `announce` with words; so does a page whose stream broke.
export class LiveRegion extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("announce", this.hear as EventListener);
  }

  disconnectedCallback(): void {
    document.removeEventListener("announce", this.hear as EventListener);
  }

  private hear = (event: CustomEvent<string | { value: string }>): void => {
    const status = this.querySelector("[role=status]");
    if (!status) return;
    status.textContent = "";
    const words = typeof event.detail === "string" ? event.detail : event.detail.value;
    setTimeout(() => (status.textContent = words), 50);
  };
}
