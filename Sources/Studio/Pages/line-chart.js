// Curves over steps, drawn anew as they grow.

import { h } from "./dom.js";
import { number } from "./format.js";
import { Chart, layout, plain } from "./plotly.js";
import { seriesColor } from "./theme.js";

/** What a curve says, for those who do not see it. */
const told = ({ name, x, y }) => (y.length === 0 ? `${name}: nothing yet`
  : `${name}: ${number(y[0])} at step ${x[0]}, ${number(y.at(-1))} at step ${x.at(-1)}`);

/** The key of a chart: a short line of the curve's colour and its name. */
function legend(series) {
  return h("ul", { class: "legend" }, series.map((curve) =>
    h("li", {}, h("span", { class: `swatch s${curve.color % 10}${curve.isDashed ? " dashed" : ""}` }), curve.name)));
}

/** A panel with title, key and curves: [{name, x, y, color, isDashed}]. */
export class LineChart {
  constructor(title, unit, signal) {
    this.title = title;
    this.unit = unit;
    this.key = h("div", { class: "chart-key" });
    this.box = h("div", { class: "plot" });
    this.heading = h("h3", {}, title);
    this.node = h("figure", { class: "panel chart-panel" }, h("figcaption", { class: "chart-head" }, this.heading, this.key), this.box);
    this.chart = new Chart(this.box, signal);
  }

  set(series) {
    this.series = series;
    this.heading.textContent = this.title;
    const names = series.map((curve) => `${curve.name}${curve.color}${curve.isDashed}`).join();
    if (names !== this.names) this.key.replaceChildren(legend(series));
    this.names = names;
    return this.chart.set(() => ({ traces: this.traces(), layout: this.layout() }),
      `${this.title}${this.unit ? ` in ${this.unit}` : ""}. ${series.map(told).join("; ")}.`);
  }

  layout() {
    return layout({ xTitle: "step", yTitle: this.unit ?? "", hover: "x unified" });
  }

  traces() {
    return this.series.map((curve) => ({
      type: "scatter", mode: curve.y.length < 2 ? "markers" : "lines", name: plain(curve.name), x: curve.x, y: curve.y,
      line: { color: seriesColor(curve.color), width: 2, dash: curve.isDashed ? "4px,3px" : "solid" },
      marker: { color: seriesColor(curve.color), size: 6 },
      hovertemplate: `%{y:.5~g}<extra>${plain(curve.name)}</extra>`,
    }));
  }
}
