// Pictures and video files by paste, drag or pick: sent at once, put in where they were dropped, the writer told if not.
import type { Editor } from "@tiptap/core";
import { csrf, say } from "../../elements/page.ts";

interface Sent {
  url: string;
  type?: string;
  name?: string;
}

export function takes(host: HTMLElement, editor: () => Editor, files: File[], words: Record<string, string>, at?: number): boolean {
  const wanted = files.filter((file) => /^(image|video)\//.test(file.type));
  if (!wanted.length) return false;
  void wanted.reduce(async (before, file) => (await before, await send(host, editor(), file, words, at)), Promise.resolve());
  return true;
}

export function pick(host: HTMLElement, editor: Editor, kind: "image" | "video", words: Record<string, string>): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = kind === "image" ? "image/png,image/jpeg,image/gif,image/webp,image/avif" : "video/mp4,video/webm";
  input.multiple = true;
  input.addEventListener("change", () => void takes(host, () => editor, [...(input.files ?? [])], words));
  input.click();
}

async function send(host: HTMLElement, editor: Editor, file: File, words: Record<string, string>, at?: number): Promise<void> {
  const body = new FormData();
  body.append("file", file, file.name || "picture.png");
  host.dispatchEvent(new CustomEvent("editor:busy", { bubbles: true, detail: file.name }));
  const answer = await fetch(host.dataset.uploads ?? "", { method: "POST", body, headers: { "X-CSRFToken": csrf(host), Accept: "application/json" } }).catch(() => null);
  host.dispatchEvent(new CustomEvent("editor:idle", { bubbles: true }));
  const said = (await answer?.json().catch(() => null)) as (Sent & { error?: string }) | null;
  if (!answer?.ok || !said) return say(said?.error ?? `${file.name} ${words.failed ?? ""}`, "error");
  const name = (said.name ?? file.name).replace(/\.\w{2,5}$/, "").replace(/[-_]+/g, " ");
  const content = { type: "figure", attrs: { src: said.url, alt: name, film: file.type.startsWith("video/") } };
  editor.chain().focus().insertContentAt(at ?? besides(editor), content).run();
}

/** Where the writer is; behind the picture where that is one, which would be replaced otherwise. */
function besides(editor: Editor): number | { from: number; to: number } {
  const { from, to, $from } = editor.state.selection;
  if (editor.state.doc.nodeAt(from)?.type.name === "figure") return to;
  return $from.parent.type.name === "figure" ? $from.after() : { from, to };
}
