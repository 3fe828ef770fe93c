import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ToastStack } from "./toast-stack.ts";

customElements.define("toast-stack", ToastStack);
const cards = () => [...document.querySelectorAll(".toast-card")];

test("shows the server's words, whether one event or several, as text", () => {
  show("<toast-stack></toast-stack>");
  document.dispatchEvent(new CustomEvent("toast", { detail: { words: "<b>Sent</b>" } }));
  document.dispatchEvent(new CustomEvent("toast", { detail: { value: [{ words: "One" }, { words: "Two", tone: "error" }] } }));
  assert.equal(cards().length, 3);
  assert.equal(cards()[0]!.querySelector("b"), null);
  assert.deepEqual(cards().map((card) => card.getAttribute("role")), ["status", "status", "alert"]);
});

test("a toast can be dismissed", () => {
  show(`<toast-stack data-dismiss="Dismiss"></toast-stack>`);
  document.dispatchEvent(new CustomEvent("toast", { detail: { words: "Sent" } }));
  document.querySelector<HTMLElement>("[data-dismiss-toast]")!.click();
  assert.equal(cards().length, 0);
});
