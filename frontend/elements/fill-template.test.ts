import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FillTemplate } from "./fill-template.ts";

customElements.define("fill-template", FillTemplate);

const PAGE = `<form><input name="subject" value=""><textarea name="body">Good day.</textarea><fill-template data-choices="/choices" hidden><input type="search"><ul data-found></ul></fill-template></form>`;

function answers(json: unknown): void {
  Object.defineProperty(globalThis, "fetch", { value: () => Promise.resolve({ ok: true, json: () => Promise.resolve(json) }), configurable: true });
}

test("what is found is offered, its words escaped", async () => {
  show(PAGE);
  answers([{ label: "<b>Refund</b>", hint: "Payments", insert: "/insert" }]);
  const field = document.querySelector<FillTemplate>("fill-template")!;
  assert.equal(field.hidden, false);
  await field.search("/refund");
  assert.match(field.querySelector("button")!.textContent!, /<b>Refund<\/b> Payments/);
});

test("a choice joins what is written, and names the request that has no name yet", async () => {
  show(PAGE);
  answers({ text: "Your refund is on its way.", subject: "Refund", note: "" });
  await document.querySelector<FillTemplate>("fill-template")!.fill("/insert");
  assert.equal(document.querySelector("textarea")!.value, "Good day.\n\nYour refund is on its way.");
  assert.equal(document.querySelector<HTMLInputElement>("[name=subject]")!.value, "Refund");
});
