// Room: a run. Its curves as they grow, what it was measured at, its pictures and its settings.

import { runPath } from "./api.js";
import { command, showCommand } from "./command.js";
import { Curves } from "./curves.js";
import { h, swap } from "./dom.js";
import { listen } from "./events.js";
import { number, whole } from "./format.js";
import { LineChart } from "./line-chart.js";
import { announce, complain } from "./notice.js";
import { go } from "./router.js";
import { loadRun, runHead } from "./run-head.js";
import { isAtWork, statusButtons } from "./run-status.js";

export async function enterRoom({ main, params: { name }, signal }) {
  const curves = new Curves(name);
  let [run] = await Promise.all([loadRun(name, signal), curves.load(500, signal)]);
  const head = h("div");
  const progress = h("div", { class: "progress-row" });
  const charts = h("div", { class: "side charts" });
  const rest = h("div");
  const shown = new Map();

  const draw = () => {
    for (const term of curves.names) {
      if (!shown.has(term)) {
        const chart = new LineChart(term, curves.unit(term), signal);
        shown.set(term, chart);
        charts.append(chart.node);
      }
      shown.get(term).set(curves.series(term)).catch(complain);
    }
  };
  const tellProgress = (step) => {
    const total = run.steps;
    const said = total ? `step ${whole(step)} of ${whole(total)}` : `step ${whole(step)}`;
    swap(progress, isAtWork(run.status) && [
      h("progress", { max: total || 1, value: total ? step : undefined, "aria-label": "Progress" }), h("p", { class: "quiet" }, said)]);
    progress.hidden = !isAtWork(run.status);
  };
  const lastStep = () => Math.max(run.step ?? 0, ...[...curves.terms.values()].map((curve) => curve.x.at(-1) ?? 0));
  const tell = () => {
    head.replaceChildren(runHead(run, "", statusButtons(run, (what) => (what === "trash" ? go("/") : refresh()))));
    rest.replaceChildren(highlights(run), pictures(run), settings(run));
    tellProgress(lastStep());
    showCommand(run.command ?? command("train", "--like", name));
  };
  const refresh = async () => {
    try {
      run = await loadRun(name, signal);
      await curves.load(500, signal);
      tell();
      draw();
    } catch (error) { complain(error); }
  };

  main.replaceChildren(head, progress, h("h2", { class: "unseen" }, "Curves"), charts, rest);
  tell();
  draw();
  if (curves.terms.size === 0) charts.append(waiting(run));

  let isWaiting = false;
  const drawSoon = () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => { isWaiting = false; if (!signal.aborted) draw(); }, 100);
  };
  // A page that opens with its run knows neither the data's size nor the steps: they are there once something is logged.
  let isKnown = Boolean(run.steps);
  listen([name], {
    point: (event) => {
      charts.querySelector(".waiting")?.remove();
      if (!isKnown) {
        isKnown = true;
        refresh();
      }
      if (curves.add(event)) drawSoon();
      tellProgress(event.step);
    },
    status: ({ status }) => {
      if (status === run.status) return;
      announce(`${name} is ${status}`);
      refresh();
    },
    opened: () => { if (isAtWork(run.status)) refresh(); },
  }, signal);
}

const waiting = (run) => h("div", { class: "panel waiting" }, h("p", { class: "quiet" }, isAtWork(run.status)
  ? "The first numbers come with the first line of the log." : "This run has written no numbers."));

/** The metrics that the run was evaluated at. */
function highlights(run) {
  const metrics = Object.entries(run.evaluation?.metrics ?? run.metrics ?? {}).slice(0, 8);
  if (metrics.length === 0) return h("div");
  return h("section", {}, h("h2", {}, "On held-out data"), h("dl", { class: "highlights" }, metrics.map(([name, metric]) =>
    h("div", {}, h("dt", {}, name), h("dd", {},
      h("span", { class: "value" }, number(metric.value)), h("span", { class: "unit" }, metric.unit ?? ""),
      h("span", { class: "interval" }, metric.interval ? `${number(metric.interval[0])} to ${number(metric.interval[1])}` : "\u00A0"))))));
}

function pictures(run) {
  const figures = (run.figures ?? []).map((figure) => figure.name ?? figure);
  if (figures.length === 0) return h("div");
  return h("section", {}, h("h2", {}, "Pictures"), h("div", { class: "side pictures" }, figures.map((file) => {
    const words = file.replace(/^.*\//, "").replace(/\.png$/, "").replaceAll("-", " ");
    return h("figure", { class: "panel" }, h("h3", {}, words),
      h("div", { class: "picture" }, h("img", { src: `${runPath(run.name).replace("/api", "")}/figures/${encodeURIComponent(file.replace(/^.*\//, ""))}`, alt: `${words} of ${run.name}`, loading: "lazy" })));
  })));
}

function settings(run) {
  const rows = Object.entries(run.config ?? {});
  if (rows.length === 0) return h("div");
  return h("section", {}, h("h2", {}, "Settings"), h("div", { class: "panel settings" }, rows.map(([key, value]) =>
    h("div", {}, h("span", { class: "key" }, key), h("span", {}, String(value))))));
}
