// What is said in passing: short notices with an action, and words for screen readers alone.

import { button, h } from "./dom.js";

const box = document.getElementById("toasts");
const announcer = document.getElementById("announcer");

/** Tells a screen reader; nothing is seen. */
export function announce(text) { announcer.textContent = text; }

/** A notice at the foot of the page; with `action` it has a button and stays longer. */
export function notify(text, { action, actionText, kind = "plain" } = {}) {
  const notice = h("div", { class: `toast ${kind}` }, h("p", {}, text));
  const close = () => notice.remove();
  if (action) notice.append(button(actionText, () => { close(); action(); }));
  notice.append(button("×", close, { "aria-label": "Dismiss", class: "quiet-button" }));
  box.append(notice);
  let timer = setTimeout(close, action ? 12000 : 6000);
  // Whoever reads or is about to click is given the time.
  notice.addEventListener("mouseenter", () => clearTimeout(timer));
  notice.addEventListener("focusin", () => clearTimeout(timer));
  notice.addEventListener("mouseleave", () => { timer = setTimeout(close, 4000); });
}

/** Says what failed and what helps. */
export function complain(error) {
  if (error.name === "AbortError") return;
  notify([error.message, error.remedy].filter(Boolean).join(" — "), { kind: "problem" });
}

/** A panel in place of what could not be shown. */
export function problemPanel(error, retry) {
  return h("div", { class: "panel problem-panel", role: "alert" },
    h("h2", {}, error.message), error.remedy && h("p", { class: "quiet" }, error.remedy),
    retry && button("Try again", retry));
}
