// The table of runs: its head, a row a run, and the bar that leads from picked runs to their comparison.

import { h } from "./dom.js";
import { ago, number, whole } from "./format.js";
import { notify } from "./notice.js";
import { go } from "./router.js";
import { statusButtons, statusMark } from "./run-status.js";
import { mostCompared, pickRun, pickedRuns, setPicked } from "./store.js";

const columns = [["", "pick"], ["Run", "name"], ["Status", "of-status"], ["Recipe", "of-recipe"], ["Data", "of-data"], ["Steps",
  "number of-steps"], ["ELBO", "number of-elbo"], ["Started", "number of-start"], ["", "actions"]];

export const tableHead = () => h("thead", {}, h("tr", {}, columns.map(([text, kind]) =>
  h("th", { class: kind, scope: "col" }, text || h("span", { class: "unseen" }, kind === "pick" ? "Compare" : "Actions")))));

/** The run's bound, which comes as a number or with its unit. */
const elboText = (elbo) => (typeof elbo === "object" && elbo ? number(elbo.value) : number(elbo));

/**
 * The rows of a table's body. A run keeps its row and its buttons while it can be done the same to it, whatever else is
 * told of it, so that a press is not lost to news that come between the finger's going down and up.
 */
export class RunRows {
  constructor(body) {
    this.body = body;
    this.rows = new Map();
  }

  has(name) { return this.rows.has(name); }

  /** Shows these runs in their order; `done` is called after something was done to one. */
  show(runs, done) {
    const old = this.rows;
    this.rows = new Map(runs.map((run) => [run.name, old.get(run.name) ?? new RunRow(run.name, done)]));
    const nodes = runs.map((run) => {
      const row = this.rows.get(run.name);
      row.tell(run);
      return row.node;
    });
    const kept = new Set(nodes);
    for (const node of [...this.body.children]) if (!kept.has(node)) node.remove();
    for (const [place, node] of nodes.entries()) {
      if (this.body.children[place] !== node) this.body.insertBefore(node, this.body.children[place] ?? null);
    }
  }
}

/** A run's row. `done` is called after something was done to the run. */
class RunRow {
  constructor(name, done) {
    this.done = done;
    const box = h("input", { type: "checkbox", "aria-label": `Compare ${name}`, checked: pickedRuns().includes(name) });
    box.addEventListener("change", () => {
      if (!pickRun(name, box.checked)) {
        box.checked = false;
        notify(`At most ${mostCompared} runs are compared.`);
      }
    });
    this.status = h("td");
    [this.recipe, this.data] = [h("td"), h("td")];
    [this.steps, this.elbo, this.start] = [h("td", { class: "number" }), h("td", { class: "number" }), h("td", { class: "number quiet" })];
    this.actions = h("td", { class: "actions" });
    this.node = h("tr", { data: { run: name } },
      h("td", { class: "pick" }, box),
      h("th", { scope: "row", class: "name" }, h("a", { href: `/runs/${encodeURIComponent(name)}` }, name)),
      this.status, this.recipe, this.data, this.steps, this.elbo, this.start, this.actions);
    this.node.check = () => { box.checked = pickedRuns().includes(name); };
  }

  /** Says what is known of the run now. */
  tell(run) {
    if (run.status !== this.run?.status) {
      this.status.replaceChildren(statusMark(run.status));
      this.actions.replaceChildren(...statusButtons(run, this.done));
    }
    this.recipe.textContent = run.recipe ?? "–";
    this.data.textContent = run.data ?? "–";
    this.data.title = run.data ?? "";
    this.steps.textContent = run.steps && run.status !== "finished" ? `${whole(run.step ?? 0)} of ${whole(run.steps)}` : whole(run.step ?? NaN);
    this.elbo.textContent = elboText(run.elbo);
    this.start.textContent = ago(run.start);
    this.start.title = run.start ?? "";
    this.run = run;
  }
}

/** Says how many runs are picked; its place is kept while there are none. */
export function compareBar() {
  const text = h("p");
  const start = h("button", { type: "button", class: "primary", on: { click: () => go(`/compare?${new URLSearchParams(pickedRuns().map((name) => ["run", name]))}`) } }, "Compare");
  const clear = h("button", { type: "button", class: "quiet-button", on: { click: () => setPicked([]) } }, "Clear");
  const bar = h("div", { class: "compare-bar" }, text, clear, start);
  const tell = () => {
    const names = pickedRuns();
    text.textContent = names.length === 0 ? "Tick two to six runs to compare them."
      : `${names.length === 1 ? "1 run is" : `${names.length} runs are`} picked${names.length === 1 ? "; one more makes a comparison" : ""}.`;
    start.disabled = names.length < 2;
    clear.disabled = names.length === 0;
  };
  bar.tell = tell;
  tell();
  return bar;
}
