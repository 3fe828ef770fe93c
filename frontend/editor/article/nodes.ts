// What an article has beyond a letter: callouts, figures, and facts shown as chips while they stay plain text.
import { Extension, Mark, Node } from "@tiptap/core";
import type { Node as Writing } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

export const CALLOUTS = ["note", "tip", "warning"] as const;
export type Callout = (typeof CALLOUTS)[number];

declare module "@tiptap/core" {
  interface Commands<ReturnType> {
    articleParts: {
      toggleCallout: (kind: Callout) => ReturnType;
      setFigure: (attributes: { src: string; alt: string; film: boolean }) => ReturnType;
    };
  }
}

const kindOf = (element: HTMLElement): Callout => CALLOUTS.find((kind) => element.dataset.callout === kind) ?? "note";

export const CalloutBox = Node.create({
  name: "callout",
  group: "block",
  content: "(paragraph | bulletList | orderedList | codeBlock | figure)+",
  defining: true,
  addAttributes: () => ({ kind: { default: "note", parseHTML: kindOf, rendered: false } }),
  parseHTML: () => [{ tag: "aside" }, { tag: "div[data-callout]" }],
  renderHTML: ({ node }) => ["aside", { "data-callout": node.attrs.kind as string }, 0],
  addCommands() {
    return {
      toggleCallout:
        (kind) =>
        ({ commands, editor }) =>
          editor.isActive("callout", { kind }) ? commands.lift("callout") : editor.isActive("callout") ? commands.updateAttributes("callout", { kind }) : commands.wrapIn("callout", { kind }),
    };
  },
  addKeyboardShortcuts() {
    return {
      // An empty last paragraph of a callout leads out of it.
      Enter: () => {
        const { $from, empty } = this.editor.state.selection;
        const box = $from.node(-1);
        if (!empty || box?.type.name !== "callout" || $from.parent.content.size || $from.index(-1) !== box.childCount - 1) return false;
        return this.editor.commands.lift("callout");
      },
    };
  },
});

/** A picture or a video that stands by itself; what is typed into it is its caption. */
export const Figure = Node.create({
  name: "figure",
  group: "block",
  content: "inline*",
  marks: "_",
  draggable: true,
  isolating: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" }, film: { default: false } }),
  parseHTML: () => [
    { tag: "figure", getAttrs: (element) => shownIn(element), contentElement: (element) => (element as HTMLElement).querySelector<HTMLElement>("figcaption") ?? document.createElement("figcaption") },
    { tag: "video[src]", getAttrs: (element) => shownIn(element), contentElement: () => document.createElement("figcaption") },
  ],
  renderHTML: ({ node }) => {
    const { src, alt, film } = node.attrs as { src: string; alt: string; film: boolean };
    return ["figure", film ? ["video", { src, controls: "", preload: "metadata" }] : ["img", { src, alt }], ["figcaption", 0]];
  },
  addCommands: () => ({
    setFigure:
      (attributes) =>
      ({ commands }) =>
        commands.insertContent({ type: "figure", attrs: attributes }),
  }),
  addKeyboardShortcuts() {
    return {
      // A caption is one line: Enter goes on below the picture.
      Enter: () => {
        const { $from } = this.editor.state.selection;
        if ($from.parent.type.name !== "figure") return false;
        return this.editor.chain().insertContentAt($from.after(), { type: "paragraph" }).focus($from.after() + 1).run();
      },
    };
  },
});

function shownIn(element: Element): { src: string; alt: string; film: boolean } | false {
  const shown = element.matches("video") ? element : element.querySelector("img, video");
  const src = shown?.getAttribute("src");
  return src ? { src, alt: shown!.getAttribute("alt") ?? "", film: shown!.matches("video") } : false;
}

/** Marks that are only a tag. */
export const plainMarks = (["sub", "sup", "kbd"] as const).map((tag) =>
  Mark.create({ name: tag, parseHTML: () => [{ tag }], renderHTML: () => [tag, 0] }),
);

const TOKEN = /\{\{\s*([a-z0-9][a-z0-9_.-]*)\s*\}\}/gi;

/** Facts look like chips; one that is not known is marked, so that it is seen before publishing refuses it. */
export function factChips(known: ReadonlySet<string> | null): Extension {
  return Extension.create({
    name: "factChips",
    addProseMirrorPlugins: () => [new Plugin({ props: { decorations: (state) => DecorationSet.create(state.doc, chips(state.doc, known)) } })],
  });
}

function chips(document: Writing, known: ReadonlySet<string> | null): Decoration[] {
  const found: Decoration[] = [];
  document.descendants((node, position) => {
    for (const match of node.isText ? (node.text ?? "").matchAll(TOKEN) : []) {
      const from = position + match.index;
      found.push(Decoration.inline(from, from + match[0].length, { class: known && !known.has(match[1]!) ? "fact-chip is-unknown" : "fact-chip" }));
    }
  });
  return found;
}
