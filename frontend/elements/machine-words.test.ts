import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { MachineWords } from "./machine-words.ts";

customElements.define("machine-words", MachineWords);

function desk(into: string, replaces: string): { put: string[]; asked: [string, string][] } {
  show(`<reply-box><button data-show="reply"></button><button data-show="note"></button>
    <div data-form="reply"><rich-composer></rich-composer></div><div data-form="note"><rich-composer></rich-composer></div></reply-box>
    <machine-words data-into="${into}" data-replaces="${replaces}" data-html="&lt;p&gt;Hi&lt;/p&gt;" data-taken="/taken"><button data-put>Put</button></machine-words>`);
  const put: string[] = [];
  const asked: [string, string][] = [];
  for (const name of ["reply", "note"]) {
    const composer = document.querySelector(`[data-form=${name}] rich-composer`)!;
    Object.assign(composer, { insert: (html: string) => put.push(`${name}+${html}`), fill: (html: string) => put.push(`${name}=${html}`) });
  }
  globalThis.fetch = (async (url: string, init: RequestInit) => {
    asked.push([url, String(init.body)]);
    return new Response(null, { status: 204 });
  }) as typeof fetch;
  document.querySelector<HTMLElement>("[data-put]")!.click();
  return { put, asked };
}

test("words go where they belong only when the button is pressed, and the server is told", () => {
  const { put, asked } = desk("note", "");
  assert.deepEqual(put, ["note+<p>Hi</p>"]);
  assert.deepEqual(asked, [["/taken", "into=note"]]);
});

test("a new wording takes the place of the draft", () => {
  assert.deepEqual(desk("reply", "yes").put, ["reply=<p>Hi</p>"]);
});
