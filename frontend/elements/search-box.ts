// <search-box>: arrow keys walk from the field through the results and back; Escape closes them and keeps the words.
export class SearchBox extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", (event) => this.walk(event));
    this.addEventListener("input", () => this.classList.remove("is-closed"));
    this.addEventListener("click", (event) => {
      if ((event.target as Element).closest(".search-found a")) sessionStorage.setItem("tugon_from_search", "1");
    });
  }

  private walk(event: KeyboardEvent): void {
    const field = this.querySelector<HTMLInputElement>("input");
    const found = this.querySelector<HTMLElement>(".search-found");
    if (!field || !found) return;
    if (event.key === "Escape" && found.childElementCount) {
      event.preventDefault();
      found.replaceChildren();
      field.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const places: HTMLElement[] = [field, ...found.querySelectorAll<HTMLElement>("a")];
      if (places.length === 1) return;
      event.preventDefault();
      const at = places.indexOf(document.activeElement as HTMLElement);
      const step = event.key === "ArrowDown" ? 1 : -1;
      places[(at + step + places.length) % places.length]?.focus();
    }
  }
}
