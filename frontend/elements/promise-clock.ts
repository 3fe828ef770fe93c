// <promise-clock data-due data-soon data-late>: counts down to a promise; quiet, then amber, then red with the word.
import { icon } from "./page.ts";

const tones = ["tone-neutral", "tone-warning", "tone-error"];

/** "5h 20m" of a length in seconds, in the page's language; at most two units. */
export function length(seconds: number, language: string): string {
  const parts: string[] = [];
  let rest = Math.floor(seconds);
  for (const [unit, size] of [["day", 86400], ["hour", 3600], ["minute", 60]] as const) {
    if (rest >= size && parts.length < 2) {
      parts.push(new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "narrow" }).format(Math.floor(rest / size)));
      rest %= size;
    } else if (parts.length) break;
  }
  return parts.join(" ") || new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "narrow" }).format(rest);
}

export class PromiseClock extends HTMLElement {
  private timer?: ReturnType<typeof setInterval>;

  connectedCallback(): void {
    this.timer = setInterval(() => this.show(), 20_000);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  show(now = Date.now()): void {
    const left = (Date.parse(this.dataset.due ?? "") - now) / 1000;
    if (Number.isNaN(left)) return;
    const tone = left < 0 ? 2 : left < Number(this.dataset.soon ?? 3600) ? 1 : 0;
    this.classList.remove(...tones);
    this.classList.add(tones[tone]!);
    const words = length(Math.abs(left), document.documentElement.lang);
    const heard = left < 0 ? `<span class="sr-only">${this.dataset.late} </span>−` : "";
    this.innerHTML = `${icon(left < 0 ? "alarm-clock" : "clock", "icon-sm")}<span>${heard}${words}</span>`;
  }
}
