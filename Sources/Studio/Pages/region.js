// What lies in a region of the map: examples, their mean code and what it decodes to.

import { h, picture } from "./dom.js";
import { itemView, items } from "./decoded.js";
import { counted, fixed } from "./format.js";

const shownAxes = 12;

/** What is there before a region is chosen. */
export const emptyRegion = () => [h("h2", {}, "Region"),
  h("p", { class: "help" }, "Draw around points on the map, or click a group's name below it. Here appear its examples, the mean of their codes and what that mean decodes to.")];

/** A region's content. */
export function regionView({ count, meanCode = [], decoded, examples = [], ...rest }, run) {
  const code = meanCode.flat(Infinity);
  const middle = typeof decoded === "string" && decoded.startsWith("data:") ? { kind: "picture", value: decoded }
    : typeof decoded === "string" ? { kind: "text", value: decoded } : Array.isArray(decoded) ? { kind: "series", value: decoded } : items(rest)[0];
  return h("div", { class: "region-content", data: { count } },
    h("h2", {}, counted(count, "example")),
    middle && h("figure", { class: "region-mean" }, itemView(middle, `Decoded mean of ${counted(count, "code")}`),
      h("figcaption", {}, "The mean code, decoded")),
    h("h3", {}, "Examples"),
    h("ol", { class: "thumbs" }, examples.map((example, place) => h("li", {}, typeof example === "string" && example.startsWith("data:")
      ? picture(example, `Example ${place + 1} of the region`) : h("span", { class: "decoded-text" }, String(example))))),
    h("h3", {}, "Mean code"),
    h("ol", { class: "mean-code", "aria-label": `Mean code: ${code.slice(0, shownAxes).map((value, axis) => `z${axis} ${fixed(value)}`).join(", ")}` }, code.slice(0, shownAxes).map((value, axis) => bar(value, axis))),
    code.length > shownAxes && h("p", { class: "help" }, `and ${code.length - shownAxes} more axes`));
}

/** A number of the mean code as a bar from the middle. */
function bar(value, axis) {
  const half = Math.min(50, Math.abs(value) / 3 * 50);
  return h("li", {}, h("span", { class: "quiet" }, `z${axis}`), h("span", { class: "center-bar" },
    h("span", { style: { left: `${value < 0 ? 50 - half : 50}%`, width: `${half}%` } })), h("span", { class: "number" }, fixed(value)));
}
