// News of runs as they are written, by server-sent events.

import { address } from "./api.js";

/**
 * Listens to runs until `signal` ends; with no runs to the states of all.
 * A browser takes up a broken stream again by itself.
 */
export function listen(runs, { point, status, opened }, signal) {
  if (signal.aborted) return;
  const source = new EventSource(address("/api/events", { run: runs }));
  const read = (action) => (event) => {
    if (!signal.aborted) action?.(JSON.parse(event.data));
  };
  source.addEventListener("point", read(point));
  source.addEventListener("status", read(status));
  // What was said before the stream was open, or between two, is asked for.
  source.addEventListener("open", () => { if (!signal.aborted) opened?.(); });
  signal.addEventListener("abort", () => source.close());
}

/** The number of a term, which is written with its unit or without. */
export const termValue = (term) => (typeof term === "object" && term !== null ? term.value : term);
