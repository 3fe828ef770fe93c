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

test("the dialog names every key once, with all it does, and x where rows can be chosen", () => {
  show(
    `<key-map data-title="Keys" data-next="Next row" data-select="Choose the row" data-commands="Commands"></key-map>` +
      `<bulk-select><div data-keys-list><div data-row><input type="checkbox"></div></div></bulk-select>` +
      `<button data-key="Escape" data-label="Choose none">None</button><a data-key="g n" data-label="Notifications" aria-label="Notifications: 3 unread"></a>` +
      `<button data-key="Mod+Enter">Send</button><button data-key="Mod+Enter">Add the note</button><button data-key="e">Solve</button><button data-key="e">Solve</button>`,
  );
  const dialog = document.querySelector("key-map")!.appendChild(document.createElement("dialog"));
  dialog.showModal = () => {};
  document.querySelector<KeyMap>("key-map")!.help();
  const names = [...document.querySelectorAll("key-map dd")].map((one) => one.textContent);
  assert.deepEqual(names, ["Next row", "Choose the row", "Commands", "Choose none", "Notifications", "Send · Add the note", "Solve", "Keys"]);
});
