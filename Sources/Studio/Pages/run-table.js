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

/** The rows of a table's body. A row whose run says what it said before stays, so that a press on its buttons is not lost. */
export class RunRows {
  constructor(body) {
    this.body = body;
    this.rows = new Map();
  }

  /** Shows these runs; `done` is called after something was done to one. */
  show(runs, done) {
    const old = this.rows;
    this.rows = new Map(runs.map((run) => {
      const text = JSON.stringify(run) + ago(run.start);
      const known = old.get(run.name);
      return [run.name, known?.text === text ? known : { text, node: runRow(run, done) }];
    }));
    const nodes = [...this.rows.values()].map(({ node }) => node);
    const isSame = nodes.length === this.body.childElementCount && nodes.every((node, index) => this.body.children[index] === node);
    if (!isSame) this.body.replaceChildren(...nodes);
  }
}

/** A row. `done` is called after something was done to the run. */
function runRow(run, done) {
  const box = h("input", { type: "checkbox", "aria-label": `Compare ${run.name}`, checked: pickedRuns().includes(run.name) });
  box.addEventListener("change", () => {
    if (!pickRun(run.name, box.checked)) {
      box.checked = false;
      notify(`At most ${mostCompared} runs are compared.`);
    }
  });
  const steps = run.steps && run.status !== "finished" ? `${whole(run.step ?? 0)} of ${whole(run.steps)}` : whole(run.step ?? NaN);
  const row = h("tr", { data: { run: run.name } },
    h("td", { class: "pick" }, box),
    h("th", { scope: "row", class: "name" }, h("a", { href: `/runs/${encodeURIComponent(run.name)}` }, run.name)),
    h("td", {}, statusMark(run.status)), h("td", {}, run.recipe ?? "–"), h("td", { title: run.data ?? "" }, run.data ?? "–"),
    h("td", { class: "number" }, steps), h("td", { class: "number" }, elboText(run.elbo)),
    h("td", { class: "number quiet", title: run.start ?? "" }, ago(run.start)),
    h("td", { class: "actions" }, statusButtons(run, done)));
  row.check = () => { box.checked = pickedRuns().includes(run.name); };
  return row;
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
