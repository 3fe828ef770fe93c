import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { FileDrop, size } from "./file-drop.ts";

customElements.define("file-drop", FileDrop);

test("sizes are told in the page's language", () => {
  assert.equal(size(400, "en"), "1 kB");
  assert.equal(size(1_540_000, "en"), "1.5 MB");
});

test("a file that is too large is refused in words and not taken", () => {
  const said: string[] = [];
  document.addEventListener("toast", (event) => said.push((event as CustomEvent).detail.words), { once: true });
  show(`<form><file-drop data-url="/files" data-max="3" data-large="is larger than 3 B."><input type="file" id="f" name="files"></file-drop></form>`);
  document.querySelector<FileDrop>("file-drop")!.take([new File(["abcdef"], "big.txt")]);
  assert.deepEqual(said, ["big.txt is larger than 3 B."]);
  assert.equal(document.querySelectorAll(".drop-item").length, 0);
});

test("files go one after the other, so that the first answer's session serves the next", () => {
  const sent: { body: FormData; end: (token: string) => void }[] = [];
  class Request {
    upload = { addEventListener: () => undefined };
    status = 201;
    responseText = "";
    private ended = (): void => undefined;
    addEventListener(_: string, ended: () => void): void { this.ended = ended; }
    open(): void {}
    setRequestHeader(): void {}
    abort(): void {}
    send(body: FormData): void {
      sent.push({ body, end: (token) => { this.responseText = JSON.stringify({ token }); this.ended(); } });
    }
  }
  Object.assign(globalThis, { XMLHttpRequest: Request });
  show(`<form><file-drop data-url="/files" data-name="files"><input type="file" id="f" name="files"></file-drop></form>`);
  document.querySelector<FileDrop>("file-drop")!.take([new File(["a"], "a.txt"), new File(["b"], "b.txt")]);
  assert.equal(sent.length, 1);
  sent[0]!.end("first");
  assert.equal(sent.length, 2);
  sent[1]!.end("second");
  const tokens = [...document.querySelectorAll<HTMLInputElement>("input[type=hidden]")].map((field) => field.value);
  assert.deepEqual(tokens, ["first", "second"]);
});
