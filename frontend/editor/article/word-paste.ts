// What a word processor puts on the clipboard, as an article would write it: Word's paragraphs that only look like lists
// become lists, its headings become ours, and everything that is only dress is left behind. Pure: HTML in, HTML out.

// A style that is parsed is applied, which the page's policy forbids and the console tells: it is read under another name.
const STYLE = /(<[a-z][^<>]*?)\sstyle\s*=/gi;
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i;
const NUMBER = /^\s*(?:\(?\d{1,3}|\(?[a-z]|[ivxlc]{1,6})[.)]/i;

/** Whether the clipboard comes from Word, Outlook, Google Docs or LibreOffice. */
export function isFromWordProcessor(html: string): boolean {
  return /urn:schemas-microsoft-com:office|class="?Mso|mso-list|docs-internal-guid|<meta[^>]+LibreOffice|<meta[^>]+OpenOffice/i.test(html);
}

/** The clipboard's HTML without dress. Headings start at h2, since the title of the article is its h1. */
export function cleaned(html: string): string {
  const page = new DOMParser().parseFromString(html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "").replace(/<\/?[ovwm]:[^>]*>/gi, "").replace(STYLE, "$1 data-style="), "text/html");
  const body = page.body;
  for (const useless of body.querySelectorAll("style, script, meta, link, title, head, xml")) useless.remove();
  lists(body);
  styled(body);
  for (const one of [...body.querySelectorAll("*")]) plain(one);
  headings(body);
  for (const empty of [...body.querySelectorAll("p, h2, h3, h4, li")]) {
    if (!empty.textContent?.replace(/\u00a0/g, " ").trim() && !empty.querySelector("img, br, table, video")) empty.remove();
  }
  return body.innerHTML.replace(/<!--[\s\S]*?-->/g, "").trim();
}

/** Runs of <p style="mso-list: … level2 …"> become nested lists; the typed number or bullet in front goes. */
function lists(body: HTMLElement): void {
  let open: { level: number; tag: string; list: HTMLElement }[] = [];
  for (const item of [...body.querySelectorAll("p")]) {
    const found = LEVEL.exec(item.getAttribute("data-style") ?? "");
    if (!found) {
      open = [];
      continue;
    }
    const level = Number(found[1]);
    if (open.length && item.previousElementSibling !== open[0]!.list) open = [];
    const tag = marker(item);
    while (open.length && open[open.length - 1]!.level > level) open.pop();
    if (open.length && open[open.length - 1]!.level === level && open[open.length - 1]!.tag !== tag) open.pop();
    let last = open[open.length - 1];
    if (!last || last.level < level) {
      const list = body.ownerDocument.createElement(tag);
      if (last) (last.list.lastElementChild ?? last.list).append(list);
      else item.before(list);
      last = { level, tag, list };
      open.push(last);
    }
    const row = body.ownerDocument.createElement("li");
    row.append(...item.childNodes);
    last.list.append(row);
    item.remove();
  }
}

/** Takes the typed number or bullet away and says which kind of list it was. */
function marker(item: HTMLElement): "ol" | "ul" {
  const ignored = [...item.querySelectorAll("span")].find((span) => /mso-list:\s*Ignore/i.test(span.getAttribute("data-style") ?? ""));
  const typed = (ignored ?? item).textContent ?? "";
  if (ignored) ignored.remove();
  else if (item.firstChild?.nodeType === 3) item.firstChild.textContent = typed.replace(/^\s*(?:[·•o§\-–]|\(?\w{1,3}[.)])\s+/, "");
  return NUMBER.test(typed) ? "ol" : "ul";
}

/** Bold and italic that are only styles become marks; Google's <b style="font-weight:normal"> around all goes. */
function styled(body: HTMLElement): void {
  for (const one of [...body.querySelectorAll<HTMLElement>("span[data-style], b[data-style], font")]) {
    const style = (one.getAttribute("data-style") ?? "").replace(/\s/g, "").toLowerCase();
    const marks = [
      one.tagName !== "B" && /font-weight:(bold|[6-9]00)/.test(style) ? "strong" : "",
      /font-style:italic/.test(style) ? "em" : "",
    ].filter(Boolean);
    if (one.tagName === "B" && !/font-weight:(normal|400)/.test(style)) continue;
    let inside: ChildNode[] = [...one.childNodes];
    for (const mark of marks) {
      const element = body.ownerDocument.createElement(mark);
      element.append(...inside);
      inside = [element];
    }
    one.replaceWith(...inside);
  }
}

const KEPT: Record<string, string[]> = { A: ["href"], IMG: ["src", "alt"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"], OL: ["start"] };

function plain(one: Element): void {
  const title = /MsoTitle/i.test(one.className) ? "h2" : "";
  if (title && one.tagName === "P") {
    const heading = one.ownerDocument.createElement(title);
    heading.append(...one.childNodes);
    one.replaceWith(heading);
    return;
  }
  for (const { name } of [...one.attributes]) if (!KEPT[one.tagName]?.includes(name)) one.removeAttribute(name);
  if (one.tagName === "IMG" && !/^(https?:|\/)/.test(one.getAttribute("src") ?? "")) one.remove();
  else if (["SPAN", "FONT", "DIV"].includes(one.tagName) && !isBlock(one)) one.replaceWith(...one.childNodes);
}

/** A div of its own words is a paragraph; one that holds paragraphs is nothing. */
function isBlock(one: Element): boolean {
  if (one.tagName !== "DIV" || one.querySelector("p, div, ul, ol, table, h1, h2, h3, h4, pre, blockquote")) return false;
  const paragraph = one.ownerDocument.createElement("p");
  paragraph.append(...one.childNodes);
  one.replaceWith(paragraph);
  return true;
}

/** The highest heading becomes h2 and the others follow, at most h4. */
function headings(body: HTMLElement): void {
  const all = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const top = Math.min(...all.map((one) => Number(one.tagName[1])));
  for (const one of all) {
    const level = Math.min(4, Number(one.tagName[1]) - top + 2);
    const heading = one.ownerDocument.createElement(`h${level}`);
    heading.append(...one.childNodes);
    one.replaceWith(heading);
  }
}

/** Anybody else's HTML, without its styles: nothing of them would be kept. */
export function unstyled(html: string): string {
  return html.replace(STYLE, "$1 data-style=");
}
