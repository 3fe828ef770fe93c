// One question in a small dialog: the address of a link, the description of a picture.
import { escaped } from "../../elements/page.ts";

interface Question {
  label: string;
  button: string;
  value: string;
  hint?: string;
  remove?: string;
}

/** The answer, "" for "take it away", or null when the dialog was left. */
export function ask({ label, button, value, hint, remove }: Question): Promise<string | null> {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.setAttribute("aria-label", label);
  dialog.innerHTML =
    `<form method="dialog" class="sheet-body grid gap-3"><label class="field"><span class="field-label">${escaped(label)}</span>` +
    `${hint ? `<span class="field-hint">${escaped(hint)}</span>` : ""}<input class="input" name="answer" value="${escaped(value)}"></label>` +
    `<div class="flex justify-end gap-2">${remove && value ? `<button class="btn btn-ghost" value="remove">${escaped(remove)}</button>` : ""}` +
    `<button class="btn btn-primary" value="set">${escaped(button)}</button></div></form>`;
  const input = dialog.querySelector("input")!;
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    dialog.close("set");
  });
  document.body.append(dialog);
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "set" ? input.value.trim() : dialog.returnValue === "remove" ? "" : null);
    });
  });
}
