// How a run stands, as a word with its mark, and what can be done about it.

import { post, runPath } from "./api.js";
import { ask } from "./dialog.js";
import { button, h } from "./dom.js";
import { complain, notify } from "./notice.js";

/** The states there are, for the filter. */
export const statuses = ["running", "finished", "interrupted", "killed", "failed"];

/** Whether a process is at it. */
export const isAtWork = (status) => status === "running" || status === "starting";

/** A state with its mark; the mark is a shape too, not a colour alone. */
export function statusMark(status) {
  return h("span", { class: `status ${status}` }, h("span", { class: "mark", "aria-hidden": "true" }), status);
}

/** Does something to a run and says so. */
async function change(name, part, said, done) {
  try {
    await post(runPath(name, part));
    notify(said);
    await done?.();
  } catch (error) {
    complain(error);
  }
}

const stop = (name, done) => change(name, "stop", `${name} is asked to stop: it ends its step and keeps everything.`, done);
const resume = (name, done) => change(name, "resume", `${name} goes on.`, done);

/** Asks, moves the run to the trash, and offers to take that back. */
export async function trash(name, done) {
  const isSure = await ask("Delete this run?",
    `${name} with its checkpoints, figures and report moves to the trash folder beside the runs. It can be brought back from there.`, "Delete");
  if (!isSure) return;
  try {
    const answer = await post(runPath(name, "trash"));
    const undo = async () => {
      await change(answer.name ?? name, "restore", `${name} is back.`, done);
    };
    notify(`${name} is in the trash.`, { action: undo, actionText: "Undo" });
    await done?.("trash");
  } catch (error) {
    complain(error);
  }
}

/** The buttons that fit a run's state. */
export function statusButtons({ name, status }, done) {
  const buttons = [];
  if (isAtWork(status)) buttons.push(button("Stop", () => stop(name, done), { "aria-label": `Stop ${name}` }));
  if (["interrupted", "killed", "failed"].includes(status)) buttons.push(button("Resume", () => resume(name, done),
    { "aria-label": `Resume ${name}` }));
  if (!isAtWork(status)) buttons.push(button("Delete", () => trash(name, done), { "aria-label": `Delete ${name}`, class: "quiet-button" }));
  return buttons;
}
