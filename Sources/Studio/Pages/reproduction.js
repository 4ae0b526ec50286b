// A paper's experiment run here: started, followed, and its own numbers shown when they are there.

import { get, post } from "./api.js";
import { claimsTable } from "./claims.js";
import { button, h, swap } from "./dom.js";
import { announce, complain } from "./notice.js";

const pause = 1500;

/** A button and what becomes of it. A job that is at work already is taken up again. */
export function reproduction(paper) {
  if (!paper.runnable) return h("p", { class: "quiet" }, "No experiment is written for it yet.");
  const quick = h("input", { type: "checkbox", checked: true });
  const seeds = h("input", { type: "number", min: 1, max: 1000, placeholder: "all", disabled: true });
  quick.addEventListener("change", () => { seeds.disabled = quick.checked; });
  const state = h("div", { class: "reproduction", role: "status" });
  const start = button("Run it here", async () => {
    start.disabled = true;
    try {
      const body = { quick: quick.checked, ...(seeds.value && !quick.checked ? { seeds: Number(seeds.value) } : {}) };
      const { run } = await post(`/api/papers/${paper.id}/reproduce`, body);
      await follow(run, state);
    } catch (error) { complain(error); }
    start.disabled = false;
  }, { class: "primary" });
  get("/api/jobs").then(({ jobs }) => {
    const job = jobs.find((one) => one.paper === paper.id && one.status === "running");
    if (job) follow(job.name, state).catch(complain);
  }).catch(() => { /* Without the list nothing is taken up. */ });
  return h("div", {}, h("div", { class: "run-here" }, start, h("label", {}, quick, "quick: the code path alone, in seconds"),
    h("label", {}, "seeds", seeds)), state);
}

/** Asks for a job until it has ended; stops when its place is no longer on the page. */
async function follow(name, state) {
  swap(state, h("p", { class: "quiet" }, "At work …"));
  for (;;) {
    const job = await get(`/api/jobs/${encodeURIComponent(name)}`);
    if (!state.isConnected) return;
    if (job.status !== "running") return show(job, state);
    const last = (job.log ?? "").trim().split("\n").at(-1);
    swap(state, h("p", { class: "quiet" }, last ? `At work: ${last.slice(0, 160)}` : "At work …"));
    await new Promise((done) => setTimeout(done, pause));
  }
}

function show(job, state) {
  const { claims = [], verdict, minutes } = job.result ?? {};
  const said = verdict ? `Measured here: ${verdict}.` : job.status === "failed" && claims.length === 0 ? job.problem : "Measured here.";
  swap(state, h("p", {}, h("strong", {}, said), Number.isFinite(minutes) && ` ${minutes} minutes.`), claims.length > 0 && claimsTable(claims),
    claims.length === 0 && job.remedy && h("p", { class: "quiet" }, job.remedy));
  announce(said);
}
