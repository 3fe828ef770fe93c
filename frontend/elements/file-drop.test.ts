import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FileDrop, size } from "./file-drop.ts";

customElements.define("file-drop", FileDrop);

test("sizes are told in the page's language", () => {
  assert.equal(size(400, "en"), "1 kB");
  assert.equal(size(1_540_000, "en"), "1.5 MB");
});

test("a file that is too large is refused in words and not taken", () => {
  const said: string[] = [];
  document.addEventListener("toast", (event) => said.push((event as CustomEvent).detail.words), { once: true });
  show(`<form><file-drop data-url="/files" data-max="3" data-large="is larger than 3 B."><input type="file" id="f" name="files"></file-drop></form>`);
  document.querySelector<FileDrop>("file-drop")!.take([new File(["abcdef"], "big.txt")]);
  assert.deepEqual(said, ["big.txt is larger than 3 B."]);
  assert.equal(document.querySelectorAll(".drop-item").length, 0);
});
