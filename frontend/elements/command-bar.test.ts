import "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { matching } from "./command-bar.ts";

const choices = ["Solve and send", "Send and wait", "Assign to me"].map((text) => ({ text }));

test("a match at the beginning comes first", () => {
  assert.deepEqual(matching(choices, "send").map(({ text }) => text), ["Send and wait", "Solve and send"]);
});

test("every word has to be there, in any order", () => {
  assert.deepEqual(matching(choices, "me assign").map(({ text }) => text), ["Assign to me"]);
  assert.deepEqual(matching(choices, "zzz"), []);
});
