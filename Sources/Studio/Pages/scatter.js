// Codes in the plane: coloured points, the example under the pointer, and a lasso.

import { h } from "./dom.js";
import { number } from "./format.js";
import { Chart, layout, plain } from "./plotly.js";
import { color, isDark, seriesColor } from "./theme.js";

/** From the pale to the strong end of one hue, which greys and prints well. */
const scale = () => (isDark()
  ? [[0, "#23424b"], [0.5, "#3f93a8"], [1, "#c9f3ff"]] : [[0, "#cfe6ec"], [0.5, "#3f93a8"], [1, "#06323d"]]);

/** A map of points; `selected(indices)` comes with each lasso. */
export class Scatter {
  constructor(selected, signal) {
    this.selected = selected;
    this.box = h("div", { class: "plot map-plot" });
    this.thumbnail = h("div", { class: "thumbnail", hidden: true });
    this.key = h("div", { class: "map-key" });
    this.node = h("div", {}, this.box, this.key);
    this.chart = new Chart(this.box, signal);
    this.chart.options = { scrollZoom: true };
    this.drag = "lasso";
  }

  async set(map, description) {
    this.map = map;
    const names = Array.isArray(map.names) ? map.names : [];
    const isGrouped = names.length > 0;
    this.groups = isGrouped ? names.map((name, group) => ({ name, places: map.x.flatMap((_, place) => (this.groupOf(place, names) === group
      ? [place] : [])) }))
      .filter((group) => group.places.length > 0) : [{ name: "codes", places: map.x.map((_, place) => place) }];
    this.isGrouped = isGrouped;
    this.key.replaceChildren(...(isGrouped ? this.groupKeys(names) : [this.scaleKey()]));
    await this.chart.set(() => ({ traces: this.traces(names), layout: this.layout() }), description);
    this.chart.layer.append(this.thumbnail);
    if (this.isListening) return;
    this.isListening = true;
    const { layer } = this.chart;
    layer.on("plotly_selected", (event) => {
      if (event?.points?.length) this.selected(event.points.map((point) => point.customdata));
    });
    layer.on("plotly_hover", (event) => this.point(event.points[0].customdata));
    layer.on("plotly_unhover", () => { this.thumbnail.hidden = true; });
  }

  groupOf(place, names) {
    const value = this.map.colour?.[place];
    return typeof value === "number" ? value : names.indexOf(value);
  }

  groupKeys(names) {
    return this.groups.map((group) => h("button", { type: "button", class: "key-button", title: `Select all of ${group.name}`, on: { click: () => this.selected(group.places) } },
      h("span", { class: `swatch dot s${names.indexOf(group.name) % 10}` }), `${group.name}`,
        h("span", { class: "quiet" }, ` ${group.places.length}`)));
  }

  scaleKey() {
    const values = (this.map.colour ?? []).filter(Number.isFinite);
    if (values.length === 0) return h("span");
    return h("p", { class: "scale-key quiet" }, number(Math.min(...values), 3), h("span", { class: "scale-bar" }), number(Math.max(...values), 3));
  }

  traces(names) {
    const { map } = this;
    return this.groups.map((group) => ({
      type: "scatter", mode: "markers", name: plain(group.name), x: group.places.map((place) => map.x[place]), y: group.places.map((place) => map.y[place]),
      customdata: group.places, hoverinfo: "none",
      marker: { size: 6.5, opacity: 0.8, line: { width: 0.5, color: color("panel") },
        color: this.isGrouped ? seriesColor(names.indexOf(group.name)) : map.colour?.length ? group.places.map((place) => map.colour[place])
          : color("accent"),
        ...(this.isGrouped || !map.colour?.length ? {} : { colorscale: scale() }) },
      selected: { marker: { opacity: 1 } }, unselected: { marker: { opacity: 0.16 } },
    }));
  }

  layout() {
    const base = layout({ drag: this.drag, xGrid: true });
    for (const axis of [base.xaxis, base.yaxis]) Object.assign(axis, { showticklabels: false, showline: false, title: undefined });
    // Equal scales: distances in the map are what it is about.
    base.yaxis.scaleanchor = "x";
    base.margin = { l: 8, r: 8, t: 8, b: 8 };
    base.annotations = this.isGrouped ? this.groups.map((group) => this.label(group)) : [];
    return base;
  }

  label(group) {
    const middle = (values) => group.places.reduce((sum, place) => sum + values[place], 0) / group.places.length;
    const paper = color("panel");
    return { x: middle(this.map.x), y: middle(this.map.y), text: `<b>${plain(group.name)}</b>`, showarrow: false, font: { size: 13,
      color: color("ink") }, bgcolor: `${paper}cc`, borderpad: 1 };
  }

  /** The example of a point, cut out of the sheet of all. */
  point(place) {
    const { sheet, columns, size } = this.map.thumbnails ?? {};
    if (!sheet) return;
    const [width, height] = Array.isArray(size) ? size : [size, size];
    const zoom = Math.max(1, Math.floor(72 / Math.max(width, height)));
    const pixels = (value) => `${value * zoom}px`;
    Object.assign(this.thumbnail.style, {
      width: pixels(width), height: pixels(height), backgroundImage: `url(${sheet})`, backgroundSize: `${pixels(width * columns)} auto`,
      backgroundPosition: `-${pixels(place % columns * width)} -${pixels(Math.floor(place / columns) * height)}`,
    });
    this.thumbnail.hidden = false;
  }
}
