// <article-read data-url>: tells, once a tab and article, that it stood before a reader for three seconds. No cookie.
const SECONDS = 3;

export class ArticleRead extends HTMLElement {
  private seen = 0;
  private timer = 0;

  connectedCallback(): void {
    const url = this.dataset.url ?? "";
    const from = this.cameFromSearch() ? "from=search" : "";
    if (!url || sessionStorage.getItem(`tugon_read:${url}`)) return;
    this.timer = window.setInterval(() => {
      if (document.visibilityState !== "visible" || ++this.seen < SECONDS) return;
      window.clearInterval(this.timer);
      sessionStorage.setItem(`tugon_read:${url}`, "1");
      void fetch(url, { method: "POST", body: new URLSearchParams(from), keepalive: true }).catch(() => undefined);
    }, 1000);
  }

  disconnectedCallback(): void {
    window.clearInterval(this.timer);
  }

  private cameFromSearch(): boolean {
    const typed = sessionStorage.getItem("tugon_from_search") === "1";
    sessionStorage.removeItem("tugon_from_search");
    return typed || /\/help\/search\?/.test(document.referrer);
  }
}
