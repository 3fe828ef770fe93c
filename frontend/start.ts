// What every page does once its script is there: htmx with our headers, words for failures, dialogs and menus, live topics.
import htmx from "htmx.org";
import { csrf, remember, say } from "./elements/page.ts";
import { LiveTopics, refetchWith } from "./elements/live-topics.ts";

export function define(elements: Record<string, CustomElementConstructor>): void {
  for (const [name, element] of Object.entries(elements)) if (!customElements.get(name)) customElements.define(name, element);
}

export function start(): void {
  rememberZone();
  talkToTheServer();
  document.addEventListener("click", opensAndCloses);
  document.addEventListener("keydown", closesMenus);
  for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-open]")) dialog.showModal();
  document.querySelector<HTMLElement>("[data-takes-focus]")?.focus();
  const url = document.body.dataset.stream;
  if (url) live(url);
}

/** The server writes times in the reader's zone from the second page on. */
function rememberZone(): void {
  if (window.parent !== window) return; // in a frame on another site, nothing is kept
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`tugon_zone=${zone}`)) remember("tugon_zone", zone);
}

function talkToTheServer(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { request, sourceElement } = (event as CustomEvent).detail.ctx;
    const token = csrf(sourceElement as Element);
    if (token && !/GET|HEAD/.test(request.method)) request.headers["X-CSRFToken"] = token;
  });
  const failed = document.querySelector<HTMLElement>("toast-stack")?.dataset.failed ?? "";
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = (event as CustomEvent).detail;
    if (!ctx?.request?.headers?.["HX-Live"]) say(failed, "error");
  });
  document.addEventListener("toast:act", (event) => {
    const { url, target } = (event as CustomEvent<{ url: string; target: string }>).detail;
    void htmx.ajax("POST", url, { target, swap: "outerMorph" });
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const target = (event as CustomEvent).detail?.ctx?.target as Element | undefined;
    (target?.isConnected ? target : document).querySelector<HTMLElement>("[data-takes-focus]")?.focus();
    for (const dialog of document.querySelectorAll<HTMLDialogElement>("dialog[data-open]:not([open])")) dialog.showModal();
  });
}

/** data-opens="id" opens a dialog (or the command bar, the keys); data-closes closes the one around it. */
function opensAndCloses(event: Event): void {
  const target = event.target as Element;
  const opener = target.closest<HTMLElement>("[data-opens]");
  if (opener) {
    const name = opener.dataset.opens ?? "";
    const dialog = document.getElementById(name);
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    else document.dispatchEvent(new CustomEvent(`open:${name}`));
  }
  const dialog = target.closest<HTMLDialogElement>("dialog");
  if (dialog && (target.closest("[data-closes]") || (target === dialog && outside(dialog, event as MouseEvent)))) dialog.close();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
    const item = target.closest(".menu-item");
    if (!menu.contains(target) || (item && !item.closest("theme-switch, density-switch"))) menu.open = false;
  }
}

function outside(dialog: HTMLDialogElement, event: MouseEvent): boolean {
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  return !inside && event.detail > 0;
}

function closesMenus(event: KeyboardEvent): void {
  const menu = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const items = [...menu.querySelectorAll<HTMLElement>(".menu-item")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length]?.focus();
  }
}

function live(url: string): void {
  const topics = new LiveTopics(url, refetchWith(htmx), document.body.dataset.since);
  topics.follow();
  document.addEventListener("htmx:after:swap", () => topics.followSoon());
}
