// The editor behind <rich-composer>: Tiptap with what letters need, its toolbar, and the lists that open on @, / and #.
import { Editor } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import Mention from "@tiptap/extension-mention";
import Placeholder from "@tiptap/extension-placeholder";
import StarterKit from "@tiptap/starter-kit";
import { csrf, say } from "../elements/page.ts";
import { cleaned, isFromWordProcessor, unstyled } from "./article/word-paste.ts";
import { suggestions, type Source } from "./suggest.ts";
import { toolbar } from "./toolbar.ts";

export interface Mounted {
  destroy(): void;
  focus(): void;
  insert(html: string): void;
  type(text: string): void;
  fill(html: string): void;
  /** Put other words where these stand for the given time; false where they do not. Empty html selects them only. */
  replace(words: string, number: number, html: string | null): boolean;
  /** Put words at the begin, after_greeting or the end. */
  put(html: string, place: string): void;
}

export function mount(host: HTMLElement, area: HTMLTextAreaElement): Mounted {
  const words = JSON.parse(host.dataset.words || "{}") as Record<string, string>;
  const frame = document.createElement("div");
  frame.className = "composer";
  const place = document.createElement("div");
  const editor = new Editor({
    element: place,
    injectCSS: false,
    content: asHtml(area.value),
    // A blank at the end stays: somebody is typing while the editor comes.
    parseOptions: { preserveWhitespace: !isHtml(area.value) },
    extensions: [
      StarterKit.configure({ heading: false, horizontalRule: false, link: { openOnClick: false, defaultProtocol: "https" } }),
      Image.configure({ inline: true }),
      Placeholder.configure({ placeholder: area.placeholder }),
      Mention.configure({ HTMLAttributes: { class: "mention" }, suggestions: suggestions(sources(host), words) }),
    ],
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": host.dataset.label ?? "", ...(host.id ? {} : {}) },
      transformPastedHTML: (pasted) => (isFromWordProcessor(pasted) ? cleaned(pasted) : unstyled(pasted)),
      // Ctrl or ⌘ with Enter sends the form; it is no line break.
      handleDOMEvents: { keydown: (_, event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" },
      handlePaste: (_, event) => upload(host, editor, [...(event.clipboardData?.files ?? [])], event, words),
      handleDrop: (_, event) => upload(host, editor, [...((event as DragEvent).dataTransfer?.files ?? [])], event, words),
    },
    onUpdate: ({ editor }) => {
      area.value = editor.isEmpty ? "" : editor.getHTML();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  frame.append(toolbar(editor, words), place);
  area.hidden = true;
  area.before(frame);
  const label = host.querySelector("label");
  label?.addEventListener("click", () => editor.commands.focus());
  area.form?.addEventListener("reset", () => editor.commands.clearContent());
  return {
    destroy: () => {
      editor.destroy();
      frame.remove();
      area.hidden = false;
    },
    // At once, unlike Tiptap's own command, which waits for the next frame: a letter typed meanwhile would be lost.
    focus: () => {
      editor.commands.setTextSelection(editor.state.doc.content.size);
      editor.view.focus();
    },
    insert: (html) => void editor.chain().focus().insertContent(html).run(),
    // As if typed where the cursor stands, apart from the word before it: a list that opens on a sign opens.
    type: (text) => {
      editor.commands.focus();
      const { $from } = editor.state.selection;
      const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset);
      editor.commands.insertContent({ type: "text", text: `${before.trim() ? " " : ""}${text}` });
    },
    replace: (words, number, html) => replace(editor, words, number, html),
    put: (html, place) => put(editor, html, place),
    fill: (html) => void editor.commands.setContent(html, { emitUpdate: true }),
  };
}

/** Every letter of the text with its place; blocks and line breaks part words. Runs of blanks are one. */
function letters(editor: Editor): { text: string; places: number[] } {
  let text = "";
  const places: number[] = [];
  const add = (letter: string, place: number): void => {
    if (/\s/.test(letter) && (!text || text.endsWith(" "))) return;
    text += /\s/.test(letter) ? " " : letter;
    places.push(place);
  };
  editor.state.doc.descendants((node, place) => {
    if (node.isText) [...(node.text ?? "")].reduce((at, letter) => (add(letter, at), at + letter.length), place);
    else if (node.isBlock || node.type.name === "hardBreak") add(" ", place);
    return true;
  });
  return { text, places };
}

function replace(editor: Editor, words: string, number: number, html: string | null): boolean {
  const { text, places } = letters(editor);
  const plain = words.replace(/\s+/g, " ").trim();
  const start = find(text, plain, number, places) ?? find(text, plain.replace(/^[-*•] /, ""), number, places);
  if (!start) return false;
  const [from, to] = start;
  if (html === null) return editor.chain().focus().setTextSelection({ from, to }).scrollIntoView().run();
  if (!html) return editor.chain().focus().deleteRange({ from, to }).run();
  // A plain wording keeps the marks of the words it replaces; a list takes their paragraph apart.
  return editor.chain().focus().insertContentAt({ from, to }, html, { updateSelection: true }).run();
}

function find(text: string, words: string, number: number, places: number[]): [number, number] | null {
  // JavaScript counts halves of rare letters; `places` counts letters.
  const all = [...text], wanted = [...words];
  if (!wanted.length) return null;
  let last: [number, number] | null = null;
  for (let at = 0, seen = 0; at + wanted.length <= all.length; at++) {
    if (!wanted.every((letter, index) => all[at + index] === letter)) continue;
    const end = places[at + wanted.length - 1]!;
    last = [places[at]!, end + (all[at + wanted.length - 1]?.length ?? 1)];
    if (seen++ === number) return last;
  }
  return last;
}

function put(editor: Editor, html: string, place: string): void {
  const { doc } = editor.state;
  const first = doc.firstChild?.nodeSize ?? 0;
  const greets = (doc.firstChild?.textContent.length ?? 99) < 60 && doc.childCount > 1;
  const at = place === "begin" ? 0 : place === "after_greeting" && greets ? first : place === "after_greeting" ? 0 : doc.content.size;
  editor.chain().focus().insertContentAt(at, html.startsWith("<") ? html : `<p>${html}</p>`).run();
}

/** A draft may have been typed into the bare textarea: its lines become paragraphs. */
function asHtml(text: string): string {
  if (!text.trim() || isHtml(text)) return text;
  const box = document.createElement("div");
  for (const part of text.split(/\n{2,}/)) {
    const paragraph = box.appendChild(document.createElement("p"));
    part.split("\n").forEach((line, index) => paragraph.append(...(index ? [document.createElement("br")] : []), line));
  }
  return box.innerHTML;
}

function isHtml(text: string): boolean {
  return /<\w+[^>]*>/.test(text);
}

function sources(host: HTMLElement): Source[] {
  const { people, templates, articles } = host.dataset;
  return [
    { char: "@", url: people ?? "" },
    { char: "/", url: templates ?? "" },
    { char: "#", url: articles ?? "" },
  ].filter((source) => source.url);
}

/** Pictures that are pasted or dropped are sent to data-uploads (field "file"), which answers {"url"}; others are left alone. */
function upload(host: HTMLElement, editor: Editor, files: File[], event: Event, words: Record<string, string>): boolean {
  const pictures = files.filter((file) => file.type.startsWith("image/"));
  if (!pictures.length || !host.dataset.uploads) return false;
  event.preventDefault();
  for (const picture of pictures) void send(host, editor, picture, words);
  return true;
}

async function send(host: HTMLElement, editor: Editor, picture: File, words: Record<string, string>): Promise<void> {
  const body = new FormData();
  body.append("file", picture, picture.name || "picture.png");
  const headers = { "X-CSRFToken": csrf(host), Accept: "application/json" };
  const answer = await fetch(host.dataset.uploads!, { method: "POST", body, headers }).catch(() => null);
  if (!answer?.ok) return say(words.failed ?? "", "error");
  const { url } = (await answer.json()) as { url: string };
  editor.chain().focus().setImage({ src: url, alt: picture.name }).run();
}
