// The curves of runs: fetched, grown by news, and grouped into a chart a term.

import { get, runPath } from "./api.js";
import { termValue } from "./events.js";

/** The terms of one run: Map of "split/term" to {unit, x, y}. */
export class Curves {
  constructor(name) {
    this.name = name;
    this.terms = new Map();
  }

  async load(points = 500, signal = undefined) {
    // Points that come while the log is read may not be in it.
    const late = this.late = [];
    let terms;
    try {
      ({ terms } = await get(runPath(this.name, "curves"), { points }, signal));
    } finally {
      if (this.late === late) this.late = undefined;
    }
    this.terms.clear();
    for (const [key, curve] of Object.entries(terms)) {
      this.terms.set(key, { unit: curve.unit ?? "", x: [...curve.steps], y: [...curve.values] });
    }
    for (const point of late) this.add(point);
    return this;
  }

  /** Takes up a point of the event stream; a step that is known already is said again and left out. */
  add(point) {
    this.late?.push(point);
    const { split, step, terms } = point;
    let isNew = false;
    for (const [term, value] of Object.entries(terms)) {
      const key = `${split}/${term}`;
      if (!this.terms.has(key)) this.terms.set(key, { unit: value?.unit ?? "", x: [], y: [] });
      const curve = this.terms.get(key);
      if (curve.x.length > 0 && step <= curve.x.at(-1)) continue;
      curve.x.push(step);
      curve.y.push(termValue(value));
      isNew = true;
    }
    return isNew;
  }

  /** The names of the terms without their splits, those of the bound first. */
  get names() {
    const names = [...new Set([...this.terms.keys()].map((key) => key.slice(key.indexOf("/") + 1)))];
    const first = ["elbo", "loss", "iwae", "distortion", "reconstruction", "rate"];
    const rank = (name) => (first.includes(name) ? first.indexOf(name) : first.length);
    return names.sort((a, b) => rank(a) - rank(b));
  }

  unit(term) {
    return (this.terms.get(`train/${term}`) ?? this.terms.get(`validation/${term}`))?.unit ?? "";
  }

  /** The curves of a term, training drawn through, validation dashed. */
  series(term, color = 0, prefix = "") {
    return ["train", "validation"].flatMap((split) => {
      const curve = this.terms.get(`${split}/${term}`);
      return curve ? [{ name: `${prefix}${split}`, x: curve.x, y: curve.y, color, isDashed: split !== "train" }] : [];
    });
  }
}
