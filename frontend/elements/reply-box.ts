// <reply-box data-start="reply">: the composer's two faces. A button [data-show=name] shows the part [data-form=name] and
// gives its editor the focus. Without script both stand below each other.
export class ReplyBox extends HTMLElement {
  private current = "";

  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
    document.addEventListener("htmx:after:swap", this.refreshed);
    this.show(this.current || (this.dataset.start ?? "reply"));
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.pressed);
    document.removeEventListener("htmx:after:swap", this.refreshed);
  }

  /** The server's page shows both parts; the reader saw one of them. */
  private refreshed = (): void => this.show(this.current);

  private pressed = (event: MouseEvent): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-show]")?.dataset.show;
    if (!name) return;
    this.show(name);
    this.querySelector<HTMLElement>(`[data-form="${name}"] rich-composer`)?.focus();
  };

  show(name: string): void {
    const parts = [...this.querySelectorAll<HTMLElement>("[data-form]")];
    const wanted = parts.some((part) => part.dataset.form === name) ? name : parts[0]?.dataset.form;
    this.current = wanted ?? name;
    for (const part of parts) part.hidden = part.dataset.form !== wanted;
    for (const button of this.querySelectorAll<HTMLElement>("[data-show]")) {
      button.setAttribute("aria-pressed", String(button.dataset.show === wanted));
    }
  }
}
