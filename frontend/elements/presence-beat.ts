// <presence-beat data-at="ticket:1042" data-beat="/events/presence">: tells the others that this person views the topic, or
// writes (a key in a text field within the last ten seconds). A beat every 20 s while the page is seen; a last word on leaving.
import { csrf } from "./page.ts";

export class PresenceBeat extends HTMLElement {
  private timer?: ReturnType<typeof setInterval>;
  private typedAt = 0;
  private told = "";
  private at = ""; // when the server heard the last beat of this page

  connectedCallback(): void {
    this.timer = setInterval(() => this.beat(), 20_000);
    document.addEventListener("input", this.typed);
    document.addEventListener("visibilitychange", this.seen);
    addEventListener("pagehide", this.leave);
    this.beat();
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
    document.removeEventListener("input", this.typed);
    document.removeEventListener("visibilitychange", this.seen);
    removeEventListener("pagehide", this.leave);
    this.leave();
  }

  private typed = (event: Event): void => {
    if (!(event.target as Element).closest("[data-presence-writes]")) return;
    this.typedAt = Date.now();
    if (this.told !== "writing") this.beat();
  };

  private seen = (): void => {
    if (document.visibilityState === "visible") this.beat();
  };

  private leave = (): void => {
    const body = this.body("left");
    body.set("at", this.at);
    navigator.sendBeacon(this.dataset.beat ?? "", body);
  };

  private body(state: string): FormData {
    const body = new FormData();
    body.set("topic", this.dataset.at ?? "");
    body.set("state", state);
    body.set("csrfmiddlewaretoken", csrf(this));
    return body;
  }

  beat(): void {
    if (document.visibilityState !== "visible") return;
    const state = Date.now() - this.typedAt < 10_000 ? "writing" : "viewing";
    this.told = state;
    void fetch(this.dataset.beat ?? "", { method: "POST", body: this.body(state) })
      .then((answer) => (this.at = answer.headers.get("X-Beat") ?? this.at))
      .catch(() => undefined);
  }
}
