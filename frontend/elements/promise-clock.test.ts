import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { PromiseClock, length } from "./promise-clock.ts";

customElements.define("promise-clock", PromiseClock);

test("a length has at most two units", () => {
  assert.equal(length(5 * 3600 + 20 * 60, "en"), "5h 20m");
  assert.equal(length(90_000, "en"), "1d 1h");
  assert.equal(length(20, "en"), "20s");
});

test("turns amber, then red with the word for late", () => {
  const due = "2026-11-21T10:00:00Z";
  show(`<promise-clock data-due="${due}" data-soon="3600" data-late="late by"></promise-clock>`);
  const clock = document.querySelector<PromiseClock>("promise-clock")!;
  clock.show(Date.parse(due) - 7_200_000);
  assert.ok(clock.classList.contains("tone-neutral"));
  clock.show(Date.parse(due) - 1_200_000);
  assert.ok(clock.classList.contains("tone-warning"));
  clock.show(Date.parse(due) + 60_000);
  assert.ok(clock.classList.contains("tone-error"));
  assert.match(clock.textContent!, /late by/);
  show("");
});
