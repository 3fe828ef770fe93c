import { show, turn } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ReplyCoach } from "./reply-coach.ts";
import { RichComposer } from "./rich-composer.ts";

customElements.define("reply-coach", ReplyCoach);
customElements.define("rich-composer", RichComposer);
const remark = (more: string): string => `<li data-mark="m1" data-check="blame" ${more}><button type="button" data-use hidden>Use this</button><button data-dismiss>Not here</button></li>`;
const list = (more: string): string => `<details data-count="1" data-announce="1 remark"><summary>1</summary><ul>${remark(more)}</ul></details>`;
const rewrite = `data-quote="you failed" data-number="1" data-html="it failed" data-text="it failed" data-place=""`;
const page = `<form id="f"><rich-composer><textarea name="html"></textarea></rich-composer></form>
  <reply-coach data-form="f" data-url="/coach" data-answers="/answers" data-none="nothing"><div data-remarks></div></reply-coach>`;
let sent: [string, Record<string, string>][] = [];

function answer(html: string): void {
  sent = [];
  globalThis.fetch = (async (url: string, options: { body: URLSearchParams }) => {
    sent.push([url, Object.fromEntries(options.body)]);
    return { ok: true, text: async () => html };
  }) as never;
}

const coach = (): ReplyCoach => document.querySelector<ReplyCoach>("reply-coach")!;
const area = (): HTMLTextAreaElement => document.querySelector<HTMLTextAreaElement>("textarea")!;
const press = (what: string): void => document.querySelector<HTMLElement>(`[data-${what}]`)!.click();

afterEach(() => show(""));

test("asks for the words once, and shows what comes with its buttons", async () => {
  answer(list(rewrite));
  show(page);
  area().value = "you failed, you failed";
  await coach().ask();
  await coach().ask();
  assert.deepEqual(sent, [["/coach", { html: "you failed, you failed" }]]);
  assert.equal(document.querySelector<HTMLElement>("[data-use]")!.hidden, false);
});

test("puts the rewrite where the quote stands, and tells that it was used", async () => {
  answer(list(rewrite));
  show(page);
  area().value = "you failed, you failed";
  await coach().ask();
  press("use");
  assert.equal(area().value, "you failed, it failed");
  assert.deepEqual(sent.at(-1), ["/answers", { check: "blame", mark: "m1", did: "taken" }]);
  assert.equal(document.querySelector("[data-mark]"), null);
});

test("puts an insert behind the greeting", async () => {
  answer(list(`data-quote="" data-number="0" data-html="I am sorry." data-text="I am sorry." data-place="after_greeting"`));
  show(page);
  area().value = "Hi Ana,\n\nPlease send it.";
  await coach().ask();
  press("use");
  assert.equal(area().value, "Hi Ana,\n\nI am sorry.\n\nPlease send it.");
});

test("leaves the text alone where the words are gone, and keeps the remark", async () => {
  answer(list(rewrite));
  show(page);
  area().value = "you failed";
  await coach().ask();
  area().value = "something else";
  press("use");
  assert.equal(area().value, "something else");
  assert.ok(document.querySelector("[data-mark]"));
});

test("a dismissed remark goes and is told", async () => {
  answer(list(rewrite));
  show(page);
  area().value = "you failed";
  await coach().ask();
  press("dismiss");
  assert.deepEqual(sent.at(-1), ["/answers", { check: "blame", mark: "m1", did: "dismissed" }]);
  assert.equal(document.querySelector("[data-mark]"), null);
});

test("does not change under somebody who is in it, and keeps an opened list open", async () => {
  answer(list(rewrite));
  show(page);
  area().value = "you failed";
  await coach().ask();
  document.querySelector("details")!.open = true;
  coach().show(list(rewrite));
  assert.equal(document.querySelector("details")!.open, true);
  document.querySelector<HTMLElement>("[data-dismiss]")!.focus();
  coach().show("");
  assert.ok(document.querySelector("[data-mark]"));
});

test("the heading follows when a remark was put aside, though somebody is in the list", async () => {
  answer(list(rewrite));
  show(page);
  area().value = "you failed";
  await coach().ask();
  const button = document.querySelector<HTMLElement>("[data-dismiss]")!;
  button.focus();
  coach().show(list(rewrite).replace("<summary>1", "<summary>only one"));
  assert.equal(document.querySelector("summary")!.textContent, "only one");
  assert.equal(document.activeElement, button);
});

test("says nothing to screen readers while one writes", async () => {
  answer(list(rewrite));
  show(page);
  const said: string[] = [];
  document.addEventListener("announce", ((event: CustomEvent<string>) => said.push(event.detail)) as never);
  area().value = "you failed";
  await coach().ask();
  await turn(20);
  assert.deepEqual(said, []);
});
