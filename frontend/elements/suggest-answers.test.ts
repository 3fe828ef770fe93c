import { show, turn } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { SuggestAnswers } from "./suggest-answers.ts";

customElements.define("suggest-answers", SuggestAnswers);
const list = `<section data-token="t-1" data-announce="1 answer may help"><a href="/x">Refunds</a></section>`;
const page = `<form><input name="subject" value=""><textarea name="description"></textarea><input type="hidden" name="suggested">
  <suggest-answers data-url="/en/help/suggestions/" data-fields="subject,description"><div data-answers></div></suggest-answers></form>
  <form id="suggestion-solved"><input type="hidden" name="suggested"></form>`;
let asked: string[] = [];

function answer(html: string): void {
  asked = [];
  globalThis.fetch = (async (_url: string, options: { body: URLSearchParams }) => {
    asked.push(options.body.get("text") ?? "");
    return { ok: true, text: async () => html };
  }) as never;
}

function write(name: string, value: string): SuggestAnswers {
  document.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value;
  return document.querySelector<SuggestAnswers>("suggest-answers")!;
}

afterEach(() => show(""));

test("shows what may help, and gives both forms its token", async () => {
  answer(list);
  show(page);
  await write("subject", "refund please").ask();
  assert.deepEqual(asked, ["refund please"]);
  assert.equal(document.querySelector("[data-answers] a")!.textContent, "Refunds");
  assert.deepEqual([...document.querySelectorAll<HTMLInputElement>("[name=suggested]")].map((field) => field.value), ["t-1", "t-1"]);
});

test("says once that something came, not with every key", async () => {
  answer(list);
  show(page);
  const said: string[] = [];
  document.addEventListener("announce", ((event: CustomEvent<string>) => said.push(event.detail)) as never);
  await write("subject", "refund please").ask();
  await write("subject", "refund please now").ask();
  assert.deepEqual(said, ["1 answer may help"]);
});

test("asks nothing for a few letters or for the same words again", async () => {
  answer(list);
  show(page);
  await write("subject", "refund").ask();
  await write("subject", "refund please").ask();
  await write("subject", "refund please").ask();
  assert.deepEqual(asked, ["refund please"]);
});

test("does not change under somebody who is in it", async () => {
  answer(list);
  show(page);
  const element = write("subject", "refund please");
  await element.ask();
  document.querySelector<HTMLElement>("[data-answers] a")!.focus();
  element.show("");
  assert.ok(document.querySelector("[data-answers] a"));
});

test("stays silent when the server does not answer", async () => {
  globalThis.fetch = (async () => Promise.reject(new Error("gone"))) as never;
  show(page);
  await write("subject", "refund please").ask();
  await turn();
  assert.equal(document.querySelector("[data-answers]")!.innerHTML, "");
});
