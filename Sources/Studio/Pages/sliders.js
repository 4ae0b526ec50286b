// A slider for each axis of the code, the most active first.

import { button, h } from "./dom.js";
import { fixed, number } from "./format.js";

const firstShown = 8;

/** Sliders over a code. `moved(code)` comes with each change, `settled(code)` at the end of one. */
export class Sliders {
  constructor({ axes, measure = "mean KL to the prior", unit = "nat" }, code, { moved, settled }) {
    this.told = (value) => `${measure} ${number(value, 3)}${unit ? ` ${unit}` : ""}`;
    this.code = [...code];
    this.rows = new Map();
    const most = Math.max(...axes.map((axis) => axis.kl ?? 0), 1e-9);
    const list = h("ol", { class: "sliders" }, axes.map((axis, place) => this.row(axis, place, most, moved, settled)));
    this.node = h("div", {}, list);
    if (axes.length > firstShown) {
      const more = button(`Show all ${axes.length} axes`, () => {
        const isAll = list.classList.toggle("all");
        more.textContent = isAll ? `Show the ${firstShown} most active` : `Show all ${axes.length} axes`;
        more.setAttribute("aria-expanded", isAll);
      }, { class: "quiet-button more", "aria-expanded": "false" });
      this.node.append(more);
    }
  }

  row(axis, place, most, moved, settled) {
    // Three deviations of the aggregate posterior, and no less than the prior's own three.
    const reach = Math.max(3, 3 * (axis.deviation || 1));
    // An arrow key moves by a hundredth of the way from the middle.
    const input = h("input", { type: "range", step: reach / 100, min: (axis.mean ?? 0) - reach, max: (axis.mean ?? 0) + reach,
      id: `axis-${axis.index}`, data: { axis: axis.index } });
    const value = h("output", { for: input.id });
    const set = (number) => {
      input.value = number;
      value.textContent = fixed(number, 2);
      input.setAttribute("aria-valuetext", fixed(number, 2));
    };
    set(this.code[axis.index]);
    input.addEventListener("input", () => {
      this.code[axis.index] = Number(input.value);
      value.textContent = fixed(this.code[axis.index], 2);
      input.setAttribute("aria-valuetext", value.textContent);
      moved([...this.code]);
    });
    input.addEventListener("change", () => settled([...this.code]));
    input.addEventListener("dblclick", () => {
      this.code[axis.index] = axis.mean ?? 0;
      set(this.code[axis.index]);
      moved([...this.code]);
      settled([...this.code]);
    });
    this.rows.set(axis.index, set);
    const share = Math.max(0, axis.kl ?? 0) / most;
    return h("li", { class: place >= firstShown ? "later" : "" },
      h("label", { for: input.id }, `z${axis.index}`),
      h("span", { class: "activity", title: this.told(axis.kl) }, h("span", { style: { width: `${(100 * share).toFixed(1)}%` } }),
        h("span", { class: "unseen" }, this.told(axis.kl))),
      input, value);
  }

  /** Shows another code. */
  set(code) {
    this.code = [...code];
    for (const [index, set] of this.rows) set(code[index]);
  }
}
