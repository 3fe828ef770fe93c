// The one line on a host's page: <script async src="https://support.example/embed.js" data-language="fil"></script>
// Puts "Contact & support" there and opens the support home in a panel. No cookie, no storage, no request before a click.
//
// data-language, data-label, data-position="left|right", data-mode="panel|page", data-launcher="none" (then any element
// with data-tugon="open" opens it), data-identity (a JWT) or data-user and data-user-hash. From scripts, before or after
// it is loaded: (window.tugon ||= { q: [] }).q.push(["open"]), ["close"], ["identify", jwt], ["forget"].
declare const TUGON_CONFIG: {
  base: string;
  languages: string[];
  fallback: string;
  words: Record<string, Record<"open" | "close" | "window" | "waits", string>>;
  colours: { fill: string; ink: string };
};

type Call = [verb: string, value?: string];

const config = TUGON_CONFIG;
const own = document.querySelector<HTMLScriptElement>(`script[src^="${config.base}/embed.js"]`) ?? (document.currentScript as HTMLScriptElement | null);
const said = own?.dataset ?? {};
const language = spoken(said.language ?? document.documentElement.lang);
const words = { ...config.words[language], ...(said.label ? { open: said.label } : {}) };
const PATIENCE = 6000; // milliseconds until a frame that stays silent is taken for refused

let who = { token: said.identity ?? "", user: said.user ?? "", hash: said.userHash ?? "" };
let frame: HTMLIFrameElement | null = null;
let cameFrom: HTMLElement | null = null;

/** The company's language that the page speaks: "tl-PH" is "fil". */
function spoken(code: string | undefined): string {
  const short = (code || config.fallback).toLowerCase().split(/[-_]/)[0]?.replace(/^tl$/, "fil") ?? "";
  return config.languages.includes(short) ? short : config.fallback;
}

const STYLE = `
:host { all: initial; color-scheme: light dark; }
button, a { font: 500 15px/1.3 system-ui, sans-serif; cursor: pointer; }
.open { position: fixed; bottom: max(16px, env(safe-area-inset-bottom)); z-index: 2147483000; min-height: 44px; padding: 10px 18px;
  border: 0; border-radius: 999px; background: ${config.colours.fill}; color: ${config.colours.ink}; box-shadow: 0 4px 16px rgb(0 0 0 / .25); }
.right { inset-inline-end: 16px; } .left { inset-inline-start: 16px; }
:focus-visible { outline: 3px solid ${config.colours.fill}; outline-offset: 2px; }
.panel { position: fixed; bottom: 76px; z-index: 2147483001; display: flex; flex-direction: column; width: min(420px, calc(100vw - 32px));
  height: min(680px, calc(100vh - 100px)); overflow: hidden; border: 1px solid rgb(128 128 128 / .35); border-radius: 14px; background: Canvas; color: CanvasText;
  box-shadow: 0 12px 48px rgb(0 0 0 / .3); }
.panel[hidden] { display: none; }
.bar { display: flex; align-items: center; gap: 8px; padding: 6px 6px 6px 16px; border-bottom: 1px solid rgb(128 128 128 / .25); font: 600 15px/1.3 system-ui, sans-serif; }
.bar span { flex: 1; }
.bar button, .bar a { min-width: 40px; min-height: 40px; border: 0; border-radius: 8px; background: none; color: inherit; text-align: center; text-decoration: none; line-height: 40px; }
iframe { flex: 1; width: 100%; border: 0; outline: 0; }
p { margin: 0; padding: 16px; font: 15px/1.5 system-ui, sans-serif; }
p a { color: inherit; }
@media (max-width: 520px) { .panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; } }
`;

const host = document.createElement("tugon-support");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet];
const side = said.position === "left" ? "left" : "right";
const opener = make("button", { type: "button", className: `open ${side}`, textContent: words.open });
const panel = make("div", { className: `panel ${side}`, hidden: true, id: "panel" });
panel.setAttribute("role", "dialog");
panel.setAttribute("aria-label", words.open ?? "");
opener.setAttribute("aria-haspopup", "dialog");
opener.setAttribute("aria-expanded", "false");

function make<K extends keyof HTMLElementTagNameMap>(name: K, values: Partial<HTMLElementTagNameMap[K]>, ...inside: Node[]): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(name), values);
  element.append(...inside);
  return element;
}

function open(): void {
  if (said.mode === "page") return openWindow("/" + language + "/");
  cameFrom = document.activeElement as HTMLElement | null;
  if (!frame) fill();
  panel.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  frame?.focus();
}

function close(): void {
  if (panel.hidden) return;
  panel.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  const back = cameFrom?.isConnected && cameFrom !== document.body && cameFrom !== host ? cameFrom : opener;
  back.focus();
}

/** The panel's inside, made when it is first opened. */
function fill(): void {
  const place = `${config.base}/${language}/`;
  const shut = make("button", { type: "button", textContent: "✕", title: words.close });
  shut.setAttribute("aria-label", words.close ?? "");
  shut.addEventListener("click", close);
  const away = make("a", { href: place, target: "_blank", rel: "noopener", textContent: "↗", title: words.window });
  away.setAttribute("aria-label", words.window ?? "");
  frame = make("iframe", { src: place, title: words.open });
  const patience = setTimeout(refused, PATIENCE);
  addEventListener("message", (event) => {
    if (event.source !== frame?.contentWindow || event.origin !== config.base) return;
    if (event.data === "tugon:close") close();
    if (event.data !== "tugon:ready") return;
    clearTimeout(patience);
    tell();
  });
  panel.append(make("div", { className: "bar" }, make("span", { textContent: words.open }), away, shut), frame);
}

/** The framed page hears where it stands and what the host says of the person; nobody else does. */
function tell(): void {
  frame?.contentWindow?.postMessage({ tugon: "host", page: location.href.split("#")[0], ...who }, config.base);
}

/** The company does not let this site frame it, or the site's own policy does not: a link works all the same. */
function refused(): void {
  const link = make("a", { href: `${config.base}/${language}/`, target: "_blank", rel: "noopener", textContent: words.window });
  frame?.replaceWith(make("p", {}, make("span", { textContent: `${words.waits} ` }), link));
}

/** A window of the support site; signed in there where the host says who it is. */
function openWindow(next: string): void {
  if (!who.token && !who.user) {
    window.open(config.base + next, "_blank", "noopener");
    return;
  }
  const form = make("form", { method: "post", action: `${config.base}/embed/enter/`, target: "_blank", hidden: true });
  for (const [name, value] of Object.entries({ ...who, next, page: location.href })) form.append(make("input", { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
  form.remove();
}

function call([verb, value = ""]: Call): void {
  if (verb === "open") open();
  else if (verb === "close") close();
  else if (verb === "identify" || verb === "forget") {
    who = { token: verb === "identify" ? value : "", user: "", hash: "" };
    tell();
  }
}

opener.addEventListener("click", () => (panel.hidden ? open() : close()));
document.addEventListener("keydown", (event) => event.key === "Escape" && close());
document.addEventListener("click", (event) => {
  if (!(event.target as Element).closest?.('[data-tugon="open"]')) return;
  event.preventDefault();
  open();
});
root.append(panel);
if (said.launcher !== "none") root.append(opener);
document.body.append(host);

const given = (window as unknown as { tugon?: { q?: Call[] } }).tugon?.q ?? [];
(window as unknown as { tugon: unknown }).tugon = { q: { push: (...calls: Call[]) => calls.forEach(call) } };
given.forEach(call);

export {};
