// Held-out examples to take codes from: one click takes one, two make the ends of a path.

import { post, runPath } from "./api.js";
import { button, h } from "./dom.js";
import { itemView } from "./decoded.js";
import { complain } from "./notice.js";

const size = 12;

/** An answer of /encode as an example. */
export const example = (answer, label) => {
  const kind = ["picture", "series", "text", "vector"].find((name) => answer[name] !== undefined && answer[name] !== null);
  const name = answer.label ? `${label}, ${answer.label}` : label;
  return { label: name, code: answer.codes[0], item: kind && { kind, value: answer[kind] } };
};

/** A shelf of examples of a run. `taken(example)` at a click; `ends([a, b])` when there are two. */
export class Shelf {
  constructor(name, { taken, ends, help }) {
    this.name = name;
    this.taken = taken;
    this.ends = ends;
    this.first = 0;
    this.chosen = [];
    this.list = h("ol", { class: "shelf" });
    this.turn = [["Earlier", -size], ["Further", size]].map(([text, way]) => button(text, () => this.load(Math.max(0, this.first + way)),
      { class: "quiet-button", "aria-label": `${text} examples` }));
    this.node = h("section", { class: "panel" },
      h("div", { class: "section-head" }, h("h2", {}, "Examples"), h("div", {}, this.turn)),
      h("p", { class: "help" }, help), this.list);
  }

  async load(first, signal = this.signal) {
    this.signal = signal;
    this.first = first;
    this.turn[0].disabled = first === 0;
    this.turn[1].disabled = false;
    const places = Array.from({ length: size }, () => h("li", {}, h("span", { class: "shelf-place" })));
    this.list.replaceChildren(...places);
    try {
      for (const [offset, place] of places.entries()) {
        if (this.first !== first || signal?.aborted) return;
        const index = first + offset;
        const answer = await post(runPath(this.name, "encode"), { index, split: "test" }, signal, { isQuiet: true });
        this.fill(place, example(answer, `Example ${index}`));
        if (answer.count <= index + 1) break;
      }
    } catch (error) {
      if (error.status !== 404 && error.status !== 422 && error.status !== 400) complain(error);
      if (!signal?.aborted) this.turn[1].disabled = true;
    }
  }

  fill(place, taken) {
    const node = button("", () => this.choose(taken, node), { class: "shelf-place", "aria-pressed": "false", "aria-label": taken.label,
      data: { example: taken.label } });
    node.append(itemView(taken.item, ""));
    place.replaceChildren(node);
  }

  choose(taken, node) {
    if (this.chosen.length === 2) this.clear();
    this.chosen.push({ taken, node });
    node.setAttribute("aria-pressed", "true");
    node.dataset.end = "AB"[this.chosen.length - 1];
    this.taken(taken);
    if (this.chosen.length === 2) this.ends(this.chosen.map((one) => one.taken));
  }

  /** Takes an example from elsewhere, as if it stood here. */
  add(taken) {
    const place = h("li");
    this.fill(place, taken);
    this.list.prepend(place);
    this.list.lastElementChild.remove();
    place.firstElementChild.click();
  }

  clear() {
    for (const { node } of this.chosen) {
      node.setAttribute("aria-pressed", "false");
      delete node.dataset.end;
    }
    this.chosen = [];
  }
}
