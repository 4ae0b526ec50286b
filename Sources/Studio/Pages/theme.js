// Light and dark: the system's choice until the switch says otherwise.

import { remember } from "./store.js";

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

export const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

/** The colour that a variable of the style sheet has now. */
export const color = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

/** The colour of the curve or group at a place. */
export const seriesColor = (place) => color(`s${place % 10}`);

/** Calls `action` after each change until `signal` ends. */
export function onTheme(action, signal) {
  listeners.add(action);
  signal?.addEventListener("abort", () => listeners.delete(action));
}

/** Makes the button that switches. */
export function startTheme(button) {
  const tell = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to the ${isDark() ? "light" : "dark"} theme`);
    for (const listener of listeners) listener();
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
    tell();
  });
  system.addEventListener("change", tell);
  tell();
}
