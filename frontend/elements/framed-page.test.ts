import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FramedPage, reads } from "./framed-page.ts";

customElements.define("framed-page", FramedPage);
const PATTERN = "^/(en|fil)/(help/((articles|categories|sections)/[^/]+/|search)?)?$";

test("outside of a frame it does nothing", () => {
  show(`<framed-page data-enter="/embed/enter/" data-framed="${PATTERN}"></framed-page><a href="/contact/">Write</a>`);
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  document.querySelector("a")!.dispatchEvent(event);
  assert.equal(event.defaultPrevented, false);
  assert.equal(document.documentElement.dataset.framed, undefined);
});

test("reading stays in the frame, what is one person's own does not", () => {
  for (const path of ["/en/", "/fil/help/", "/en/help/articles/refunds/", "/en/help/search"]) assert.ok(reads(path, PATTERN), path);
  for (const path of ["/contact/", "/requests/", "/requests/1042/", "/en/help/troubleshooters/video/", "/console/"]) assert.ok(!reads(path, PATTERN), path);
});
