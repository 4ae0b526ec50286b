// The way from one code to another, as a strip of what lies on it.

import { post, runPath } from "./api.js";
import { h } from "./dom.js";
import { items, itemView } from "./decoded.js";
import { exportButtons } from "./export.js";
import { number } from "./format.js";
import { complain } from "./notice.js";

const kinds = [["linear", "Straight"], ["spherical", "Spherical"], ["geodesic", "Geodesic"]];
const count = 9;

/** How much less a geodesic bends the picture than the straight line does. */
const energyText = (energy) => (energy ? ` Its energy is ${number(energy.geodesic)}, the straight line's ${number(energy.straight)}.` : "");

/** A strip between two examples; `taken(code)` when a step is clicked. */
export class CodePath {
  constructor(run, taken) {
    this.run = run;
    this.taken = taken;
    this.kind = "linear";
    this.codes = [];
    this.strip = h("ol", { class: "path-strip" }, this.places());
    this.note = h("p", { class: "help", role: "status" }, "Pick two examples: the way between their codes appears here.");
    this.choice = h("div", { class: "segments", role: "radiogroup", "aria-label": "Kind of path" }, kinds.map(([kind, text]) =>
      h("label", {}, h("input", { type: "radio", name: "path-kind", value: kind, checked: kind === this.kind, on: { change: () => { this.kind = kind; this.load(); } } }), h("span", {}, text))));
    this.node = h("section", { class: "panel" }, h("div", { class: "section-head" }, h("h2", {}, "Way between two"), this.choice),
      this.note, this.strip, h("div", { class: "export-row" }, exportButtons(run.name, () => this.codes)));
  }

  places() { return Array.from({ length: count }, () => h("li", {}, h("span", { class: "shelf-place" }))); }

  /** Takes the two ends. */
  set(ends) {
    this.ends = ends;
    return this.load();
  }

  async load() {
    if (!this.ends) return;
    const [from, to] = this.ends;
    const asked = this.asked = Symbol("request");
    try {
      this.note.textContent = `${this.kind === "geodesic" ? "Looking for the shortest way in the decoder's own metric" : "Decoding"} …`;
      const answer = await post(runPath(this.run.name, "path"), { from: from.code, to: to.code, count, kind: this.kind });
      if (asked !== this.asked) return;
      this.codes = answer.codes;
      const shown = items(answer);
      this.strip.replaceChildren(...answer.codes.map((code, place) => {
        const alt = `Step ${place + 1} of ${answer.codes.length}`;
        const node = h("button", { type: "button", class: "shelf-place", "aria-label": alt, on: { click: () => this.taken(code) } });
        node.append(itemView(shown[place], ""));
        return h("li", {}, node);
      }));
      this.note.textContent = `From ${from.label.toLowerCase()} to ${to.label.toLowerCase()}, ${kinds.find(([kind]) => kind === this.kind)[1].toLowerCase()}.${energyText(answer.energy)}`;
    } catch (error) {
      this.note.textContent = error.message;
      complain(error);
    }
  }
}
