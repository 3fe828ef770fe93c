// <scroll-end>: a scrolling story that opens at its end, and stays there while the reader is there. Who has scrolled up is
// left where they read.
const NEAR = 120; // pixels from the end that still count as being there

export class ScrollEnd extends HTMLElement {
  private watch?: ResizeObserver;
  private atEnd = true;

  connectedCallback(): void {
    this.addEventListener("scroll", this.moved, { passive: true });
    this.watch = new ResizeObserver(() => this.follow());
    this.watch.observe(this);
    if (this.firstElementChild) this.watch.observe(this.firstElementChild);
    this.follow();
  }

  disconnectedCallback(): void {
    this.removeEventListener("scroll", this.moved);
    this.watch?.disconnect();
  }

  private moved = (): void => {
    this.atEnd = this.scrollHeight - this.scrollTop - this.clientHeight < NEAR;
  };

  private follow(): void {
    if (this.atEnd && !location.hash) this.scrollTop = this.scrollHeight;
  }
}
