// <split-pane data-variable="--list" data-min data-max data-key>: a handle that sets the width of the pane before it, by
// pointer or arrow keys; remembered in this browser. data-reverse when the pane stands after the handle.
export class SplitPane extends HTMLElement {
  connectedCallback(): void {
    this.classList.add("split-handle");
    this.tabIndex = 0;
    this.setAttribute("role", "separator");
    this.setAttribute("aria-orientation", "vertical");
    this.addEventListener("pointerdown", this.start);
    this.addEventListener("keydown", this.keys);
    const kept = Number(localStorage.getItem(this.storage));
    if (kept) this.set(kept);
    else this.setAttribute("aria-valuenow", String(this.now));
  }

  private get storage(): string {
    return `tugon:split:${this.dataset.variable}`;
  }

  private get pane(): Element | null {
    return this.hasAttribute("data-reverse") ? this.nextElementSibling : this.previousElementSibling;
  }

  private get now(): number {
    return Math.round(this.pane?.getBoundingClientRect().width ?? 0);
  }

  set(width: number): void {
    const [low, high] = [Number(this.dataset.min ?? 240), Number(this.dataset.max ?? 640)];
    const held = Math.min(high, Math.max(low, width));
    const home = this.closest<HTMLElement>(".shell") ?? document.documentElement;
    home.style.setProperty(this.dataset.variable ?? "--list", `${held}px`);
    this.setAttribute("aria-valuemin", String(low));
    this.setAttribute("aria-valuemax", String(high));
    this.setAttribute("aria-valuenow", String(held));
    localStorage.setItem(this.storage, String(held));
  }

  private start = (event: PointerEvent): void => {
    event.preventDefault();
    this.setPointerCapture(event.pointerId);
    const [from, width] = [event.clientX, this.now];
    const way = this.hasAttribute("data-reverse") ? -1 : 1;
    const move = (moved: PointerEvent) => this.set(width + way * (moved.clientX - from));
    this.addEventListener("pointermove", move);
    this.addEventListener("lostpointercapture", () => this.removeEventListener("pointermove", move), { once: true });
  };

  private keys = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.set(this.now + (this.hasAttribute("data-reverse") ? -step : step));
  };
}
