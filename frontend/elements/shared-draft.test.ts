import { show, turn } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { SharedDraft } from "./shared-draft.ts";

customElements.define("shared-draft", SharedDraft);
const html = `<shared-draft data-url="/draft" data-key="a" data-saved="Saved" data-kept="Kept here" data-held="Held"><form><input type="hidden" name="csrfmiddlewaretoken" value="secret"><input type="hidden" name="revision" value="3"><input name="title"><div data-conflict hidden><button type="button" data-keep-mine>Mine</button></div><div data-unsaved hidden><button type="button" data-put-back>Back</button></div><span data-save-mark></span></form></shared-draft>`;
const draft = () => document.querySelector<SharedDraft>("shared-draft")!;
const field = (name: string) => document.querySelector<HTMLInputElement>(`[name=${name}]`)!;
const shown = (selector: string) => !document.querySelector<HTMLElement>(selector)!.hidden;

function server(...answers: Response[]): RequestInit[] {
  const asked: RequestInit[] = [];
  globalThis.fetch = (async (_: string, init: RequestInit) => (asked.push(init), answers.shift() ?? Promise.reject(new Error("offline")))) as typeof fetch;
  return asked;
}

function type(text: string): void {
  field("title").value = text;
  field("title").dispatchEvent(new Event("input", { bubbles: true }));
}

test("what is typed is sent with the revision it was read at, and the answer brings the next one", async () => {
  localStorage.clear();
  const asked = server(Response.json({ revision: "4" }));
  show(html);
  type("Refunds");
  await draft().save();
  assert.equal(String(asked[0]!.body), "title=Refunds&revision=3");
  assert.equal(field("revision").value, "4");
  assert.equal(localStorage.length, 0);
});

test("where a colleague saved in between nothing is overwritten until one says so", async () => {
  localStorage.clear();
  const asked = server(new Response("{}", { status: 409 }), Response.json({ revision: "9" }));
  show(html);
  type("Mine");
  await draft().save();
  assert.equal(shown("[data-conflict]"), true);
  assert.equal(localStorage.length, 1);
  document.querySelector<HTMLElement>("[data-keep-mine]")!.click();
  await turn(5);
  assert.match(String(asked[1]!.body), /revision=any/);
  assert.equal(field("revision").value, "9");
  assert.equal(shown("[data-conflict]"), false);
});

test("without the server it is kept in the browser and offered on the next visit", async () => {
  localStorage.clear();
  server();
  show(html);
  type("Not lost");
  await draft().save();
  server(Response.json({ revision: "4" }));
  show(html);
  assert.equal(shown("[data-unsaved]"), true);
  assert.equal(field("title").value, "");
  document.querySelector<HTMLElement>("[data-put-back]")!.click();
  await turn(5);
  assert.equal(field("title").value, "Not lost");
  assert.equal(localStorage.length, 0);
});
