// What opens on @ (people), / (templates) and # (articles): a list below the cursor, asked of a JSON address with ?q=…,
// which answers [{"id", "label", "hint"?, "html"?}]. A choice with html is put in as it is; the others become a mention.
import type { Editor, Range } from "@tiptap/core";
import type { MentionNodeAttrs } from "@tiptap/extension-mention";
import type { SuggestionKeyDownProps, SuggestionOptions, SuggestionProps } from "@tiptap/suggestion";
import { escaped } from "../elements/page.ts";

export interface Source {
  char: string;
  url: string;
}

export interface Suggested extends MentionNodeAttrs {
  hint?: string;
  html?: string;
}

type Props = SuggestionProps<Suggested, MentionNodeAttrs>;

export function suggestions(sources: Source[], words: Record<string, string>): Omit<SuggestionOptions<Suggested, MentionNodeAttrs>, "editor">[] {
  return sources.map(({ char, url }) => ({
    char,
    items: ({ query }: { query: string }) => ask(url, query),
    command: ({ editor, range, props }: { editor: Editor; range: Range; props: MentionNodeAttrs }) => put(editor, range, char, props),
    render: () => list(words),
  }));
}

async function ask(url: string, query: string): Promise<Suggested[]> {
  const address = new URL(url, location.href);
  address.searchParams.set("q", query);
  const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
  return answer?.ok ? ((await answer.json()) as Suggested[]).slice(0, 8) : [];
}

function put(editor: Editor, range: Range, char: string, chosen: MentionNodeAttrs & { html?: string }): void {
  const chain = editor.chain().focus();
  if (chosen.html) chain.insertContentAt(range, chosen.html).run();
  else chain.insertContentAt(range, [{ type: "mention", attrs: { id: chosen.id, label: chosen.label, mentionSuggestionChar: char } }, { type: "text", text: " " }]).run();
}

function list(words: Record<string, string>) {
  let box: HTMLElement | undefined;
  let props: Props;
  let at = 0;

  const draw = () => {
    if (!box) return;
    box.innerHTML = props.items.length
      ? props.items.map((item, index) => `<div class="menu-item" role="option" id="suggestion-${index}" aria-selected="${index === at}"><span class="font-medium">${escaped(item.label ?? "")}</span>${item.hint ? `<span class="text-muted">${escaped(item.hint)}</span>` : ""}</div>`).join("")
      : `<p class="px-3 py-2 text-muted" role="option" aria-selected="false" aria-disabled="true">${escaped(words.nothing ?? "")}</p>`;
    const field = props.editor.view.dom;
    if (props.items.length) field.setAttribute("aria-activedescendant", `suggestion-${at}`);
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
