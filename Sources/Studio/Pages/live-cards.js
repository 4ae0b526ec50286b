// The runs at work: a card each with a live curve, progress and a stop button.

import { Curves } from "./curves.js";
import { h } from "./dom.js";
import { listen } from "./events.js";
import { number, whole } from "./format.js";
import { drawSpark, spark } from "./spark.js";
import { statusButtons, statusMark } from "./run-status.js";

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
      h("header", {}, h("h3", {}, h("a", { href: `/runs/${encodeURIComponent(run.name)}` }, run.name)), statusMark(run.status)),
      h("div", { class: "live-number" }, h("p", {}, this.value, this.unit), this.spark), this.progress,
      h("footer", {}, this.steps, statusButtons(run, done)));
    this.at(run.step ?? 0);
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

/** All cards; `done` is called when a run was stopped. */
export class LiveCards {
  constructor(done) {
    this.done = done;
    this.cards = new Map();
    this.node = h("section", { class: "live-cards", "aria-label": "At work" });
  }

  show(runs) {
    const names = runs.map(({ name }) => name);
    const isSame = names.length === this.cards.size && names.every((name) => this.cards.has(name));
    if (isSame) return;
    const old = this.cards;
    this.cards = new Map(runs.map((run) => [run.name, old.get(run.name) ?? new Card(run, this.done)]));
    this.node.replaceChildren(...[...this.cards.values()].map((card) => card.node));
    this.node.hidden = this.cards.size === 0;
    if (this.signal) this.listen(this.signal);
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
