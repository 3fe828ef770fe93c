import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { MacroChoice } from "./macro-choice.ts";

customElements.define("macro-choice", MacroChoice);

test("the words of a macro go into the answer when it is sent", () => {
  show(
    `<div id="box"><div data-form="reply"><rich-composer></rich-composer></div></div>` +
      `<macro-choice data-html="&lt;p>Hello&lt;/p>" data-into="#box"><form><button></button></form></macro-choice>`,
  );
  const box = document.querySelector("#box") as HTMLElement & { show: (part: string) => void };
  const composer = document.querySelector("rich-composer") as HTMLElement & { insert: (html: string) => void };
  let [inserted, shown] = ["", ""];
  box.show = (part) => (shown = part);
  composer.insert = (html) => (inserted = html);
  document.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.equal(shown, "reply");
  assert.equal(inserted, "<p>Hello</p>");
});
