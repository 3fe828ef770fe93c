// A window for element tests: import this first, then the element.
import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/" });
const names = ["window", "document", "HTMLElement", "HTMLInputElement", "HTMLTextAreaElement", "HTMLSelectElement", "customElements", "CustomEvent", "Event", "KeyboardEvent", "MouseEvent", "localStorage", "FormData", "location", "navigator", "DOMParser", "File", "addEventListener", "removeEventListener"];
for (const name of names) Object.defineProperty(globalThis, name, { value: (window as never)[name], configurable: true, writable: true });
Object.defineProperty(globalThis, "CSS", { value: { supports: () => true }, configurable: true });

document.documentElement.lang = "en";

/** Puts HTML on an empty page, whole, as a parsed page or a swapped fragment comes to its elements. */
export function show(html: string): void {
  const parsed = document.createElement("div");
  parsed.innerHTML = html;
  document.body.replaceChildren(...parsed.childNodes);
}

/** One turn of the event loop. */
export const turn = (milliseconds = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
