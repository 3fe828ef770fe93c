// Live pages. Every element with data-topic="ticket:1042 …" and data-url is fetched again when the server names one of
// its topics. One stream serves the page, whatever the number of elements; it is opened anew when the topics change, and
// after any gap the server says `resync` and everything is fetched. Nothing moves under the reader: fragments are morphed,
// and one that holds the text being typed waits until the focus leaves it.
import type { Htmx } from "htmx.org";

type Fetch = (element: HTMLElement) => void;

export function topicsOf(root: ParentNode): string[] {
  const names = new Set<string>();
  for (const element of root.querySelectorAll<HTMLElement>("[data-topic]")) {
    for (const name of (element.dataset.topic ?? "").split(/[\s,]+/)) if (name) names.add(name);
  }
  return [...names].sort();
}

/** The elements to fetch for these names; all of them for `null`. An element inside another that is fetched is left out. */
export function concerned(root: ParentNode, names: string[] | null): HTMLElement[] {
  const found = [...root.querySelectorAll<HTMLElement>("[data-topic][data-url]")].filter(
    (element) => element.dataset.url && (!names || (element.dataset.topic ?? "").split(/[\s,]+/).some((name) => names.includes(name))),
  );
  return found.filter((element) => !found.some((other) => other !== element && other.contains(element)));
}

export class LiveTopics {
  private source?: EventSource;
  private listening = "";
  private since: string;
  private soon?: ReturnType<typeof setTimeout>;

  constructor(private url: string, private refetch: Fetch, since = "") {
    this.since = since;
  }

  /** Listen to what the page shows now. Called at start and after every swap; does nothing when nothing changed. */
  follow(): void {
    const topics = topicsOf(document).slice(0, 100);
    const key = topics.join(",");
    if (key === this.listening) return;
    this.listening = key;
    this.source?.close();
    if (!topics.length) return;
    const query = new URLSearchParams(topics.map((topic) => ["topics", topic]));
    if (this.since) query.set("since", this.since);
    const source = (this.source = new EventSource(`${this.url}?${query}`));
    source.addEventListener("topics", (event) => this.tell((event as MessageEvent<string>).data.split(/\s+/)));
    source.addEventListener("resync", () => this.tell(null));
    source.addEventListener("end", () => source.close());
    source.addEventListener("open", () => document.documentElement.removeAttribute("data-offline"));
    source.addEventListener("error", () => {
      document.documentElement.setAttribute("data-offline", "");
      if (source.readyState === EventSource.CLOSED) this.again();
    });
  }

  /** A changed set of topics need only hear what is newer than this moment. */
  followSoon(): void {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => {
      if (topicsOf(document).join(",") !== this.listening) this.since = (Date.now() / 1000 - 30).toFixed(3);
      this.follow();
    }, 100);
  }

  private tell(names: string[] | null): void {
    for (const element of concerned(document, names)) this.refetch(element);
    document.dispatchEvent(new CustomEvent("live:told", { detail: names }));
  }

  /** A refused or broken stream is tried again, slowly: the server may be restarting. */
  private again(): void {
    this.listening = "";
    setTimeout(() => this.follow(), 15_000);
  }
}

/** Fetches one element through htmx: by morph into itself. */
export function refetchWith(htmx: Htmx): Fetch {
  return (element) => {
    const typing = element.contains(document.activeElement) && document.activeElement?.matches("input, textarea, [contenteditable=true]");
    if (typing && !element.hasAttribute("data-while-typing")) {
      document.activeElement?.addEventListener("blur", () => void get(htmx, element), { once: true });
      return;
    }
    void get(htmx, element);
  };
}

function get(htmx: Htmx, element: HTMLElement): Promise<void> | void {
  if (!element.isConnected) return;
  return htmx.ajax("GET", element.dataset.url!, { source: element, target: element, swap: "outerMorph", headers: { "HX-Live": "true" } });
}
