import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { ThemeSwitch } from "./theme-switch.ts";

customElements.define("theme-switch", ThemeSwitch);

test("goes round system, light and dark, says which, and remembers it", () => {
  show(`<theme-switch data-system="As the device" data-light="Light" data-dark="Dark"><button data-label="Theme"></button></theme-switch>`);
  const button = document.querySelector("button")!;
  const seen = [1, 2, 3].map(() => (button.click(), [document.documentElement.dataset.theme ?? "", button.getAttribute("aria-label")]));
  assert.deepEqual(seen, [["light", "Theme: Light"], ["dark", "Theme: Dark"], ["", "Theme: As the device"]]);
});
