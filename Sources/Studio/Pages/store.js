// What the browser remembers: the theme, and the runs that are picked for a comparison.

const prefix = "latent-studio-";

/** What was remembered under a name, or `fallback`. */
export function recall(name, fallback) {
  try {
    return localStorage.getItem(prefix + name) ?? fallback;
  } catch {
    return fallback;
  }
}

/** Remembers a text; storage may be refused, and then it is forgotten. */
export function remember(name, text) {
  try { localStorage.setItem(prefix + name, text); } catch { /* Kept for this page alone. */ }
}

/** The most runs that are compared at once. */
export const mostCompared = 6;

let picked = recall("picked", "").split("\n").filter(Boolean);
const listeners = new Set();

/** The runs picked for a comparison, in the order in which they were. */
export const pickedRuns = () => [...picked];

/** Picks or drops a run; false if there are six already. */
export function pickRun(name, isPicked) {
  if (isPicked && !picked.includes(name) && picked.length >= mostCompared) return false;
  picked = picked.filter((other) => other !== name);
  if (isPicked) picked.push(name);
  setPicked(picked);
  return true;
}

/** Picks exactly these runs. */
export function setPicked(names) {
  picked = [...new Set(names)].slice(0, mostCompared);
  remember("picked", picked.join("\n"));
  for (const listener of listeners) listener(picked);
}

/** Calls `action` when the choice changes, until `signal` ends. */
export function onPicked(action, signal) {
  listeners.add(action);
  signal.addEventListener("abort", () => listeners.delete(action));
}
