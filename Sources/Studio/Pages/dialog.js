// Questions before something that is not easily taken back, and pages on top of the page.

import { button, h } from "./dom.js";

function open(title, content, buttons) {
  const heading = h("h2", { id: "dialog-title" }, title);
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, heading, content,
    h("div", { class: "dialog-buttons" }, buttons));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  // A click beside the dialog closes it, as Escape does.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.showModal();
  return dialog;
}

/** Asks, and answers whether it was confirmed. */
export function ask(title, text, confirmText) {
  return new Promise((resolve) => {
    let answer = false;
    const dialog = open(title, h("p", {}, text), [
      button("Cancel", () => dialog.close(), { autofocus: true }),
      button(confirmText, () => { answer = true; dialog.close(); }, { class: "danger" }),
    ]);
    dialog.addEventListener("close", () => resolve(answer));
  });
}

/** Shows content with a button that closes it. */
export function show(title, content) {
  const dialog = open(title, content, [button("Close", () => dialog.close(), { autofocus: true })]);
  return dialog;
}
