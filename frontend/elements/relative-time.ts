// <relative-time><time datetime>: keeps "3 minutes ago" true while the page stays open. One timer serves them all.
const units: [Intl.RelativeTimeFormatUnit, number][] = [["day", 86400], ["hour", 3600], ["minute", 60]];
const far = 30 * 86400;
const living = new Set<RelativeTime>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The words for a moment `seconds` away from now (negative: past), or null where the server's words should stay. */
export function words(seconds: number, language: string, short: boolean): string | null {
  const size = Math.abs(seconds);
  if (size < 45 || size >= far) return null;
  const [unit, length] = units.find(([, length]) => size >= length) ?? ["minute", 60];
  const count = Math.max(1, Math.round(size / length));
  if (short) return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "narrow" }).format(count);
  return new Intl.RelativeTimeFormat(language).format(seconds < 0 ? -count : count, unit);
}

export class RelativeTime extends HTMLElement {
  connectedCallback(): void {
    living.add(this);
    this.addEventListener("pointerenter", this.exactly);
    timer ??= setInterval(() => living.forEach((element) => element.refresh()), 30_000);
  }

  /** Short ones come without their exact moment: a list has fifty of them. */
  private exactly = (): void => {
    const time = this.querySelector("time");
    if (!time || time.title) return;
    time.title = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full", timeStyle: "long" }).format(Date.parse(time.dateTime));
  };

  disconnectedCallback(): void {
    this.removeEventListener("pointerenter", this.exactly);
    living.delete(this);
  }

  refresh(now = Date.now()): void {
    const time = this.querySelector("time");
    if (!time) return;
    const seconds = (Date.parse(time.dateTime) - now) / 1000;
    const fresh = words(seconds, document.documentElement.lang, this.hasAttribute("data-short"));
    if (fresh !== null && fresh !== time.textContent) time.textContent = fresh;
  }
}
