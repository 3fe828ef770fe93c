// Builds everything a browser loads into src/tugon/pages/static/dist: hashed names, manifest.json, .br and .gz beside
// each file. `--watch` rebuilds on change, without compressing.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, watch, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { sprite } from "./icons.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "src/tugon/pages/static/dist");
const surfaces = ["portal", "console"];
const watching = process.argv.includes("--watch");

const shared = {
  bundle: true,
  minify: true,
  metafile: true,
  write: true,
  legalComments: "none",
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[name]-[hash]",
  assetNames: "[name]-[hash]",
  target: ["chrome115", "firefox121", "safari17"],
  logLevel: "warning",
};

/** The editors, which a page fetches when somebody writes: what they have in common is a file of its own. */
function editors(outdir) {
  const entryPoints = readdirSync(join(root, "frontend/editor"), { recursive: true })
    .filter((name) => basename(name) === "mount.ts")
    .map((name) => join(root, "frontend/editor", name));
  return esbuild.build({ ...shared, entryPoints, entryNames: "editor-[name]-[hash]", outdir, format: "esm", splitting: true });
}

/** The script of one surface, in one file: splitting would move what it shares with the editors into one more request. */
function script(surface, outdir, written) {
  const files = Object.entries(written.metafile.outputs).filter(([, output]) => output.entryPoint);
  const names = new Map(files.map(([path, output]) => [resolve(output.entryPoint), `./${basename(path)}`]));
  const later = {
    name: "editors are fetched later",
    setup: (build) =>
      build.onResolve({ filter: /mount\.ts$/ }, ({ path, kind, resolveDir }) => {
        const name = kind === "dynamic-import" && names.get(join(resolveDir, path));
        return name ? { path: name, external: true } : undefined;
      }),
  };
  return esbuild.build({
    ...shared,
    entryPoints: [join(root, `frontend/entries/${surface}.ts`)],
    outdir,
    format: "esm",
    plugins: [later],
  });
}

/** The script for pages of others: one file, no module, whose place never changes (see portal/embed). */
function embed(outdir) {
  return esbuild.build({ ...shared, entryPoints: [join(root, "frontend/entries/embed.ts")], outdir, format: "iife" });
}

/** The sheet of one surface: Tailwind finds the classes in use, esbuild puts font files beside it under hashed names. */
function sheet(surface, outdir) {
  const plain = join(outdir, `${surface}.css`);
  const tailwind = spawnSync(
    process.execPath,
    [join(root, "node_modules/@tailwindcss/cli/dist/index.mjs"), "-i", join(root, `frontend/styles/${surface}.css`), "-o", plain],
    { cwd: root, encoding: "utf8" },
  );
  if (tailwind.status !== 0) throw new Error(tailwind.stderr);
  return esbuild
    .build({
      ...shared,
      target: ["chrome123", "firefox128", "safari17.5"],
      entryPoints: [plain],
      outdir,
      loader: { ".woff2": "file" },
    })
    .finally(() => rmSync(plain));
}

/** Names the sprite by its content, so that it may be cached for ever. */
function icons(outdir) {
  const svg = sprite(root);
  const name = `icons-${createHash("sha256").update(svg).digest("hex").slice(0, 8).toUpperCase()}.svg`;
  writeFileSync(join(outdir, name), svg);
  return name;
}

function compress(folder) {
  for (const name of readdirSync(folder)) {
    if (![".js", ".css", ".svg", ".json"].includes(extname(name))) continue;
    const bytes = readFileSync(join(folder, name));
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, options));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  }
}

/** entry name → the file's hashed name, read from what esbuild wrote. */
function named(results) {
  const manifest = {};
  for (const result of results) {
    for (const [path, output] of Object.entries(result.metafile.outputs)) {
      const file = basename(path);
      if (output.entryPoint && file.match(/^(portal|console|embed)-/)) {
        manifest[`${file.split("-")[0]}${extname(file)}`] = file;
      } else if (file.startsWith("inter-latin-wght-normal")) manifest["inter.woff2"] = file;
    }
  }
  return manifest;
}

async function build() {
  const started = Date.now();
  const fresh = `${dist}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    const written = await editors(fresh);
    const results = await Promise.all([embed(fresh), ...surfaces.flatMap((surface) => [script(surface, fresh, written), sheet(surface, fresh)])]);
    const manifest = { ...named(results), "icons.svg": icons(fresh) };
    writeFileSync(join(fresh, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    if (!watching) compress(fresh);
    replace(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  console.log(`assets: ${size()} in ${((Date.now() - started) / 1000).toFixed(1)} s → ${relative(root, dist)}`);
}

/** Swaps whole folders, so that a running server never sees half a build. */
function replace(fresh) {
  const old = `${fresh}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}

function size() {
  const bytes = readdirSync(dist).filter((name) => !/\.(br|gz)$/.test(name)).reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
  return `${Math.round(bytes / 1024)} kB`;
}

await build();
if (watching) {
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => build().catch((error) => console.error(error.message)), 150);
  };
  watch(join(root, "frontend"), { recursive: true }, soon);
  watch(join(root, "src/tugon"), { recursive: true }, (_, name) => name && /\.(html|py)$/.test(name) && soon());
}
