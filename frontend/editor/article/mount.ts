// The editor behind <article-editor>: Tiptap with what articles need. Lists open on # (articles) and {{ (facts).
import { Editor, Extension } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import Placeholder from "@tiptap/extension-placeholder";
import StarterKit from "@tiptap/starter-kit";
import Suggestion from "@tiptap/suggestion";
import { PluginKey } from "@tiptap/pm/state";
import { suggestions } from "../suggest.ts";
import { ask } from "./asking.ts";
import { pick, takes } from "./files.ts";
import { CalloutBox, Figure, factChips, plainMarks } from "./nodes.ts";
import { tables } from "./tables.ts";
import { bar, tools } from "./tools.ts";
import { cleaned, isFromWordProcessor, unstyled } from "./word-paste.ts";

export interface Mounted {
  frame: HTMLElement;
  html(): string;
  fill(html: string): void;
  focus(): void;
  destroy(): void;
}

export interface Asked {
  html: string;
  placeholder: string;
  changed: (html: string) => void;
  markdown: () => void;
}

export function mount(host: HTMLElement, { html, placeholder, changed, markdown }: Asked): Mounted {
  const words = JSON.parse(host.dataset.words || "{}") as Record<string, string>;
  const known = host.dataset.known ? new Set(JSON.parse(host.dataset.known) as string[]) : null;
  const frame = document.createElement("div");
  frame.className = "composer article-composer";
  const place = document.createElement("div");
  const editor: Editor = new Editor({
    element: place,
    injectCSS: false,
    content: html,
    extensions: [
      StarterKit.configure({ heading: { levels: [2, 3, 4] }, link: { openOnClick: false, defaultProtocol: "https", autolink: true, protocols: ["article", "tel"] } }),
      Image.configure({ inline: true }),
      Placeholder.configure({ placeholder }),
      CalloutBox,
      Figure,
      ...plainMarks,
      ...tables,
      factChips(known),
      lists(host, words),
      keys(words, markdown),
    ],
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": host.dataset.label ?? "", class: "prose-quiet", lang: host.dataset.lang ?? "" },
      transformPastedHTML: (pasted) => (isFromWordProcessor(pasted) ? cleaned(pasted) : unstyled(pasted)),
      handleDOMEvents: { keydown: (_, event) => (event.ctrlKey || event.metaKey) && ["Enter", "s"].includes(event.key) },
      handlePaste: (_, event) => !event.clipboardData?.getData("text/html") && takes(host, () => editor, [...(event.clipboardData?.files ?? [])], words),
      handleDrop: (view, event, _, moved) => !moved && takes(host, () => editor, [...(event.dataTransfer?.files ?? [])], words, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
    },
    onUpdate: () => changed(editor.isEmpty ? "" : editor.getHTML()),
  });
  const actions = {
    link: (one: Editor) => void link(one, words),
    picture: (one: Editor) => pick(host, one, "image", words),
    video: (one: Editor) => pick(host, one, "video", words),
    describe: (one: Editor) => void describe(one, words),
    markdown,
  };
  frame.append(bar(editor, tools(actions), words), place);
  return {
    frame,
    html: () => (editor.isEmpty ? "" : editor.getHTML()),
    fill: (given) => void editor.commands.setContent(given, { emitUpdate: true }),
    focus: () => void editor.commands.focus(),
    destroy: () => {
      editor.destroy();
      frame.remove();
    },
  };
}

function lists(host: HTMLElement, words: Record<string, string>): Extension {
  const sources = [
    { char: "#", url: host.dataset.articles ?? "" },
    { char: "{{", url: host.dataset.facts ?? "" },
  ].filter(({ url }) => url);
  return Extension.create({
    name: "choices",
    addProseMirrorPlugins() {
      return suggestions(sources, words).map((options, index) =>
        Suggestion({ ...options, editor: this.editor, pluginKey: new PluginKey(`choices-${index}`), allowedPrefixes: sources[index]!.char === "#" ? [" ", "("] : null }),
      );
    },
  });
}

function keys(words: Record<string, string>, markdown: () => void): Extension {
  return Extension.create({
    name: "articleKeys",
    addKeyboardShortcuts() {
      return {
        "Mod-k": () => (void link(this.editor, words), true),
        "Mod-Alt-m": () => (markdown(), true),
      };
    },
  });
}

async function link(editor: Editor, words: Record<string, string>): Promise<void> {
  const known = String(editor.getAttributes("link").href ?? "");
  const given = await ask({ label: words.address ?? "", button: words.setLink ?? "", value: known, hint: words.addressHint, remove: words.unlink });
  if (given === null) return void editor.commands.focus();
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!given) return void chain.unsetLink().run();
  const href = /^([a-z]+:|\/|#)/i.test(given) ? given : `https://${given}`;
  if (editor.state.selection.empty && !known) chain.insertContent({ type: "text", text: given, marks: [{ type: "link", attrs: { href } }] }).run();
  else chain.setLink({ href }).run();
}

async function describe(editor: Editor, words: Record<string, string>): Promise<void> {
  const given = await ask({ label: words.alt ?? "", button: words.save ?? "", value: String(editor.getAttributes(shownAt(editor)).alt ?? ""), hint: words.altHint });
  if (given !== null) editor.chain().focus().updateAttributes(shownAt(editor), { alt: given }).run();
}

const shownAt = (editor: Editor): string => (editor.isActive("image") ? "image" : "figure");
