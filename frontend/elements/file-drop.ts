// <file-drop data-url data-name data-max>: around a file input. Drag, paste or pick; every file shows a preview, its size,
// how far it has gone, and can be removed. With data-url the files are sent at once, one after the other (POST, field
// "file"; the first answer may bring the session that the next one needs); the answer's token goes into a hidden field data-name. Without data-url the files travel with the form. Without script it is a file input.
import { csrf, escaped, icon, say } from "./page.ts";

interface Item {
  file: File;
  row: HTMLElement;
  waits?: boolean;
  request?: XMLHttpRequest;
  field?: HTMLInputElement;
  preview?: string;
}

export function size(bytes: number, language: string): string {
  const [unit, value] = bytes < 1e6 ? (["kilobyte", Math.max(1, bytes / 1e3)] as const) : (["megabyte", bytes / 1e6] as const);
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: unit === "megabyte" ? 1 : 0 }).format(value);
}

export class FileDrop extends HTMLElement {
  private items: Item[] = [];
  private input!: HTMLInputElement;
  private zone!: HTMLElement;
  private list?: HTMLUListElement;
  private waiting?: () => void;

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    if (!input || this.list) return;
    this.input = input;
    this.setAttribute("hx-morph-skip", "");
    this.build();
    input.addEventListener("change", () => this.take([...(input.files ?? [])]));
    this.zone.addEventListener("dragover", this.over);
    this.zone.addEventListener("dragleave", () => this.zone.classList.remove("is-over"));
    this.zone.addEventListener("drop", this.drop);
    this.list!.addEventListener("click", (event) => this.removeAt((event.target as Element).closest("button")));
    const form = this.closest("form");
    form?.addEventListener("paste", this.paste);
    form?.addEventListener("submit", this.hold, { capture: true });
  }

  private build(): void {
    this.zone = document.createElement("div");
    this.zone.className = "drop-zone";
    this.zone.innerHTML = `${icon("image-plus", "icon-lg")}<p>${escaped(this.dataset.prompt ?? "")} <label class="text-link cursor-pointer font-medium" for="${this.input.id}">${escaped(this.dataset.pick ?? "")}</label></p>`;
    this.input.className = "visually-hidden";
    this.input.after(this.zone);
    this.zone.append(this.input);
    this.list = document.createElement("ul");
    this.list.className = "drop-list";
    this.zone.after(this.list);
    if (this.dataset.url) this.input.removeAttribute("name");
  }

  private over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.zone.classList.add("is-over");
  };

  private drop = (event: DragEvent): void => {
    event.preventDefault();
    this.zone.classList.remove("is-over");
    this.take([...(event.dataTransfer?.files ?? [])]);
  };

  private paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || event.defaultPrevented) return;
    event.preventDefault();
    this.take(files);
  };

  take(files: File[]): void {
    const most = Number(this.dataset.max ?? 0);
    for (const file of files) {
      if (most && file.size > most) say(`${file.name} ${this.dataset.large ?? ""}`, "error");
      else this.add(file);
    }
    if (!this.dataset.url) this.sync();
    else this.input.value = "";
  }

  private add(file: File): void {
    const row = document.createElement("li");
    row.className = "drop-item";
    const picture = file.type.startsWith("image/") && file.type !== "image/svg+xml";
    const preview = picture ? URL.createObjectURL(file) : undefined;
    const thumb = preview ? `<img class="drop-thumb" src="${preview}" alt="">` : `<span class="drop-thumb">${icon("file", "icon-md")}</span>`;
    row.innerHTML =
      `${thumb}<div class="min-w-0"><p class="drop-name">${escaped(file.name)}</p><p class="text-sm text-muted" data-state>${size(file.size, document.documentElement.lang)}</p></div>` +
      `<button type="button" class="btn btn-ghost btn-square btn-sm" aria-label="${escaped(this.dataset.remove ?? "")} ${escaped(file.name)}">${icon("x", "icon-md")}</button>`;
    this.list!.append(row);
    const item: Item = { file, row, preview };
    this.items.push(item);
    if (!this.dataset.url) return;
    item.waits = true;
    this.next();
  }

  private next(): void {
    const item = this.items.find(({ waits }) => waits);
    if (item && !this.items.some(({ request }) => request)) this.send(item);
  }

  private send(item: Item): void {
    item.waits = false;
    const bar = document.createElement("progress");
    bar.className = "progress";
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", item.file.name);
    item.row.querySelector("div")!.append(bar);
    const request = (item.request = new XMLHttpRequest());
    request.upload.addEventListener("progress", (event) => event.lengthComputable && (bar.value = event.loaded / event.total));
    request.addEventListener("loadend", () => {
      bar.remove();
      if (request.status >= 200 && request.status < 300) this.arrived(item, request.responseText);
      else if (item.row.isConnected) this.failed(item, request.responseText);
      item.request = undefined;
      this.next();
      this.release();
    });
    request.open("POST", this.dataset.url!);
    request.setRequestHeader("X-CSRFToken", this.dataset.csrf || csrf(this));
    request.setRequestHeader("Accept", "application/json");
    const body = new FormData();
    body.append("file", item.file, item.file.name);
    request.send(body);
  }

  private arrived(item: Item, text: string): void {
    const field = (item.field = document.createElement("input"));
    field.type = "hidden";
    field.name = this.dataset.name ?? "files";
    const answer = JSON.parse(text);
    field.value = String(answer.token ?? answer.id);
    item.row.append(field);
    document.dispatchEvent(new CustomEvent("announce", { detail: `${item.file.name} ${this.dataset.done ?? ""}` }));
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private failed(item: Item, text: string): void {
    let words = `${item.file.name} ${this.dataset.failed ?? ""}`;
    try {
      const answer = JSON.parse(text);
      words = answer.message ?? answer.error ?? words;
    } catch {
      // The answer was not ours to read; the general words stand.
    }
    const state = item.row.querySelector<HTMLElement>("[data-state]")!;
    state.className = "field-error text-sm";
    state.textContent = words;
    say(words, "error");
  }

  private removeAt(button: Element | null): void {
    const item = this.items.find(({ row }) => button && row.contains(button));
    if (!item) return;
    item.request?.abort();
    if (item.preview) URL.revokeObjectURL(item.preview);
    item.row.remove();
    this.items = this.items.filter((other) => other !== item);
    if (!this.dataset.url) this.sync();
    this.input.focus();
  }

  /** Without an address the input itself carries what was dropped, pasted and not removed. */
  private sync(): void {
    const files = new DataTransfer();
    for (const { file } of this.items) files.items.add(file);
    this.input.files = files.files;
  }

  private get isSending(): boolean {
    return this.items.some(({ request, waits }) => request || waits);
  }

  /** A form sent while a file is on its way waits for it. */
  private hold = (event: SubmitEvent): void => {
    if (!this.isSending) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.waiting = () => this.closest("form")?.requestSubmit(event.submitter);
  };

  private release(): void {
    if (this.waiting && !this.isSending) {
      const go = this.waiting;
      this.waiting = undefined;
      go();
    }
  }
}
