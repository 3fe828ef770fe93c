import { show } from "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { concerned, LiveTopics, topicsOf } from "./live-topics.ts";

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Source[] = [];
  readyState = 1;
  constructor(readonly url: string) {
    super();
    Source.opened.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  say(name: string, data = ""): void {
    this.dispatchEvent(Object.assign(new (globalThis.Event as typeof Event)(name), { data }));
  }
}
Object.defineProperty(globalThis, "EventSource", { value: Source });

const page = `<section data-topic="ticket:1 queue:7" data-url="/a"><p data-topic="ticket:1" data-url="/inner"></p></section><aside data-topic="agent:3" data-url="/b"></aside>`;

test("topics are gathered once each", () => {
  show(page);
  assert.deepEqual(topicsOf(document), ["agent:3", "queue:7", "ticket:1"]);
});

test("an element inside one that is fetched anyway is left out", () => {
  show(page);
  assert.deepEqual(concerned(document, ["ticket:1"]).map((element) => element.dataset.url), ["/a"]);
  assert.deepEqual(concerned(document, null).map((element) => element.dataset.url), ["/a", "/b"]);
  assert.deepEqual(concerned(document, ["ticket:2"]), []);
});

test("one stream serves the page, and is opened anew only when the topics change", () => {
  show(page);
  Source.opened = [];
  const topics = new LiveTopics("/-/stream", () => undefined, "12.5");
  topics.follow();
  topics.follow();
  assert.equal(Source.opened.length, 1);
  assert.equal(Source.opened[0]!.url, "/-/stream?topics=agent%3A3&topics=queue%3A7&topics=ticket%3A1&since=12.5");
  document.querySelector("aside")!.remove();
  topics.follow();
  assert.equal(Source.opened.length, 2);
  assert.equal(Source.opened[0]!.readyState, 2);
});
