import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { InsertLink } from "./insert-link.ts";

customElements.define("insert-link", InsertLink);

test("the link goes into the composer that is shown, its title escaped", () => {
  show(`<div hidden><rich-composer></rich-composer></div><rich-composer id="seen"></rich-composer><insert-link data-href="/en/help/articles/refunds/" data-title="Refunds &lt;now&gt;"><button type="button" data-insert>Insert</button></insert-link>`);
  const put: string[] = [];
  Object.assign(document.querySelector("#seen")!, { insert: (html: string) => put.push(html) });
  document.querySelector<HTMLElement>("[data-insert]")!.click();
  assert.deepEqual(put, ['<a href="/en/help/articles/refunds/">Refunds &#60;now&#62;</a> ']);
});
