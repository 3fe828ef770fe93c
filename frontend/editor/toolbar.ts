// The row of formatting buttons. Each says whether it is pressed; Tab reaches the row once, arrows move inside it.
import type { Editor } from "@tiptap/core";
import { escaped, icon } from "../elements/page.ts";

interface Tool {
  name: string;
  shape: string;
  active: string;
  run: (editor: Editor, words: Record<string, string>) => void;
}

const tools: Tool[] = [
  { name: "bold", shape: "bold", active: "bold", run: (editor) => editor.chain().focus().toggleBold().run() },
  { name: "italic", shape: "italic", active: "italic", run: (editor) => editor.chain().focus().toggleItalic().run() },
  { name: "link", shape: "link", active: "link", run: link },
  { name: "bullets", shape: "list", active: "bulletList", run: (editor) => editor.chain().focus().toggleBulletList().run() },
  { name: "numbers", shape: "list-ordered", active: "orderedList", run: (editor) => editor.chain().focus().toggleOrderedList().run() },
  { name: "quote", shape: "quote", active: "blockquote", run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  { name: "code", shape: "code", active: "code", run: (editor) => editor.chain().focus().toggleCode().run() },
];

export function toolbar(editor: Editor, words: Record<string, string>): HTMLElement {
  const row = document.createElement("div");
  row.className = "composer-tools";
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", words.tools ?? "");
  const buttons = tools.map((tool, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "composer-tool";
    button.tabIndex = index ? -1 : 0;
    button.title = words[tool.name] ?? "";
    button.setAttribute("aria-label", words[tool.name] ?? "");
    button.innerHTML = icon(tool.shape, "icon-sm");
    button.addEventListener("click", () => tool.run(editor, words));
    return button;
  });
  row.append(...buttons);
  row.addEventListener("keydown", (event) => rove(event, buttons));
  const show = () => buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(editor.isActive(tools[index]!.active))));
  editor.on("transaction", show);
  show();
  return row;
}

export function rove(event: KeyboardEvent, buttons: HTMLButtonElement[]): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = buttons[(at + step + buttons.length) % buttons.length]!;
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
}

/** Asks for the address in a small dialog; an empty answer takes the link away. */
function link(editor: Editor, words: Record<string, string>): void {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  const known = String(editor.getAttributes("link").href ?? "");
  dialog.innerHTML =
    `<form method="dialog" class="sheet-body grid gap-3"><label class="field"><span class="field-label">${escaped(words.address ?? "")}</span>` +
    `<input class="input" name="address" inputmode="url" placeholder="https://" value="${escaped(known)}"></label>` +
    `<div class="flex justify-end"><button class="btn btn-primary" value="set">${escaped(words.link ?? "")}</button></div></form>`;
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    const address = dialog.querySelector("input")!.value.trim();
    const chain = editor.chain().focus().extendMarkRange("link");
    if (dialog.returnValue === "set") (address ? chain.setLink({ href: /^[a-z]+:/i.test(address) ? address : `https://${address}` }) : chain.unsetLink()).run();
    dialog.remove();
  });
  dialog.showModal();
}
