// The row of buttons above an article. Each says what it does, its key, and whether it is on; Tab reaches the row once,
// arrows move inside it. Table buttons appear inside a table only.
import type { Editor } from "@tiptap/core";
import { icon } from "../../elements/page.ts";
import { rove } from "../toolbar.ts";

export interface Tool {
  name: string;
  shape: string;
  key?: string;
  active?: [string] | [string, Record<string, unknown>];
  within?: string;
  apart?: boolean;
  run: (editor: Editor) => void;
}

export const tools = (actions: Record<"link" | "picture" | "video" | "describe" | "markdown", (editor: Editor) => void>): Tool[] => [
  { name: "heading", shape: "heading-2", key: "Ctrl Alt 2", active: ["heading", { level: 2 }], run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run() },
  { name: "subheading", shape: "heading-3", key: "Ctrl Alt 3", active: ["heading", { level: 3 }], run: (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run() },
  { name: "bold", shape: "bold", key: "Ctrl B", active: ["bold"], apart: true, run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: "italic", shape: "italic", key: "Ctrl I", active: ["italic"], run: (editor) => editor.chain().focus().toggleItalic().run() },
  { name: "code", shape: "code", key: "Ctrl E", active: ["code"], run: (editor) => editor.chain().focus().toggleCode().run() },
  { name: "link", shape: "link", key: "Ctrl K", active: ["link"], run: actions.link },
  { name: "bullets", shape: "list", key: "Ctrl Shift 8", active: ["bulletList"], apart: true, run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: "numbers", shape: "list-ordered", key: "Ctrl Shift 7", active: ["orderedList"], run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: "quote", shape: "quote", key: "Ctrl Shift B", active: ["blockquote"], run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { name: "block", shape: "square-code", key: "Ctrl Alt C", active: ["codeBlock"], run: (editor) => editor.chain().focus().toggleCodeBlock().run() },
  { name: "note", shape: "info", active: ["callout", { kind: "note" }], apart: true, run: (editor) => editor.chain().focus().toggleCallout("note").run() },
  { name: "tip", shape: "lightbulb", active: ["callout", { kind: "tip" }], run: (editor) => editor.chain().focus().toggleCallout("tip").run() },
  { name: "warning", shape: "triangle-alert", active: ["callout", { kind: "warning" }], run: (editor) => editor.chain().focus().toggleCallout("warning").run() },
  { name: "picture", shape: "image-plus", apart: true, run: actions.picture },
  { name: "describe", shape: "captions", within: "figure", run: actions.describe },
  { name: "video", shape: "video", run: actions.video },
  { name: "table", shape: "table", active: ["table"], run: (editor) => editor.chain().focus().insertTable(3, 3).run() },
  { name: "row", shape: "between-horizontal-start", within: "table", run: (editor) => editor.chain().focus().tableDo("row").run() },
  { name: "column", shape: "between-vertical-start", within: "table", run: (editor) => editor.chain().focus().tableDo("column").run() },
  { name: "dropRow", shape: "fold-vertical", within: "table", run: (editor) => editor.chain().focus().tableDo("dropRow").run() },
  { name: "dropColumn", shape: "fold-horizontal", within: "table", run: (editor) => editor.chain().focus().tableDo("dropColumn").run() },
  { name: "dropTable", shape: "trash-2", within: "table", run: (editor) => editor.chain().focus().tableDo("drop").run() },
  { name: "article", shape: "file-text", key: "#", apart: true, run: (editor) => type(editor, "#") },
  { name: "fact", shape: "braces", key: "{{", run: (editor) => type(editor, "{{") },
  { name: "undo", shape: "undo-2", key: "Ctrl Z", apart: true, run: (editor) => editor.chain().focus().undo().run() },
  { name: "redo", shape: "redo-2", key: "Ctrl Y", run: (editor) => editor.chain().focus().redo().run() },
  { name: "markdown", shape: "hash", key: "Ctrl Alt M", run: actions.markdown },
];

/** Writes the sign that opens a list of choices, after a space where one is needed. */
function type(editor: Editor, sign: string): void {
  const { $from } = editor.state.selection;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset);
  editor.chain().focus().insertContent({ type: "text", text: before && before !== " " ? ` ${sign}` : sign }).run();
}

export function bar(editor: Editor, all: Tool[], words: Record<string, string>): HTMLElement {
  const row = document.createElement("div");
  row.className = "composer-tools article-tools";
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", words.tools ?? "");
  const buttons = all.map((tool, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = tool.apart ? "composer-tool is-apart" : "composer-tool";
    button.tabIndex = index ? -1 : 0;
    button.title = tool.key ? `${words[tool.name] ?? ""} (${tool.key})` : (words[tool.name] ?? "");
    button.setAttribute("aria-label", words[tool.name] ?? "");
    button.innerHTML = icon(tool.shape, "icon-sm");
    button.addEventListener("click", () => tool.run(editor));
    return button;
  });
  row.append(...buttons);
  row.addEventListener("keydown", (event) => rove(event, buttons.filter((button) => !button.hidden)));
  const show = () =>
    all.forEach((tool, index) => {
      const button = buttons[index]!;
      if (tool.active) button.setAttribute("aria-pressed", String(editor.isActive(tool.active[0], tool.active[1] ?? {})));
      if (tool.within) button.hidden = !editor.isActive(tool.within);
    });
  editor.on("transaction", show);
  show();
  return row;
}
