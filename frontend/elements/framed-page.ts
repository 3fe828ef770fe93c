// <framed-page data-enter data-framed>: in the support panel of a host's page, what a person does in their own name opens in a window.
// A frame on another site has no cookies to know somebody by, so only reading happens there. The host says where it
// stands and, if it signed it, who the person is; that travels by POST into the window and is kept nowhere.

type Host = { tugon?: string; page?: string; token?: string; user?: string; hash?: string };

export class FramedPage extends HTMLElement {
  private host: Host = {};

  connectedCallback(): void {
    if (window.parent === window) return;
    document.documentElement.dataset.framed = "";
    window.addEventListener("message", this.hears);
    document.addEventListener("click", this.leads, true);
    document.addEventListener("keydown", this.closes);
    window.parent.postMessage("tugon:ready", "*"); // says nothing about anybody
  }

  disconnectedCallback(): void {
    window.removeEventListener("message", this.hears);
    document.removeEventListener("click", this.leads, true);
    document.removeEventListener("keydown", this.closes);
  }

  private hears = (event: MessageEvent): void => {
    if (event.source === window.parent && (event.data as Host | null)?.tugon === "host") this.host = event.data as Host;
  };

  private closes = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], details[data-menu][open]")) window.parent.postMessage("tugon:close", "*");
  };

  private leads = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || link.target === "_blank") return;
    const place = new URL(link.href, location.href);
    if (!/^https?:$/.test(place.protocol)) return;
    if (place.origin !== location.origin) {
      link.target = "_blank";
      link.rel = "noopener";
    } else if (!reads(place.pathname, this.dataset.framed ?? "")) {
      event.preventDefault();
      this.opens(place.pathname + place.search);
    }
  };

  private opens(next: string): void {
    const { page = "", token = "", user = "", hash = "" } = this.host;
    const form = Object.assign(document.createElement("form"), { method: "post", action: this.dataset.enter, target: "_blank", hidden: true });
    for (const [name, value] of Object.entries({ next, page, token, user, hash })) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(form);
    form.submit();
    form.remove();
  }
}

/** Whether a page may stand in the frame: the support home and the help center, without what belongs to one person. */
export function reads(path: string, pattern: string): boolean {
  return new RegExp(pattern).test(path);
}
