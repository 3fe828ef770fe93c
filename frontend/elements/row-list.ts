// <row-list>: the list beside a ticket. The row whose link is this page's address is marked; a ticket that is swapped in
// moves the mark and leaves the list where it was scrolled. A button [data-step="1"] or "-1" opens the neighbour.
export class RowList extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.pressed);
    document.addEventListener("htmx:after:swap", this.mark);
    document.addEventListener("htmx:after:history:update", this.mark);
    this.mark();
    this.current?.scrollIntoView({ block: "nearest" });
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.pressed);
    document.removeEventListener("htmx:after:swap", this.mark);
    document.removeEventListener("htmx:after:history:update", this.mark);
  }

  private get rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-row]")];
  }

  private get current(): HTMLElement | null {
    return this.querySelector<HTMLElement>('[data-row][aria-current="true"]');
  }

  mark = (): void => {
    for (const row of this.rows) {
      const isCurrent = row.querySelector<HTMLAnchorElement>("a.row-link")?.pathname === location.pathname;
      if (isCurrent) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  };

  private pressed = (event: MouseEvent): void => {
    const step = Number((event.target as Element).closest<HTMLElement>("[data-step]")?.dataset.step ?? 0);
    if (step) this.go(step);
  };

  go(step: number): void {
    const rows = this.rows;
    const at = rows.findIndex((row) => row === this.current);
    const next = rows[at < 0 ? 0 : at + step];
    next?.querySelector<HTMLElement>("a.row-link")?.click();
    next?.scrollIntoView({ block: "nearest" });
  }
}
