// What opens on @ (people), / (templates) and # (articles): a list below the cursor, asked of a JSON address with ?q=…,
// which answers [{"id", "label", "hint"?, "preview"?, "shortcut"?, "html"?, "insert"?}]. A choice with html is put in as
// it is; one with insert (POST) is filled by the server first; the others become a mention.
import type { Editor, Range } from "@tiptap/core";
import type { MentionNodeAttrs } from "@tiptap/extension-mention";
import type { SuggestionKeyDownProps, SuggestionOptions, SuggestionProps } from "@tiptap/suggestion";
import { csrf, escaped, say } from "../elements/page.ts";

export interface Source {
  char: string;
  url: string;
}

export interface Suggested extends MentionNodeAttrs {
  hint?: string;
  html?: string;
  preview?: string;
  shortcut?: string;
  insert?: string;
}

/** What the server answers where a choice was to be filled: its words, files sent ahead, and what to look at. */
interface Filled {
  html: string;
  files: { token: string; name: string; size: number }[];
  note: string;
  error?: string;
}

type Props = SuggestionProps<Suggested, MentionNodeAttrs>;

export function suggestions(sources: Source[], words: Record<string, string>): Omit<SuggestionOptions<Suggested, MentionNodeAttrs>, "editor">[] {
  return sources.map(({ char, url }) => ({
    char,
    items: ({ query }: { query: string }) => ask(url, query),
    command: ({ editor, range, props }: { editor: Editor; range: Range; props: MentionNodeAttrs }) => put(editor, range, char, props, words),
    render: () => list(words),
  }));
}

async function ask(url: string, query: string): Promise<Suggested[]> {
  const address = new URL(url, location.href);
  address.searchParams.set("q", query);
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Suggested[]).slice(0, 8) : [];
}

function put(editor: Editor, range: Range, char: string, chosen: MentionNodeAttrs & Partial<Suggested>, words: Record<string, string>): void {
  const chain = editor.chain().focus();
  if (chosen.insert) {
    chain.deleteRange(range).run();
    void fill(editor, chosen.insert, words);
  } else if (chosen.html) chain.insertContentAt(range, chosen.html).run();
  else chain.insertContentAt(range, [{ type: "mention", attrs: { id: chosen.id, label: chosen.label, mentionSuggestionChar: char } }, { type: "text", text: " " }]).run();
}

/** Asks the server to fill a template and puts it where the cursor stands; its files join the form. */
async function fill(editor: Editor, address: string, words: Record<string, string>): Promise<void> {
  const field = editor.view.dom;
  const headers = { "X-CSRFToken": csrf(field), Accept: "application/json" };
  const answer = await fetch(address, { method: "POST", headers }).catch(() => null);
  const filled = (await answer?.json().catch(() => null)) as Filled | null;
  if (!answer?.ok || !filled) return say(filled?.error ?? words.unfilled ?? words.failed ?? "", "error");
  editor.chain().focus().insertContent(filled.html).run();
  const host = field.closest("rich-composer");
  host?.dispatchEvent(new CustomEvent("template-inserted", { bubbles: true, detail: filled }));
  attach(field.closest("form"), filled.files);
  say(filled.note);
}

/** Files that come along, as ticked boxes above those one attaches oneself. */
function attach(form: HTMLFormElement | null, files: Filled["files"]): void {
  const before = form?.querySelector("file-drop")?.closest("details") ?? form?.querySelector("[type=submit]");
  if (!before || !files.length) return;
  const list = document.createElement("ul");
  list.className = "grid gap-1 text-sm";
  for (const { token, name } of files) {
    list.innerHTML += `<li><label class="choice"><input type="checkbox" class="checkbox checkbox-xs mt-1" name="uploads" value="${escaped(token)}" checked><span>${escaped(name)}</span></label></li>`;
  }
  before.before(list);
}

function list(words: Record<string, string>) {
  let box: HTMLElement | undefined;
  let props: Props;
  let at = 0;

  const face = ({ label, hint, preview, shortcut }: Suggested): string => {
    const words = `<span class="font-medium">${escaped(label ?? "")}</span>${hint ? `<span class="text-muted">${escaped(hint)}</span>` : ""}`;
    if (!preview && !shortcut) return words;
    return `<span class="grid min-w-0 flex-1 gap-0.5"><span class="flex flex-wrap gap-x-2">${words}${shortcut ? `<kbd class="key text-muted ml-auto">${escaped(shortcut)}</kbd>` : ""}</span>${preview ? `<span class="truncate text-sm text-muted">${escaped(preview)}</span>` : ""}</span>`;
  };

  const draw = () => {
    if (!box) return;
    box.innerHTML = props.items.length
      ? props.items.map((item, index) => `<div class="menu-item" role="option" id="suggestion-${index}" aria-selected="${index === at}">${face(item)}</div>`).join("")
      : `<p class="px-3 py-2 text-muted" role="option" aria-selected="false" aria-disabled="true">${escaped(words.nothing ?? "")}</p>`;
    const field = props.editor.view.dom;
    if (props.items.length) field.setAttribute("aria-activedescendant", `suggestion-${at}`);
    box.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
    const caret = props.clientRect?.();
    if (!caret) return;
    const below = caret.bottom + box.offsetHeight + 8 < innerHeight;
    box.style.left = `${Math.max(8, Math.min(caret.left, innerWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${below ? caret.bottom + 4 : caret.top - box.offsetHeight - 4}px`;
  };

  return {
    onStart(given: Props) {
      props = given;
      at = 0;
      box = document.createElement("div");
      box.className = "suggestions";
      box.id = "suggestions";
      box.setAttribute("role", "listbox");
      box.tabIndex = 0;
      box.setAttribute("aria-label", String(given.editor.view.dom.getAttribute("aria-label")));
      box.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        const row = (event.target as Element).closest(".menu-item");
        const chosen = props.items[[...box!.children].indexOf(row!)];
        if (chosen) props.command(chosen);
      });
      (given.editor.view.dom.closest(".composer") ?? document.body).append(box);
      given.editor.view.dom.setAttribute("aria-controls", "suggestions");
      draw();
    },
    onUpdate(given: Props) {
      props = given;
      at = Math.min(at, Math.max(0, given.items.length - 1));
      draw();
    },
    onKeyDown({ event }: SuggestionKeyDownProps): boolean {
      const count = props.items.length;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && count) at = (at + step + count) % count;
      else if ((event.key === "Enter" || event.key === "Tab") && count) props.command(props.items[at]!);
      else return false;
      draw();
      return true;
    },
    onExit(given: Props) {
      box?.remove();
      box = undefined;
      given.editor.view.dom.removeAttribute("aria-controls");
      given.editor.view.dom.removeAttribute("aria-activedescendant");
    },
  };
}
