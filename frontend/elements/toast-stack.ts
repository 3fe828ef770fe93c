// <toast-stack>: shows what the server or the page has to say, at the foot, for as long as it takes to read. Errors and
// toasts with a way back stay longer; the pointer or the focus on one holds it.
import { csrf, escaped, icon } from "./page.ts";

interface Toast {
  words: string;
  tone?: string;
  action?: string;
  url?: string;
  target?: string;
  seconds?: string;
}

export class ToastStack extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("toast", this.hear as EventListener);
    this.addEventListener("click", this.pressed);
    for (const card of this.querySelectorAll<HTMLElement>(".toast-card")) this.leave(card, 6);
  }

  disconnectedCallback(): void {
    document.removeEventListener("toast", this.hear as EventListener);
  }

  private hear = (event: CustomEvent<Toast | Toast[] | { value: Toast[] }>): void => {
    const detail = event.detail;
    const toasts = Array.isArray(detail) ? detail : "value" in detail ? detail.value : [detail];
    for (const toast of toasts) this.add(toast);
  };

  add(toast: Toast): HTMLElement {
    const wrong = toast.tone === "error";
    const card = document.createElement("div");
    card.className = "toast-card";
    card.setAttribute("role", wrong ? "alert" : "status");
    const action = toast.action
      ? `<button type="button" class="btn btn-ghost btn-sm" data-toast-url="${escaped(toast.url ?? "")}" data-toast-target="${escaped(toast.target ?? "")}">${escaped(toast.action)}</button>`
      : "";
    card.innerHTML =
      `${icon(wrong ? "circle-alert" : "circle-check", "icon-md")}<span>${escaped(toast.words)}</span>${action}` +
      `<button type="button" class="btn btn-ghost btn-square btn-sm" data-dismiss-toast aria-label="${escaped(this.dataset.dismiss ?? "")}">${icon("x", "icon-sm")}</button>`;
    this.append(card);
    this.leave(card, Number(toast.seconds ?? 0) || (wrong || toast.action ? 10 : 5));
    return card;
  }

  private leave(card: HTMLElement, seconds: number): void {
    const go = () => (card.matches(":hover, :focus-within") ? setTimeout(go, 1000) : card.remove());
    setTimeout(go, seconds * 1000);
  }

  private pressed = async (event: Event): Promise<void> => {
    const button = (event.target as Element).closest("button");
    const card = button?.closest(".toast-card");
    if (!button || !card) return;
    const { toastUrl: url, toastTarget: target } = button.dataset;
    if (url && target && document.querySelector(target)) {
      document.dispatchEvent(new CustomEvent("toast:act", { detail: { url, target } }));
    } else if (url) {
      const headers = { "X-CSRFToken": csrf(document.querySelector("form [name=csrfmiddlewaretoken]")), "HX-Request": "true" };
      const answer = await fetch(url, { method: "POST", headers }).catch(() => null);
      const more = answer?.headers.get("HX-Trigger");
      if (more?.startsWith("{")) for (const [name, detail] of Object.entries(JSON.parse(more))) document.dispatchEvent(new CustomEvent(name, { detail }));
      if (!answer) this.add({ words: this.dataset.failed ?? "", tone: "error" });
    }
    card.remove();
  };
}
