// Tables: rows of cells, the first row its heads. No widths and no merging by hand: a reader on a phone gets them whole.
import { Node, mergeAttributes, type NodeConfig } from "@tiptap/core";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, tableEditing, toggleHeaderRow } from "@tiptap/pm/tables";
import { TextSelection } from "@tiptap/pm/state";

declare module "@tiptap/core" {
  interface NodeConfig<Options, Storage> {
    tableRole?: "table" | "row" | "cell" | "header_cell";
  }
  interface Commands<ReturnType> {
    articleTable: {
      insertTable: (rows: number, columns: number) => ReturnType;
      tableDo: (what: keyof typeof deeds) => ReturnType;
    };
  }
}

export const deeds = { row: addRowAfter, column: addColumnAfter, dropRow: deleteRow, dropColumn: deleteColumn, head: toggleHeaderRow, drop: deleteTable };

const span = { default: 1, parseHTML: (element: HTMLElement) => Number(element.getAttribute("colspan") ?? 1) };
const cell = {
  content: "block+",
  isolating: true,
  addAttributes: () => ({ colspan: span, rowspan: { ...span, parseHTML: (element: HTMLElement) => Number(element.getAttribute("rowspan") ?? 1) }, colwidth: { default: null, rendered: false } }),
};

const attributes = ({ colspan, rowspan, ...more }: Record<string, unknown>) => ({
  ...more,
  ...(Number(colspan) > 1 ? { colspan } : {}),
  ...(Number(rowspan) > 1 ? { rowspan } : {}),
});

const Cell = Node.create({ name: "tableCell", ...cell, tableRole: "cell", parseHTML: () => [{ tag: "td" }], renderHTML: ({ HTMLAttributes }) => ["td", attributes(HTMLAttributes), 0] });
const Head = Node.create({ name: "tableHeader", ...cell, tableRole: "header_cell", parseHTML: () => [{ tag: "th" }], renderHTML: ({ HTMLAttributes }) => ["th", mergeAttributes(attributes(HTMLAttributes)), 0] });
const Row = Node.create({ name: "tableRow", content: "(tableCell | tableHeader)*", tableRole: "row", parseHTML: () => [{ tag: "tr" }], renderHTML: () => ["tr", 0] });

const Table = Node.create({
  name: "table",
  group: "block",
  content: "tableRow+",
  isolating: true,
  tableRole: "table",
  parseHTML: () => [{ tag: "table" }],
  renderHTML: () => ["table", ["tbody", 0]],
  extendNodeSchema: (extension) => ({ tableRole: (extension.config as NodeConfig).tableRole }),
  addCommands() {
    return {
      insertTable:
        (rows, columns) =>
        ({ tr, dispatch, editor }) => {
          const { nodes } = editor.schema;
          const line = (type: string) => nodes.tableRow!.create(null, Array.from({ length: columns }, () => nodes[type]!.createAndFill()!));
          const table = nodes.table!.create(null, [line("tableHeader"), ...Array.from({ length: rows - 1 }, () => line("tableCell"))]);
          if (dispatch) {
            const at = tr.selection.from;
            tr.replaceSelectionWith(table).setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView();
          }
          return true;
        },
      tableDo:
        (what) =>
        ({ state, dispatch }) =>
          deeds[what](state, dispatch),
    };
  },
  addKeyboardShortcuts() {
    return {
      Tab: () => this.editor.isActive("table") && (this.editor.commands.command(({ state, dispatch }) => goToNextCell(1)(state, dispatch)) || this.editor.chain().tableDo("row").command(({ state, dispatch }) => goToNextCell(1)(state, dispatch)).run()),
      "Shift-Tab": () => this.editor.isActive("table") && this.editor.commands.command(({ state, dispatch }) => goToNextCell(-1)(state, dispatch)),
    };
  },
  addProseMirrorPlugins: () => [tableEditing()],
});

export const tables = [Table, Row, Head, Cell];
