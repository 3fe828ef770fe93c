import { show, turn } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { AutoSave } from "./auto-save.ts";

customElements.define("auto-save", AutoSave);
const html = `<auto-save data-url="/draft" data-key="t" data-saved="Saved" data-kept="Kept here"><form><input type="hidden" name="csrfmiddlewaretoken" value="secret"><textarea name="body"></textarea><span data-save-mark></span></form></auto-save>`;
const draft = () => document.querySelector<AutoSave>("auto-save")!;
const area = () => document.querySelector("textarea")!;
const mark = () => document.querySelector("[data-save-mark]")!.textContent;

function server(answer: () => Promise<Response>): RequestInit[] {
  const asked: RequestInit[] = [];
  globalThis.fetch = ((_: string, init: RequestInit) => (asked.push(init), answer())) as typeof fetch;
  return asked;
}

test("what was typed goes to the server with PUT, without the token as a field", async () => {
  localStorage.clear();
  const asked = server(async () => new Response(null, { status: 204 }));
  show(html);
  area().value = "Hello";
  area().dispatchEvent(new Event("input", { bubbles: true }));
  await draft().save();
  assert.equal(asked[0]!.method, "PUT");
  assert.equal(String(asked[0]!.body), "body=Hello");
  assert.equal(mark(), "Saved");
  assert.equal(localStorage.getItem("tugon:draft:t"), null);
});

test("without the server it is kept in the browser and put back on the next visit", async () => {
  localStorage.clear();
  server(async () => Promise.reject(new Error("offline")));
  show(html);
  area().value = "Not lost";
  area().dispatchEvent(new Event("input", { bubbles: true }));
  await draft().save();
  assert.equal(mark(), "Kept here");
  show(html);
  await turn();
  assert.equal(area().value, "Not lost");
});

test("a sent form clears the draft", () => {
  localStorage.setItem("tugon:draft:t", JSON.stringify({ body: ["x"] }));
  show(html);
  document.querySelector("form")!.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  assert.equal(localStorage.getItem("tugon:draft:t"), null);
});
