import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { test } from "node:test";

(globalThis as { HTMLElement?: unknown }).HTMLElement ??= class {};
const { isEnough, sha256 } = await import("./proof-of-work.ts");

function hex(words: Uint32Array): string {
  return [...words].map((word) => word.toString(16).padStart(8, "0")).join("");
}

test("the digest is the one of FIPS 180-4, whatever the length", () => {
  for (const text of ["", "abc", "x".repeat(55), "x".repeat(56), "x".repeat(63), "x".repeat(64), "x".repeat(200), "ñ€😀"]) {
    assert.equal(hex(sha256(text)), createHash("sha256").update(text).digest("hex"));
  }
});

test("enough means leading zero bits", () => {
  assert.equal(isEnough(new Uint32Array([0x0000ffff]), 16), true);
  assert.equal(isEnough(new Uint32Array([0x0001ffff]), 16), false);
  assert.equal(isEnough(new Uint32Array([0xffffffff]), 0), true);
});
