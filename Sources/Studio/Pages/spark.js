// A curve in a line of text: the course of a number without axes.

import { s } from "./dom.js";

const width = 120;
const height = 28;

/** A drawing of values; the words around it say the number. */
export function spark(values) {
  const view = s("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  drawSpark(view, values);
  return view;
}

/** Draws the values into a spark that is there. */
export function drawSpark(view, values) {
  const shown = values.slice(-200).filter(Number.isFinite);
  if (shown.length < 2) return;
  const low = Math.min(...shown);
  const span = Math.max(...shown) - low || 1;
  const points = shown.map((value, place) =>
    `${(place / (shown.length - 1) * (width - 4) + 2).toFixed(1)},${(height - 3 - (value - low) / span * (height - 6)).toFixed(1)}`);
  const [x, y] = points.at(-1).split(",");
  view.replaceChildren(s("polyline", { points: points.join(" ") }), s("circle", { cx: x, cy: y, r: 2 }));
}
