import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { OpenTemplates } from "./open-templates.ts";

customElements.define("open-templates", OpenTemplates);

test("the list of templates opens in the answer, and the page is not left", () => {
  show(`<reply-box><open-templates><a href="#elsewhere" data-open="reply">Templates</a></open-templates><div data-form="reply"><rich-composer></rich-composer></div></reply-box>`);
  const typed: string[] = [];
  Object.assign(document.querySelector("rich-composer")!, { type: (text: string) => typed.push(text) });
  Object.assign(document.querySelector("reply-box")!, { show: (name: string) => typed.push(name) });
  const press = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelector("a")!.dispatchEvent(press);
  assert.deepEqual(typed, ["reply", "/"]);
  assert.equal(press.defaultPrevented, true);
});

test("without a composer the link leads to its page", () => {
  show(`<open-templates><a href="#elsewhere" data-open="reply">Templates</a></open-templates>`);
  const press = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelector("a")!.dispatchEvent(press);
  assert.equal(press.defaultPrevented, false);
});
