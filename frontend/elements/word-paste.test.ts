import "./page-for-tests.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { cleaned, isFromWordProcessor } from "../editor/article/word-paste.ts";

const item = (level: number, mark: string, words: string) =>
  `<p class="MsoListParagraph" style="mso-list:l0 level${level} lfo1"><span style="mso-list:Ignore">${mark}<span>&nbsp; </span></span>${words}</p>`;

test("Word's paragraphs that only look like lists become lists", () => {
  const html = cleaned(`<p class="MsoNormal">Do this:</p>${item(1, "1.", "Open the app")}${item(2, "·", "on the phone")}${item(1, "2.", "Choose")}`);
  assert.equal(html, "<p>Do this:</p><ol><li>Open the app<ul><li>on the phone</li></ul></li><li>Choose</li></ol>");
});

test("bullets after numbered steps are a list of their own", () => {
  assert.equal(cleaned(`${item(1, "1.", "Open")}${item(1, "·", "Wi-Fi")}`), "<ol><li>Open</li></ol><ul><li>Wi-Fi</li></ul>");
  const within = `${item(1, "1.", "Open")}${item(2, "a.", "here")}${item(2, "·", "there")}${item(1, "2.", "Choose")}`;
  assert.equal(cleaned(within), "<ol><li>Open<ol><li>here</li></ol><ul><li>there</li></ul></li><li>Choose</li></ol>");
});

test("headings begin below the title of the article, and dress is left behind", () => {
  const html = cleaned('<h1 style="color:red">Refunds</h1><h2>When</h2><p class="MsoNormal" style="margin:0"><span style="font-weight:700">Soon</span><o:p></o:p></p>');
  assert.equal(html, "<h2>Refunds</h2><h3>When</h3><p><strong>Soon</strong></p>");
});

test("Google's bold around everything is none", () => {
  const html = cleaned('<b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-style:italic">Quiet</span> words</p></b>');
  assert.equal(html, "<p><em>Quiet</em> words</p>");
});

test("pictures that live in somebody's own files go, tables and links stay", () => {
  const html = cleaned('<p><img src="file:///c:/a.png"><a href="https://a.example" target="_blank">Link</a></p><table border="1"><tr><td width="9">One</td></tr></table>');
  assert.match(html, /<a href="https:\/\/a.example">Link<\/a>/);
  assert.match(html, /<td>One<\/td>/);
  assert.doesNotMatch(html, /img|width|border/);
});

test("only what comes from a word processor is touched", () => {
  assert.equal(isFromWordProcessor('<p class="MsoNormal">x</p>'), true);
  assert.equal(isFromWordProcessor("<p>x</p>"), false);
});
