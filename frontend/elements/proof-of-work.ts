// <proof-of-work data-token data-bits><input type="hidden" name="proof"></proof-of-work>: counts up until SHA-256 of
// "token:count" begins with data-bits zero bits, and writes the count into the field. In short slices on the page's own
// thread: no worker, no eval, and the browser's crypto is missing on plain http. A form sent meanwhile waits for it.
// SHA-256 as in FIPS 180-4.
const K = new Uint32Array(64);
const H = new Uint32Array(8);
const SLICE = 12; // milliseconds of counting between two breaths of the page

/** The constants: fractions of the cube and square roots of the first primes. */
function prepare(): void {
  let found = 0;
  for (let number = 2; found < 64; number += 1) {
    let prime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) prime = false;
    if (!prime) continue;
    if (found < 8) H[found] = fraction(Math.sqrt(number));
    K[found] = fraction(Math.cbrt(number));
    found += 1;
  }
}

function fraction(value: number): number {
  return ((value - Math.floor(value)) * 2 ** 32) >>> 0;
}

/** The digest as eight words. */
export function sha256(text: string): Uint32Array {
  if (!H[0]) prepare();
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = H.slice();
  const words = new Uint32Array(64);
  for (let start = 0; start < padded.length; start += 64) round(state, words, view, start);
  return state;
}

function turned(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}

function round(state: Uint32Array, w: Uint32Array, view: DataView, start: number): void {
  for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(start + i * 4);
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15]!, y = w[i - 2]!;
    w[i] = w[i - 16]! + (turned(x, 7) ^ turned(x, 18) ^ (x >>> 3)) + w[i - 7]! + (turned(y, 17) ^ turned(y, 19) ^ (y >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i += 1) {
    const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = state[i]! + value));
}

/** Whether the digest begins with so many zero bits (32 at most). */
export function isEnough(digest: Uint32Array, bits: number): boolean {
  return bits <= 0 || digest[0]! >>> (32 - bits) === 0;
}

export class ProofOfWork extends HTMLElement {
  private count = 0;
  private waiting?: () => void;

  connectedCallback(): void {
    this.closest("form")?.addEventListener("submit", this.hold, { capture: true });
    setTimeout(this.slice, 300);
  }

  private get field(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  private slice = (): void => {
    if (!this.isConnected || !this.field) return;
    const token = this.dataset.token ?? "";
    const bits = Number(this.dataset.bits ?? 0);
    const until = performance.now() + SLICE;
    while (performance.now() < until) {
      for (let i = 0; i < 64; i += 1, this.count += 1) {
        if (isEnough(sha256(`${token}:${this.count}`), bits)) return this.done();
      }
    }
    setTimeout(this.slice, 0);
  };

  private done(): void {
    this.field!.value = String(this.count);
    this.waiting?.();
    this.waiting = undefined;
  }

  private hold = (event: SubmitEvent): void => {
    if (event.defaultPrevented || this.field?.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.waiting = () => this.closest("form")?.requestSubmit(event.submitter);
  };
}
