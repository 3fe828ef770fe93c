// <auto-grow><textarea>: the field grows with its text, up to the height its style allows.
export class AutoGrow extends HTMLElement {
  connectedCallback(): void {
    const area = this.querySelector("textarea");
    if (!area || CSS.supports("field-sizing", "content")) {
      area?.classList.add("field-sizing-content");
      return;
    }
    const fit = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + 2}px`;
    };
    area.addEventListener("input", fit);
    if (area.value) fit();
  }
}
