// What a code decodes to: a picture, a series or a text, each with its own view of fixed size.

import { h, picture, s } from "./dom.js";
import { number } from "./format.js";
import { seriesColor } from "./theme.js";

/** The items of an answer: [{kind, value}] in the order of the codes. */
export function items(answer) {
  for (const [key, kind] of [["pictures", "picture"], ["series", "series"], ["texts", "text"], ["vectors", "vector"]]) {
    if (Array.isArray(answer[key])) return answer[key].map((value) => ({ kind, value }));
  }
  return [];
}

/** A view of an item. */
export function itemView(item, alt, properties = {}) {
  if (!item) return h("div", { class: "nothing-decoded", ...properties });
  switch (item.kind) {
    case "picture": return picture(item.value, alt, properties);
    case "series": return seriesView(item.value, alt, properties);
    case "text": return h("blockquote", { class: "decoded-text", ...properties }, item.value);
    default: return h("p", { class: "decoded-text", ...properties }, [item.value].flat(Infinity).map((value) => number(value, 3)).join("  "));
  }
}

/** The pixels of a picture as a source for `img`, where the item is one. */
export const source = (item) => (item?.kind === "picture" ? item.value : undefined);

/** Curves of a series given as channels of values, or as one list. */
function seriesView(values, alt, properties) {
  const channels = Array.isArray(values[0]) ? values : [values];
  const all = channels.flat().filter(Number.isFinite);
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const lines = channels.slice(0, 10).map((channel, place) => s("polyline", {
    style: { stroke: seriesColor(place) },
    // A value that is missing leaves no point.
    points: channel.map((value, step) => (Number.isFinite(value) ? `${(step / Math.max(1, channel.length - 1) * 300).toFixed(1)},${(145 - (value - low) / span * 140).toFixed(1)}` : "")).join(" "),
  }));
  return s("svg", { class: `series-view ${properties.class ?? ""}`, viewBox: "0 0 300 150", preserveAspectRatio: "none", role: "img",
    "aria-label": `${alt}: ${channels.length} curves of ${channels[0].length} values from ${number(low, 3)} to ${number(low + span, 3)}` }, lines);
}
