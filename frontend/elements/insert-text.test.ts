import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { InsertText } from "./insert-text.ts";

customElements.define("insert-text", InsertText);

test("a variable goes into the composer of the page", () => {
  show(`<rich-composer></rich-composer><insert-text><button type="button" data-insert="{{ customer.name }}">name</button></insert-text>`);
  const typed: string[] = [];
  Object.assign(document.querySelector("rich-composer")!, { type: (text: string) => typed.push(text) });
  document.querySelector<HTMLElement>("[data-insert]")!.click();
  assert.deepEqual(typed, ["{{ customer.name }}"]);
});
