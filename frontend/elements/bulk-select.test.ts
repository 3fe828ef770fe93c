import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { BulkSelect } from "./bulk-select.ts";

customElements.define("bulk-select", BulkSelect);
const boxes = [1, 2, 3, 4].map((n) => `<input type="checkbox" name="chosen" value="${n}">`).join("");
const html = `<bulk-select data-words="{count} chosen"><input type="checkbox" data-bulk-all>${boxes}<div data-bulk-bar><span data-bulk-count></span><button data-bulk-none>None</button></div></bulk-select>`;
const list = () => document.querySelector<BulkSelect>("bulk-select")!;
const bar = () => document.querySelector<HTMLElement>("[data-bulk-bar]")!;

test("the bar waits for the first choice and counts", () => {
  show(html);
  assert.equal(bar().hidden, true);
  list().boxes[1]!.click();
  assert.equal(bar().hidden, false);
  assert.equal(document.querySelector("[data-bulk-count]")!.textContent, "1 chosen");
});

test("Shift takes all between", () => {
  show(html);
  list().boxes[0]!.click();
  list().boxes[2]!.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: true }));
  assert.deepEqual(list().boxes.map((box) => box.checked), [true, true, true, false]);
});

test("all, and none again", () => {
  show(html);
  document.querySelector<HTMLInputElement>("[data-bulk-all]")!.click();
  assert.ok(list().boxes.every((box) => box.checked));
  document.querySelector<HTMLElement>("[data-bulk-none]")!.click();
  assert.ok(!list().boxes.some((box) => box.checked));
  assert.equal(bar().hidden, true);
});
