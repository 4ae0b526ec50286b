// The runs at work: a card each with a live curve, progress and a stop button. Nothing that happens by itself moves
// the page: the card of a run that has ended stays, and a run that begins elsewhere waits until it is asked for.

import { get, runPath } from "./api.js";
import { Curves } from "./curves.js";
import { h } from "./dom.js";
import { listen } from "./events.js";
import { number, whole } from "./format.js";
import { complain } from "./notice.js";
import { isAtWork, statusButtons, statusMark } from "./run-status.js";
import { drawSpark, spark } from "./spark.js";

class Card {
  constructor(run, done) {
    this.run = run;
    this.curves = new Curves(run.name);
    this.value = h("span", { class: "value" }, "–");
    this.unit = h("span", { class: "unit" });
    this.spark = spark([]);
    this.progress = h("progress", { max: 1, value: 0, "aria-label": `Progress of ${run.name}` });
    this.steps = h("span", { class: "quiet" });
    this.node = h("article", { class: "panel live-card", data: { run: run.name } },
      h("header", {}, h("h3", {}, h("a", { href: `/runs/${encodeURIComponent(run.name)}` }, run.name)), this.mark = h("span")),
      h("div", { class: "live-number" }, h("p", {}, this.value, this.unit), this.spark), this.progress,
      h("footer", {}, this.steps, this.buttons = h("span", { class: "live-buttons" })));
    this.done = done;
    this.stands(run);
    this.at(run.step ?? 0);
  }

  /** Shows the run's state and what can be done about it. */
  stands(run) {
    this.run = { ...this.run, ...run };
    this.mark.replaceChildren(statusMark(this.run.status));
    this.buttons.replaceChildren(...statusButtons(this.run, this.done));
    this.isAtWork = isAtWork(this.run.status);
  }

  at(step) {
    const { steps } = this.run;
    this.progress.value = steps ? Math.min(1, step / steps) : 0;
    this.steps.textContent = steps ? `step ${whole(step)} of ${whole(steps)}` : `step ${whole(step)}`;
  }

  draw() {
    const term = this.curves.names[0];
    if (!term) return;
    const curve = this.curves.terms.get(`train/${term}`) ?? this.curves.terms.get(`validation/${term}`);
    this.value.textContent = number(curve.y.at(-1));
    this.unit.textContent = `${curve.unit} ${term}`;
    drawSpark(this.spark, curve.y);
    this.at(curve.x.at(-1));
  }
}

/** All cards; `done` is called when something was done to a run or what waits is asked for, and promises to have shown it. */
export class LiveCards {
  constructor(done) {
    this.done = done;
    this.cards = new Map();
    this.waiting = [];
    this.node = h("section", { class: "live-cards", "aria-label": "At work", hidden: true });
    this.arrivals = h("button", { type: "button", class: "arrivals quiet-button", hidden: true, on: { click: () => {
      this.isOpen = false;
      this.done().then(() => this.node.scrollIntoView({ block: "nearest" }));
    } } });
  }

  /** Takes note of the runs at work, which have their cards at once when first or asked for, and of others that wait to be listed. */
  show(running, unlisted = []) {
    const names = new Set(running.map(({ name }) => name));
    const ended = [...this.cards.values()].filter((card) => card.isAtWork && !names.has(card.run.name));
    for (const card of ended) this.ended(card).catch(complain);
    for (const run of running) {
      const card = this.cards.get(run.name);
      if (card && !card.isAtWork) card.stands(run);
    }
    const fresh = running.filter(({ name }) => !this.cards.has(name));
    if (!this.isOpen) this.add(fresh);
    this.waiting = this.isOpen ? [...fresh, ...unlisted.filter((run) => !fresh.some(({ name }) => name === run.name))] : [];
    this.isOpen = true;
    this.tell();
  }

  add(runs) {
    if (runs.length === 0) return;
    for (const run of runs) this.cards.set(run.name, new Card(run, this.done));
    this.node.replaceChildren(...[...this.cards.values()].map((card) => card.node));
    this.node.hidden = false;
    if (this.signal) this.listen(this.signal);
  }

  /** Asks how a run ended; one that is gone was deleted, and its card says so. */
  async ended(card) {
    card.isAtWork = false;
    try {
      card.stands(await get(runPath(card.run.name), {}, this.signal));
    } catch (error) {
      if (error.status !== 404) throw error;
      card.buttons.replaceChildren("deleted");
    }
  }

  tell() {
    const count = this.waiting.length;
    this.arrivals.hidden = count === 0;
    this.arrivals.textContent = count === 1 ? `${this.waiting[0].name} has begun: show it` : `${count} runs have begun: show them`;
  }

  /** Follows the runs that are shown; called anew when they change. */
  listen(signal) {
    this.signal = signal;
    this.stream?.abort();
    if (this.cards.size === 0 || signal.aborted) return;
    this.stream = new AbortController();
    const load = () => { for (const card of this.cards.values()) card.curves.load(200, signal).then(() => card.draw()).catch(() => { /* It may have ended meanwhile. */ }); };
    listen([...this.cards.keys()], { opened: load, point: (event) => {
      const card = this.cards.get(event.run);
      if (card?.curves.add(event)) card.draw();
    } }, AbortSignal.any([signal, this.stream.signal]));
  }
}
