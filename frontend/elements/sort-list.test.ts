import { show, turn } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { SortList } from "./sort-list.ts";

customElements.define("sort-list", SortList);
const item = (id: number) =>
  `<li data-sort="${id}"><span data-sort-handle></span><form><input name="ids" value="1"><input name="ids" value="2"><button name="up">up</button><button name="down">down</button></form></li>`;
const html = `<sort-list data-url="/order" data-list="categories" data-failed="Not moved"><ul>${item(1)}${item(2)}</ul></sort-list>`;
const list = () => document.querySelector<SortList>("sort-list")!;
const order = () => list().items.map((one) => one.dataset.sort);

function hold(id: number): void {
  const handle = document.querySelector(`[data-sort="${id}"] [data-sort-handle]`)!;
  handle.dispatchEvent(Object.assign(new Event("pointerdown", { bubbles: true, cancelable: true }), { button: 0 }));
}

test("a dragged item is sent with its new place, and the arrows count anew", async () => {
  const asked: string[] = [];
  globalThis.fetch = (async (_: string, init: RequestInit) => (asked.push(String(init.body)), new Response("{}"))) as typeof fetch;
  show(html);
  hold(1);
  list().moveTo(1000);
  document.dispatchEvent(new Event("pointerup"));
  await turn();
  assert.deepEqual(order(), ["2", "1"]);
  assert.deepEqual(asked, ["list=categories&ids=2&ids=1"]);
  assert.equal(document.querySelector<HTMLButtonElement>('[data-sort="2"] [name=up]')!.disabled, true);
  assert.deepEqual([...document.querySelectorAll<HTMLInputElement>('[data-sort="1"] [name=ids]')].map((one) => one.value), ["2", "1"]);
});

test("an order that the server refuses is put back", async () => {
  globalThis.fetch = (async () => new Response(null, { status: 403 })) as typeof fetch;
  show(html);
  hold(1);
  list().moveTo(1000);
  document.dispatchEvent(new Event("pointerup"));
  await turn(5);
  assert.deepEqual(order(), ["1", "2"]);
});
