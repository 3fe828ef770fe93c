import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfirmButton } from "./confirm-button.ts";

customElements.define("confirm-button", ConfirmButton);

test("asks first, does it the second time, and forgets on Escape", () => {
  let done = 0;
  show(`<confirm-button data-question="Really?"><button type="button"><span>Delete</span></button></confirm-button>`);
  const button = document.querySelector("button")!;
  button.addEventListener("click", () => done++);
  button.click();
  assert.equal(done, 0);
  assert.equal(button.textContent, "Really?");
  button.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  assert.equal(button.textContent, "Delete");
  button.click();
  button.click();
  assert.equal(done, 1);
  assert.equal(button.textContent, "Delete");
});
