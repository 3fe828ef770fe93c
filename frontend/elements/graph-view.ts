// <graph-view>: a drawing of steps joined by ways. Arrow keys go to the nearest step in that direction, Enter opens it;
// dragging the ground or scrolling moves it, + and − make it larger and smaller. Without script its links work as they are.
const kept = { zoom: 0, left: 0, top: 0, of: "" };
const directions: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class GraphView extends HTMLElement {
  connectedCallback(): void {
    const room = this.room;
    if (!room || !this.drawing) return;
    this.addEventListener("keydown", this.go);
    room.addEventListener("pointerdown", this.grasp);
    room.addEventListener("scroll", () => Object.assign(kept, { left: room.scrollLeft, top: room.scrollTop }));
    this.buttons();
    this.rove(this.current ?? this.steps[0]);
    const isSame = kept.of === location.pathname && kept.zoom > 0;
    const { left, top } = kept;
    this.zoom(isSame ? kept.zoom : this.fitting());
    if (isSame) room.scrollTo(left, top);
    kept.of = location.pathname;
    this.reveal(this.current);
  }

  private get room(): HTMLElement | null {
    return this.querySelector<HTMLElement>(".graph-room");
  }

  private get drawing(): SVGSVGElement | null {
    return this.querySelector<SVGSVGElement>("svg.graph");
  }

  get steps(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>("a.graph-step")];
  }

  private get current(): HTMLAnchorElement | undefined {
    return this.steps.find((step) => step.getAttribute("aria-current") === "true");
  }

  /** The step nearest in a direction: what lies ahead counts once, what lies aside twice. */
  nearest(from: HTMLElement, [right, down]: [number, number]): HTMLAnchorElement | undefined {
    const far = (step: HTMLElement): number => {
      const x = Number(step.dataset.x) - Number(from.dataset.x);
      const y = Number(step.dataset.y) - Number(from.dataset.y);
      const ahead = x * right + y * down;
      return ahead <= 0 ? Infinity : ahead + 2 * Math.abs(x * down + y * right);
    };
    const found = this.steps.filter((step) => step !== from && far(step) < Infinity);
    return found.sort((one, other) => far(one) - far(other))[0];
  }

  private go = (event: KeyboardEvent): void => {
    const from = (event.target as Element).closest<HTMLElement>("a.graph-step");
    const direction = directions[event.key];
    if (!from || !direction || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = this.nearest(from, direction);
    if (!next) return;
    this.rove(next);
    next.focus();
    this.reveal(next);
  };

  /** One stop for the Tab key; arrows do the rest. */
  private rove(chosen?: HTMLElement): void {
    for (const step of this.steps) step.tabIndex = step === chosen ? 0 : -1;
  }

  private reveal(step?: HTMLElement): void {
    const room = this.room;
    if (!step || !room) return;
    const box = step.getBoundingClientRect();
    const around = room.getBoundingClientRect();
    if (box.left < around.left || box.right > around.right) room.scrollLeft += box.left - around.left - (around.width - box.width) / 2;
    if (box.top < around.top || box.bottom > around.bottom) room.scrollTop += box.top - around.top - (around.height - box.height) / 2;
  }

  private fitting(): number {
    const width = this.drawing?.viewBox.baseVal.width || 1;
    return Math.min(1, Math.max(0.7, (this.room?.clientWidth || width) / width));
  }

  zoom(factor: number): void {
    const box = this.drawing?.viewBox.baseVal;
    if (!box) return;
    kept.zoom = Math.min(1.5, Math.max(0.25, factor));
    this.drawing?.setAttribute("width", String(Math.round(box.width * kept.zoom)));
    this.drawing?.setAttribute("height", String(Math.round(box.height * kept.zoom)));
  }

  private buttons(): void {
    const bar = document.createElement("div");
    bar.className = "graph-bar";
    const offer = (sign: string, label: string | undefined, act: () => void): void => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm btn-square";
      button.textContent = sign;
      button.setAttribute("aria-label", label ?? sign);
      button.title = label ?? sign;
      button.addEventListener("click", act);
      bar.append(button);
    };
    offer("+", this.dataset.zoomIn, () => this.zoom(kept.zoom * 1.25));
    offer("−", this.dataset.zoomOut, () => this.zoom(kept.zoom / 1.25));
    offer("⤢", this.dataset.fit, () => this.zoom((this.room?.clientWidth || 1) / (this.drawing?.viewBox.baseVal.width || 1)));
    this.append(bar);
  }

  private grasp = (event: PointerEvent): void => {
    const room = this.room;
    if (!room || event.pointerType !== "mouse" || event.button !== 0 || (event.target as Element).closest("a, button")) return;
    const [x, y, left, top] = [event.clientX, event.clientY, room.scrollLeft, room.scrollTop];
    const move = (moved: PointerEvent): void => room.scrollTo(left - moved.clientX + x, top - moved.clientY + y);
    room.setPointerCapture(event.pointerId);
    room.addEventListener("pointermove", move);
    room.addEventListener("pointerup", () => room.removeEventListener("pointermove", move), { once: true });
  };
}
