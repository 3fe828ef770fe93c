// Icons drawn by scripts come from the same sprite as the server's: its address is read from an icon on the page.
export function icon(name: string, extra = ""): string {
  const known = document.querySelector<SVGUseElement>("svg.icon use")?.getAttribute("href") ?? "";
  return `<svg class="icon ${extra}" aria-hidden="true"><use href="${known.split("#")[0]}#${name}"/></svg>`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function csrf(near?: Element | null): string {
  const field = near?.closest("form")?.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
  return field?.value ?? document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}

export function remember(name: string, value: string): void {
  const age = value ? 31536000 : 0;
  document.cookie = `${name}=${value};path=/;max-age=${age};samesite=lax${location.protocol === "https:" ? ";secure" : ""}`;
}

export function say(words: string, tone = "neutral"): void {
  document.dispatchEvent(new CustomEvent("toast", { detail: { words, tone } }));
}
