// Runs the element tests (frontend/elements/*.test.ts): each is bundled and given to Node's own test runner.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const elements = join(here, "elements");
const outdir = mkdtempSync(join(here, "../node_modules/.tests-"));
try {
  await esbuild.build({
    entryPoints: readdirSync(elements).filter((name) => name.endsWith(".test.ts")).map((name) => join(elements, name)),
    outdir,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  });
  const tests = readdirSync(outdir).filter((name) => name.endsWith(".mjs")).map((name) => join(outdir, name));
  process.exitCode = spawnSync(process.execPath, ["--test", "--test-force-exit", "--test-timeout=20000", ...tests], { stdio: "inherit" }).status ?? 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
