// <key-map>: every element with data-key="r", "g u" or "Mod+Enter" is pressed by that key; a text field gets the focus.
// j and k move through the rows of [data-keys-list], o opens. ? shows all keys of the page. No key works while typing,
// except those with Mod (Ctrl or ⌘).
import { escaped, icon } from "./page.ts";

export interface Stroke {
  key: string;
  ctrlKey?: boolean;
  metaKey?: boolean;
  altKey?: boolean;
  shiftKey?: boolean;
}

/** The name of a stroke as data-key writes it, or "" for a lone modifier. */
export function named(stroke: Stroke): string {
  if (["Control", "Meta", "Shift", "Alt", "AltGraph", "Dead"].includes(stroke.key) || stroke.altKey) return "";
  const mod = stroke.ctrlKey || stroke.metaKey ? "Mod+" : "";
  const shift = stroke.shiftKey && (mod || stroke.key.length > 1) ? "Shift+" : "";
  const key = mod && stroke.key.length === 1 ? stroke.key.toUpperCase() : stroke.key;
  return mod + shift + key;
}

export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable=true], [contenteditable=true] *");
}

/** What the key does, in words: the label without the key drawn on it. */
export function label(element: Element): string {
  const aria = (element as HTMLElement).dataset.label ?? element.getAttribute("aria-label");
  if (aria) return aria;
  const named = (element as HTMLInputElement).labels?.[0]?.textContent?.trim();
  if (named) return named;
  const copy = element.cloneNode(true) as Element;
  for (const extra of copy.querySelectorAll(".kbd-group, .tip-body, .queue-count")) extra.remove();
  return (copy.textContent?.trim().replace(/\s+/g, " ") || (element as HTMLInputElement).placeholder) ?? "";
}

export function commands(root: ParentNode = document): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-key]:not(auto-save, split-pane)")].filter((element) => element.dataset.key !== "Mod+K" && !element.hasAttribute("disabled"));
}

/** Seen, or in a closed menu that is seen. */
function reachable(element: Element): boolean {
  const menu = element.closest("details[data-menu]:not([open])");
  return (menu?.querySelector("summary") ?? element).checkVisibility?.() ?? true;
}

export class KeyMap extends HTMLElement {
  private first = "";
  private timer?: ReturnType<typeof setTimeout>;

  connectedCallback(): void {
    document.addEventListener("keydown", this.press);
    document.addEventListener("open:key-map", this.help);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.press);
    document.removeEventListener("open:key-map", this.help);
  }

  private press = (event: KeyboardEvent): void => {
    const name = named(event);
    if (!name || event.defaultPrevented || event.isComposing) return;
    if (!name.startsWith("Mod+") && (typing(event.target) || document.querySelector("dialog[open]"))) return;
    const whole = this.first ? `${this.first} ${name}` : name;
    const target = this.find(whole, event.target as Element) ?? (this.first ? null : this.find(name, event.target as Element));
    this.waitFor("");
    if (target) {
      event.preventDefault();
      act(target);
    } else if (whole === "?") {
      event.preventDefault();
      this.help();
    } else if (!this.row(name, event) && commands().some((element) => element.dataset.key?.startsWith(`${name} `))) {
      event.preventDefault();
      this.waitFor(name);
    }
  };

  /** The element of a key; of several (a form in a dialog, one in the dock) the one nearest to where the person is. */
  private find(name: string, near: Element | null): HTMLElement | null {
    const found = commands().filter((element) => element.dataset.key === name && reachable(element));
    const form = near?.closest("form, dialog");
    return found.find((element) => form?.contains(element)) ?? found[0] ?? null;
  }

  private waitFor(first: string): void {
    clearTimeout(this.timer);
    this.first = first;
    if (first) this.timer = setTimeout(() => (this.first = ""), 1200);
  }

  private row(name: string, event: Event): boolean {
    const step = { j: 1, k: -1, o: 0 }[name];
    if (step === undefined) return false;
    const rows = [...document.querySelectorAll<HTMLElement>("[data-keys-list] :is(.row, [data-row])")];
    const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
    const current = at >= 0 ? at : rows.findIndex((row) => row.getAttribute("aria-current") === "true");
    const row = rows[Math.min(rows.length - 1, Math.max(0, at < 0 && current < 0 ? 0 : current + step))];
    if (!row) return false;
    event.preventDefault();
    const link = row.matches("a, button") ? row : (row.querySelector<HTMLElement>("a, button") ?? row);
    if (step) link.focus();
    else link.click();
    row.scrollIntoView({ block: "nearest" });
    return true;
  }

  help = (): void => {
    const words = this.dataset;
    const rows = new Map<string, string>();
    if (document.querySelector("[data-keys-list]")) {
      for (const [key, text] of [["j", words.next], ["k", words.previous], ["o", words.open]]) if (text) rows.set(key!, text);
    }
    if (document.querySelector("bulk-select [data-row] input[type=checkbox]") && words.select) rows.set("x", words.select);
    rows.set("Mod+K", words.commands ?? "");
    for (const element of commands()) {
      const [key, text] = [element.dataset.key!, label(element)];
      const known = rows.get(key);
      if (text && !known?.split(" · ").includes(text)) rows.set(key, known ? `${known} · ${text}` : text);
    }
    rows.set("?", words.title ?? "");
    const lines = [...rows].filter(([, text]) => text).map(([key, text]) => `<div class="flex items-center gap-3 py-1"><dt class="order-2 ml-auto">${keys(key)}</dt><dd>${escaped(text)}</dd></div>`);
    const dialog = this.querySelector("dialog") ?? this.appendChild(document.createElement("dialog"));
    dialog.className = "sheet sheet-wide";
    dialog.setAttribute("aria-label", words.title ?? "");
    dialog.innerHTML =
      `<div class="sheet-head"><h2 class="flex-1 text-lg font-semibold">${escaped(words.title ?? "")}</h2>` +
      `<button type="button" class="btn btn-ghost btn-square btn-sm" data-closes aria-label="${escaped(words.close ?? "")}">${icon("x", "icon-md")}</button></div>` +
      `<div class="sheet-body"><p class="text-muted">${escaped(words.hint ?? "")}</p><dl class="mt-3 grid gap-x-8 sm:grid-cols-2">${lines.join("")}</dl></div>`;
    if (!dialog.open) dialog.showModal();
  };
}

export function keys(combination: string): string {
  const mac = navigator.platform.startsWith("Mac");
  const drawn = combination.split(" ").map((stroke) => `<kbd class="key">${escaped(stroke.replace("Mod+", mac ? "⌘" : "Ctrl ").replace("Shift+", "⇧").replace("Enter", "↵"))}</kbd>`);
  return `<span class="kbd-group">${drawn.join("")}</span>`;
}

export function act(element: HTMLElement): void {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]")) {
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  } else {
    element.click();
    element.closest<HTMLDetailsElement>("details[data-menu][open]")?.querySelector<HTMLElement>(".menu-item")?.focus();
  }
}
