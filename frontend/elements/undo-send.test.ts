import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { UndoSend } from "./undo-send.ts";

customElements.define("undo-send", UndoSend);

test("counts down and steps aside when the message has left", () => {
  const until = new Date(Date.now() + 60_000).toISOString();
  show(`<undo-send data-until="${until}" data-words="Sending in {seconds} s"><span data-count></span><button>Undo</button></undo-send>`);
  const element = document.querySelector<UndoSend>("undo-send")!;
  element.show(Date.parse(until) - 7_000);
  assert.equal(document.querySelector("[data-count]")!.textContent, "Sending in 7 s");
  element.show(Date.parse(until));
  assert.equal(element.hidden, true);
  show("");
});
