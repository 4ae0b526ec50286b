// Metrics with intervals and verdicts, and the settings in which the runs differ.

import { h, s } from "./dom.js";
import { number } from "./format.js";

const bare = (path) => path.replace(/^.*\//, "");

/** The runs' numbers, one row a metric: means with intervals as whiskers on a common scale, and the verdicts of pairs. */
export function metricsTable(answer, names, evaluations, said) {
  // Metrics that every run has are compared; those of one run alone are at least shown.
  const compared = answer.metrics ?? {};
  const metrics = Object.entries(Object.keys(compared).length > 0 ? compared
    : Object.fromEntries(Object.values(evaluations).flatMap((metrics) => Object.entries(metrics).map(([name, { unit }]) => [name, { unit }]))));
  const body = metrics.map(([name, metric]) => {
    const groups = metric.groups ?? [];
    const rows = names.map((run, place) => {
      const group = groups.find((one) => (one.runs ?? []).some((path) => bare(path) === run));
      const own = evaluations[run]?.[name];
      const value = group?.values?.[group.runs.findIndex((path) => bare(path) === run)] ?? own?.value;
      // A run's own interval is over its test points; that of a group is over seeds.
      const interval = own?.interval ?? group?.interval;
      return { run, place, value, interval };
    });
    return h("tr", {}, h("th", { scope: "row" }, name, metric.unit ? h("span", { class: "unit" }, metric.unit) : ""),
      rows.map(({ value, interval }) => h("td", { class: "number" }, number(value, 5), interval ? h("span",
        { class: "interval" }, `${number(interval[0])} to ${number(interval[1])}`) : "")),
      h("td", { class: "whisker-cell" }, whiskers(name, rows)),
      h("td", { class: "verdict" }, (metric.pairs ?? []).slice(0, 3).map((pair) => h("span", {}, verdict(pair, groups, names)))));
  });
  return h("section", {}, h("h2", {}, "Metrics"), said && h("p", { class: "lead" }, said),
    h("div", { class: "panel" }, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Metrics" }, h("table", { class: "metrics" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Metric"), names.map((name, place) => h("th", { class: "number", scope: "col" },
        h("span", { class: `swatch dot s${place}` }), name)), h("th", {}, h("span", { class: "unseen" }, "Drawing")),
        h("th", { scope: "col" }, "Verdict"))),
      h("tbody", {}, body)))));
}

const runsOf = (group, names) => (group?.runs ?? []).map(bare).filter((name) => names.includes(name)).join(", ");

/** A pair's verdict by the names of its runs. */
function verdict(pair, groups, names) {
  const [first, second] = [pair.first, pair.second].map((name) => runsOf(groups.find((group) => group.name === name), names) || name);
  const difference = pair.difference === null || pair.difference === undefined ? "" : `, by ${number(Math.abs(pair.difference), 3)}`;
  const interval = pair["interval-over-points"] ?? pair["interval-over-seeds"];
  const within = interval ? ` (${number(interval[0], 3)} to ${number(interval[1], 3)})` : "";
  if (pair.verdict === "first larger") return `${first} above ${second}${difference}${within}`;
  if (pair.verdict === "second larger") return `${second} above ${first}${difference}${within}`;
  return `${first} and ${second}: ${pair.verdict}`;
}

/** Points with intervals on the row's own scale. */
function whiskers(name, rows) {
  const ends = rows.flatMap(({ value, interval }) => [value, ...(interval ?? [])]).filter(Number.isFinite);
  const low = Math.min(...ends);
  const span = Math.max(...ends) - low || 1;
  const x = (value) => 6 + (value - low) / span * 108;
  return s("svg", { class: "whiskers", viewBox: `0 0 120 ${rows.length * 10 + 4}`, role: "img",
    "aria-label": `${name}: ${rows.map(({ run, value }) => `${run} ${number(value)}`).join(", ")}` },
  rows.filter(({ value }) => Number.isFinite(value)).map(({ place, value, interval }) => s("g", { class: `s${place}` },
    interval && s("line", { x1: x(interval[0]), x2: x(interval[1]), y1: place * 10 + 7, y2: place * 10 + 7 }),
    s("circle", { cx: x(value), cy: place * 10 + 7, r: 3.2 }))));
}

/** Only what differs: a row a key. */
export function settingsTable(answer, names) {
  const rows = (answer.differences ?? []).map(({ key, values }) => [key, names.map((name, place) =>
    (Array.isArray(values) ? values[place] : values[name] ?? values[Object.keys(values).find((path) => bare(path) === name)]))]);
  return h("section", {}, h("h2", {}, "What differs in the settings"), h("div", { class: "panel" }, rows.length === 0
    ? h("p", { class: "quiet" }, "Nothing but the seed, if that.")
    : h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Settings that differ" }, h("table", { class: "settings-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Key"), names.map((name, place) => h("th", { scope: "col" },
        h("span", { class: `swatch dot s${place}` }), name)))),
      h("tbody", {}, rows.map(([key, values]) => h("tr", {}, h("th", { scope: "row", class: "key" }, key), values.map((value) => h("td",
        {}, value === null || value === undefined ? "–" : String(value))))))))));
}
