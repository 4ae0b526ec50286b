// The curves of several runs over each other, one term at a time.

import { Curves } from "./curves.js";
import { h, select } from "./dom.js";
import { listen } from "./events.js";
import { LineChart } from "./line-chart.js";
import { complain } from "./notice.js";

/** A chart of the runs' curves with a choice of term and split; `load` fetches them. */
export function compareCurves(names, signal) {
  const all = names.map((name) => new Curves(name));
  const chart = new LineChart("\u00A0", "", signal);
  let term;
  let split = "validation";
  const draw = () => {
    if (!term) return;
    chart.unit = all.map((curves) => curves.unit(term)).find(Boolean) ?? "";
    chart.title = `${term}, ${split}`;
    chart.set(all.flatMap((curves, place) => {
      const curve = curves.terms.get(`${split}/${term}`);
      return curve ? [{ name: curves.name, x: curve.x, y: curve.y, color: place, isDashed: false }] : [];
    })).catch(complain);
  };
  const terms = h("select", { "aria-label": "Term", on: { change: () => { term = terms.value; draw(); } } });
  const splits = select([["validation", "validation"], ["train", "training"]], split, (value) => { split = value; draw(); },
    { "aria-label": "Part of the data" });
  chart.node.classList.add("wide");
  const node = h("section", {}, h("div", { class: "section-head" }, h("h2", {}, "Curves"), h("div", { class: "inline" }, terms, splits)), chart.node);
  return { node, load: async () => {
    await Promise.all(all.map((curves) => curves.load(500, signal)));
    const known = [...new Set(all.flatMap((curves) => curves.names))];
    terms.replaceChildren(...known.map((name) => h("option", { value: name }, name)));
    term = known[0];
    if (!all.some((curves) => curves.terms.has(`${split}/${term}`))) splits.value = split = "train";
    draw();
    listen(names, { point: (event) => { if (all[names.indexOf(event.run)]?.add(event)) draw(); } }, signal);
  } };
}
