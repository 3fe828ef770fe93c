// Gathers the Lucide icons in use into one sprite. An icon is "in use" when a line that speaks of an icon or a
// shape names it in quotes: icon("inbox"), icon="send", shapes = {"email": "mail"}. Names chosen at run time stand in icons.txt.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const source = /\.(html|py|ts)$/;
const skipped = new Set(["node_modules", "static", "dist", "__pycache__", "locale", "migrations"]);
const literal = /["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["']/g;

function* files(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) yield* files(path);
    } else if (source.test(entry.name)) yield path;
  }
}

function shape(path) {
  const svg = readFileSync(path, "utf8").replace(/<!--.*?-->/gs, "");
  return svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s+/g, " ").trim();
}

/** The names in use. Throws when an icon is asked for that Lucide does not have. */
export function used(root) {
  const folder = join(root, "node_modules/lucide-static/icons");
  const exists = (name) => existsSync(join(folder, `${name}.svg`));
  const names = new Set();
  for (const path of [...files(join(root, "src/tugon")), ...files(join(root, "frontend"))]) {
    for (const line of readFileSync(path, "utf8").split("\n")) {
      if (!/icon|shape/i.test(line)) continue;
      for (const [, name] of line.matchAll(literal)) if (exists(name)) names.add(name);
      if (!path.endsWith(".html")) continue;
      for (const [, name] of line.matchAll(/\bicon\(\s*["']([a-z0-9-]+)["']/g)) {
        if (!exists(name)) console.warn(`assets: ${path} asks for the icon "${name}", which Lucide does not have`);
      }
    }
  }
  for (const line of readFileSync(join(root, "frontend/icons.txt"), "utf8").split("\n")) {
    const name = line.trim();
    if (!name || name.startsWith("#")) continue;
    if (!exists(name)) throw new Error(`frontend/icons.txt names "${name}", which Lucide does not have`);
    names.add(name);
  }
  return [...names].sort();
}

export function sprite(root) {
  const folder = join(root, "node_modules/lucide-static/icons");
  const symbols = used(root).map(
    (name) => `<symbol id="${name}" viewBox="0 0 24 24">${shape(join(folder, `${name}.svg`))}</symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}
