// Room: a comparison of two to six runs: curves, metrics, settings, reconstructions, stitching.

import { get, runPath } from "./api.js";
import { command, showCommand } from "./command.js";
import { compareCurves } from "./compare-curves.js";
import { metricsTable, settingsTable } from "./compare-tables.js";
import { reconstructions } from "./compare-pictures.js";
import { stitching } from "./compare-stitching.js";
import { h } from "./dom.js";
import { complain } from "./notice.js";
import { go } from "./router.js";
import { mostCompared, pickedRuns, setPicked } from "./store.js";

export async function enterRoom({ main, query, signal }) {
  const given = [...new Set(query.getAll("run"))].slice(0, mostCompared);
  const names = given.length > 0 ? given : pickedRuns();
  const head = h("header", { class: "top" }, h("h1", {}, "Compare"), h("p",
    { class: "lead" }, "Whether runs differ, beyond what seeds and test points explain."));
  const chooser = await runChooser(names, signal);
  if (signal.aborted) return;
  if (names.length < 2) {
    main.replaceChildren(head, chooser, h("div", { class: "panel nothing" }, "Choose two to six runs."));
    showCommand(command("compare", "--help"));
    return;
  }
  if (given.length === 0) history.replaceState(null, "", pathOf(names));
  setPicked(names);
  showCommand(command("compare", names));
  const tables = h("div", {}, h("section", {}, h("h2", {}, "Metrics"), h("div", { class: "panel table-place" },
    h("p", { class: "quiet" }, "Comparing …"))));
  const curves = compareCurves(names, signal);
  main.replaceChildren(head, chooser, curves.node, tables, reconstructions(names, signal), stitching(names, signal));
  curves.load().catch(complain);
  try {
    const [answer, ...runs] = await Promise.all([get("/api/compare", { run: names }, signal), ...names.map((name) => get(runPath(name),
      {}, signal))]);
    const own = Object.fromEntries(runs.map((run, place) => [names[place], run.evaluation?.metrics ?? {}]));
    const said = answer.error ? [answer.error.message ?? answer.error.problem, answer.error.remedy].filter(Boolean).join(" — ") : "";
    tables.replaceChildren(metricsTable(answer, names, own, said), settingsTable(answer, names));
    if (answer.command) showCommand(answer.command);
  } catch (error) {
    if (signal.aborted) return;
    tables.replaceChildren(h("section", {}, h("h2", {}, "Metrics"), h("div", { class: "panel problem-panel" },
      h("p", {}, error.message), error.remedy && h("p", { class: "quiet" }, error.remedy))));
  }
}

const pathOf = (names) => `/compare?${new URLSearchParams(names.map((name) => ["run", name]))}`;

/** The runs that are compared, as chips that can be taken away, and a list to add from. */
async function runChooser(names, signal) {
  const { runs } = await get("/api/runs", { limit: 200 }, signal);
  const others = runs.map(({ name }) => name).filter((name) => !names.includes(name));
  const set = (chosen) => { setPicked(chosen); go(pathOf(chosen)); };
  const add = h("select", { "aria-label": "Add a run", disabled: names.length >= mostCompared, on: { change: () => set([...names, add.value]) } },
    h("option", { value: "" }, "Add a run …"), others.map((name) => h("option", { value: name }, name)));
  return h("div", { class: "chooser" }, names.map((name, place) => h("span", { class: "chip" }, h("span", { class: `swatch dot s${place}` }),
    h("a", { href: `/runs/${encodeURIComponent(name)}` }, name),
    h("button", { type: "button", class: "quiet-button", "aria-label": `Take ${name} away`, on: { click: () => set(names.filter((other) => other !== name)) } }, "×"))), add);
}
