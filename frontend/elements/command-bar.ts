// <command-bar data-url>: Ctrl/⌘-K. Lists what can be done on this page (every data-key and data-command element, and the
// links inside this element), filters while typing, and asks data-url?q=… for more (an HTML fragment of links with
// class="menu-item"). Arrow keys choose, Enter does it, Escape leaves. Every command shows its key.
import { act, commands, keys, label } from "./key-map.ts";
import { escaped } from "./page.ts";

interface Choice {
  text: string;
  key: string;
  run: () => void;
}

/** Choices whose words all begin some word of the text, or stand in it; a match at the beginning comes first. */
export function matching<T extends { text: string }>(choices: T[], query: string): T[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ text }: T) => (text.toLowerCase().startsWith(wanted[0] ?? "") ? 0 : 1);
  const fits = ({ text }: T) => wanted.every((word) => text.toLowerCase().includes(word));
  return choices.filter(fits).sort((a, b) => rank(a) - rank(b));
}

export class CommandBar extends HTMLElement {
  private dialog?: HTMLDialogElement;
  private input?: HTMLInputElement;
  private list?: HTMLElement;
  private shown: Choice[] = [];
  private at = 0;
  private asking?: AbortController;
  private timer?: ReturnType<typeof setTimeout>;

  connectedCallback(): void {
    document.addEventListener("keydown", this.hear);
    document.addEventListener("open:command-bar", this.open);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.hear);
    document.removeEventListener("open:command-bar", this.open);
  }

  private hear = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      this.open();
    }
  };

  open = (): void => {
    if (!this.dialog) this.build();
    if (this.dialog!.open) return;
    this.input!.value = "";
    this.show(this.local());
    this.dialog!.showModal();
    this.input!.focus();
  };

  private build(): void {
    this.dialog = document.createElement("dialog");
    this.dialog.className = "sheet command-sheet";
    this.dialog.setAttribute("aria-label", this.dataset.label ?? "");
    this.dialog.innerHTML =
      `<input class="command-input" role="combobox" aria-expanded="true" aria-controls="command-list" aria-autocomplete="list" autocomplete="off" spellcheck="false" aria-label="${escaped(this.dataset.label ?? "")}" placeholder="${escaped(this.dataset.placeholder ?? "")}">` +
      `<div class="command-list" id="command-list" role="listbox" aria-label="${escaped(this.dataset.label ?? "")}"></div>`;
    this.append(this.dialog);
    this.input = this.dialog.querySelector("input")!;
    this.list = this.dialog.querySelector<HTMLElement>("[role=listbox]")!;
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", this.move);
    this.list.addEventListener("click", (event) => this.run(this.index(event.target as Element)));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog?.close());
  }

  /** What this page itself offers. */
  private local(): Choice[] {
    const own = [...this.querySelectorAll<HTMLElement>(":scope > a, :scope > button")];
    const named = [...document.querySelectorAll<HTMLElement>("[data-command]")];
    const seen = new Set<string>();
    return [...commands(), ...named, ...own].flatMap((element) => {
      const text = element.dataset.command || label(element);
      if (!text || seen.has(text)) return [];
      seen.add(text);
      return [{ text, key: element.dataset.key ?? "", run: () => act(element) }];
    });
  }

  private search(): void {
    const query = this.input!.value.trim();
    const local = matching(this.local(), query);
    this.show(local);
    clearTimeout(this.timer);
    if (this.dataset.url && query) this.timer = setTimeout(() => void this.ask(query, local), 120);
  }

  private async ask(query: string, local: Choice[]): Promise<void> {
    this.asking?.abort();
    this.asking = new AbortController();
    const url = `${this.dataset.url}?${new URLSearchParams({ q: query })}`;
    const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: this.asking.signal }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = [...page.querySelectorAll<HTMLAnchorElement>("a[href]")].map((link) => ({
      text: link.textContent?.trim().replace(/\s+/g, " ") ?? "",
      key: "",
      run: () => location.assign(link.getAttribute("href")!),
    }));
    this.show([...local, ...found.filter((one) => !local.some((other) => other.text === one.text))]);
  }

  private show(choices: Choice[]): void {
    this.shown = choices.slice(0, 60);
    this.list!.innerHTML = this.shown.length
      ? this.shown.map((choice, index) => `<div class="menu-item" role="option" id="command-${index}" aria-selected="false"><span>${escaped(choice.text)}</span>${choice.key ? keys(choice.key) : ""}</div>`).join("")
      : `<p class="p-4 text-center text-muted" role="option" aria-selected="false" aria-disabled="true">${escaped(this.dataset.empty ?? "")}</p>`;
    this.choose(0);
  }

  private choose(at: number): void {
    this.at = this.shown.length ? (at + this.shown.length) % this.shown.length : 0;
    this.list!.querySelectorAll(".menu-item").forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.at));
      if (index === this.at) option.scrollIntoView({ block: "nearest" });
    });
    if (this.shown.length) this.input!.setAttribute("aria-activedescendant", `command-${this.at}`);
    else this.input!.removeAttribute("aria-activedescendant");
  }

  private move = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.choose(this.at + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.run(this.at);
    }
  };

  private index(target: Element): number {
    return [...this.list!.querySelectorAll(".menu-item")].indexOf(target.closest(".menu-item")!);
  }

  private run(index: number): void {
    const choice = this.shown[index];
    if (!choice) return;
    this.dialog!.close();
    choice.run();
  }
}
