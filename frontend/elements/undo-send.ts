// <undo-send data-until data-words>: "Sending in 7 s" beside its undo button, then it steps aside. The server holds the
// message; this only counts. data-until: the moment it leaves (ISO). data-words: "Sending in {seconds} s".
export class UndoSend extends HTMLElement {
  private timer?: ReturnType<typeof setInterval>;

  connectedCallback(): void {
    this.timer = setInterval(() => this.show(), 1000);
    this.show();
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  show(now = Date.now()): void {
    const left = Math.ceil((Date.parse(this.dataset.until ?? "") - now) / 1000);
    if (!(left > 0)) {
      clearInterval(this.timer);
      this.hidden = true;
      this.dispatchEvent(new CustomEvent("undo-send:gone", { bubbles: true }));
      return;
    }
    const place = this.querySelector("[data-count]");
    if (place) place.textContent = (this.dataset.words ?? "{seconds}").replace("{seconds}", String(left));
  }
}
