import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { KeyMap, label, named } from "./key-map.ts";

customElements.define("key-map", KeyMap);
const press = (key: string, more = {}, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

test("strokes have the names that data-key uses", () => {
  assert.equal(named({ key: "r" }), "r");
  assert.equal(named({ key: "?", shiftKey: true }), "?");
  assert.equal(named({ key: "k", ctrlKey: true }), "Mod+K");
  assert.equal(named({ key: "Enter", metaKey: true }), "Mod+Enter");
  assert.equal(named({ key: "Control", ctrlKey: true }), "");
});

test("a key presses its button, and two keys in a row their own", () => {
  const pressed: string[] = [];
  show(`<key-map></key-map><button data-key="r">Reply</button><button data-key="g u">Unassigned</button><button data-key="u">Up</button>`);
  for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => pressed.push(button.textContent!));
  press("r");
  press("g");
  press("u");
  press("u");
  assert.deepEqual(pressed, ["Reply", "Unassigned", "Up"]);
});

test("no key works while somebody types, except with Ctrl or ⌘", () => {
  const pressed: string[] = [];
  show(`<key-map></key-map><form><textarea></textarea><button type="button" data-key="r">Reply</button><button type="button" data-key="Mod+Enter">Send</button></form>`);
  for (const button of document.querySelectorAll("button")) button.addEventListener("click", () => pressed.push(button.textContent!));
  const area = document.querySelector("textarea")!;
  press("r", {}, area);
  press("Enter", { ctrlKey: true }, area);
  assert.deepEqual(pressed, ["Send"]);
});

test("what a key does is told without the key drawn on the button", () => {
  show(`<button data-key="r"><span>Reply</span><span class="kbd-group"><kbd>r</kbd></span></button>`);
  assert.equal(label(document.querySelector("button")!), "Reply");
});
