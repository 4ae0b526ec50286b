// Room: the doctor. What is wrong with a run, by which number, and a button for what would help.

import { get, post, runPath } from "./api.js";
import { command, showCommand } from "./command.js";
import { button, h, swap } from "./dom.js";
import { bullet, rates } from "./evidence.js";
import { counted } from "./format.js";
import { complain, notify } from "./notice.js";
import { go } from "./router.js";
import { loadRun, runHead } from "./run-head.js";

const marks = { severe: "Severe", warning: "Warning", notice: "Notice" };

export async function enterRoom({ main, params: { name }, signal }) {
  const run = await loadRun(name, signal);
  const body = h("div", { class: "doctor" });
  const look = button("Look again", async () => {
    look.disabled = true;
    look.textContent = "Looking …";
    try {
      show(await post(runPath(name, "diagnosis"), {}, signal));
    } catch (error) { complain(error); }
    look.disabled = false;
    look.textContent = "Look again";
  });
  const show = (answer) => {
    const diagnosis = answer.diagnosis ?? answer;
    showCommand(answer.command ?? command("diagnose", name));
    const findings = diagnosis.findings ?? [];
    swap(body,
      h("p", { class: "lead", role: "status" }, findings.length === 0 ? "Nothing is wrong, by any of the checks that fit this run."
        : `${counted(findings.length, "finding")}, ${counted((diagnosis.passed ?? []).length, "check")} passed.`),
      h("div", { class: "cards" }, findings.map((finding) => card(run, finding))),
      checks("Passed", diagnosis.passed, "passed"), checks("Does not fit this run", diagnosis.skipped, "skipped"));
  };
  const rateBox = h("div");
  main.replaceChildren(runHead(run, "doctor", [look]), h("section", {}, h("h2", {}, "Diagnosis"), body), rateBox);
  try {
    show(await get(runPath(name, "diagnosis"), {}, signal));
  } catch (error) {
    if (signal.aborted) return;
    if (error.status !== 404) complain(error);
    body.replaceChildren(h("div", { class: "panel nothing" }, h("p", {}, "This run was not looked at yet."),
      h("p", {}, "The checks take some seconds.")));
    look.textContent = "Diagnose";
    look.classList.add("primary");
    showCommand(command("diagnose", name));
  }
  // The rates of the axes stand behind most findings; a run without axes has none.
  get(runPath(name, "axes"), {}, signal).then((axes) => {
    if (!axes.discrete && axes.axes?.length && /KL/.test(axes.measure ?? "KL")) rateBox.replaceChildren(rates(axes.axes));
  }).catch(() => { /* The cards say what can be said. */ });
}

const checks = (title, names, kind) => names?.length > 0 && h("section", { class: "checks" }, h("h3", {}, title),
  h("ul", {}, names.map((name) => h("li", { class: kind }, (name.name ?? name).replaceAll("-", " ")))));

/** A finding with its numbers against their thresholds, and its remedy. */
function card(run, finding) {
  const remedy = typeof finding.remedy === "object" && finding.remedy ? finding.remedy : { text: finding.remedy };
  const settings = remedy.settings ?? finding.settings ?? {};
  const text = remedy.text ?? remedy.words ?? finding.advice ?? "";
  const pairs = Array.isArray(settings) ? settings.map((pair) => pair.split(/=(.*)/s).slice(0, 2)) : Object.entries(settings);
  const start = button("Start this as a new run", async () => {
    start.disabled = true;
    try {
      const job = remedy.job ?? { recipe: run.recipe, data: run.source, settings: { ...changed(run), ...Object.fromEntries(pairs) },
        options: { ...budget(run), seed: run.seed } };
      const answer = await post("/api/jobs", job);
      notify(`${answer.run} is at work.`);
      await go(`/runs/${encodeURIComponent(answer.run.replace(/^.*\//, ""))}`);
    } catch (error) {
      start.disabled = false;
      complain(error);
    }
  }, { class: "primary", data: { remedy: finding.id } });
  return h("article", { class: `panel finding ${finding.severity}`, data: { finding: finding.id } },
    h("header", {}, h("span", { class: "mark" }, marks[finding.severity] ?? finding.severity), h("h3", {}, finding.problem)),
    h("div", { class: "evidence" }, (finding.evidence ?? []).map(bullet)),
    h("div", { class: "remedy" }, h("p", {}, text), pairs.length > 0 && h("p",
      { class: "remedy-settings" }, pairs.map(([key, value]) => h("code", {}, `${key}=${value}`))),
      pairs.length > 0 && start));
}

/** A run's settings, from which a remedy changes some. */
const changed = (run) => run.told ?? run.config ?? {};

/** The budget of a record, «epochs=30», as an option. */
function budget(run) {
  const [, key, value] = /^(epochs|steps|minutes)=([\d.]+)$/.exec(run.budget ?? "") ?? [];
  return key ? { [key]: Number(value) } : {};
}
