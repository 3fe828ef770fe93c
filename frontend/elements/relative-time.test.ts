import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { RelativeTime, words } from "./relative-time.ts";

customElements.define("relative-time", RelativeTime);

test("tells the distance in the page's language", () => {
  assert.equal(words(-180, "en", false), "3 minutes ago");
  assert.equal(words(7200, "en", false), "in 2 hours");
  assert.equal(words(-180, "en", true), "3m");
});

test("leaves the server's words for what just happened and for what is long ago", () => {
  assert.equal(words(-10, "en", false), null);
  assert.equal(words(-40 * 86400, "en", false), null);
});

test("grows older while the page stays open", () => {
  const at = "2026-11-21T10:00:00Z";
  show(`<relative-time><time datetime="${at}">3 minutes ago</time></relative-time>`);
  document.querySelector<RelativeTime>("relative-time")!.refresh(Date.parse(at) + 3_600_000);
  assert.equal(document.querySelector("time")!.textContent, "1 hour ago");
  show("");
});
