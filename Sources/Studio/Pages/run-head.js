// The head of a run's rooms: its name, its facts, and the way to its other rooms.

import { get, runPath } from "./api.js";
import { h } from "./dom.js";
import { ago, duration } from "./format.js";
import { statusMark } from "./run-status.js";

const tabs = [["", "Overview"], ["latent", "Latent room"], ["map", "Map"], ["doctor", "Doctor"]];

/** What the server knows of a run, with the record's members on the same level. */
export async function loadRun(name, signal) {
  const answer = await get(runPath(name), {}, signal);
  const run = { ...answer, ...(answer.record ?? {}) };
  return { ...run, name, source: run.data?.source ?? run.data ?? "–", capabilities: run.capabilities ?? [] };
}

/** The head; `here` is the tab that is shown. */
export function runHead(run, here, actions = []) {
  const base = `/runs/${encodeURIComponent(run.name)}`;
  const facts = [run.recipe, `on ${run.source}`, `seed ${run.seed}`, run.budget, run.seconds && duration(run.seconds), run.start && ago(run.start)];
  return h("header", { class: "top" },
    h("p", { class: "kicker" }, h("a", { href: "/" }, "Runs")),
    h("div", { class: "title-row" }, h("h1", {}, run.name), h("div", { class: "head-actions" }, actions)),
    h("ul", { class: "facts" }, h("li", {}, statusMark(run.status)), facts.filter(Boolean).map((fact) => h("li", {}, fact))),
    run.reason && h("p", { class: "reason" }, run.reason),
    h("nav", { class: "tabs", "aria-label": "Rooms of this run" }, h("ul", {}, tabs.map(([part, text]) =>
      h("li", {}, h("a", { href: part ? `${base}/${part}` : base, "aria-current": part === here ? "page" : undefined }, text))),
    run.hasReport && h("li", { class: "last" }, h("a", { href: `${base}/report.html`, target: "_blank" }, "Report ↗")))));
}
