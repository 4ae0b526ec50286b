// A number of a finding against its threshold, and the rates of the axes, drawn.

import { h, s } from "./dom.js";
import { number } from "./format.js";

const words = { "two thirds": 2 / 3, "nine tenths": 0.9, "a third": 1 / 3, "third": 1 / 3, "half": 0.5, "a tenth": 0.1 };

/** The numbers that a threshold names in figures or in words; percentages are parts. */
export function thresholds(text, name) {
  const found = [...text.matchAll(/(\d+(?:\.\d+)?(?:e-?\d+)?)\s*(%?)/gi)].map(([, figure, percent]) => Number(figure) / (percent ? 100 : 1));
  const total = Number(/ of (\d+)$/.exec(name)?.[1]);
  const counts = !Number.isNaN(total);
  let rest = text;
  const named = Object.entries(words).filter(([word]) => {
    const isThere = rest.includes(word);
    rest = rest.replace(word, "");
    return isThere;
  }).map(([, share]) => (counts ? share * total : share));
  return { marks: counts && named.length > 0 ? named : [...found, ...named], total: counts ? total : undefined };
}

/** One number as a bar with its thresholds as ticks. */
export function bullet({ name, value, unit, threshold = "" }) {
  const { marks, total } = thresholds(threshold, name);
  const end = total ?? Math.max(Math.abs(value), ...marks) * 1.15;
  const isDrawn = Number.isFinite(value) && Number.isFinite(end) && end > 0 && (marks.length > 0 || total);
  const x = (position) => Math.max(0, Math.min(1, position / end)) * 300;
  return h("div", { class: "bullet" },
    h("p", {}, h("span", {}, name), h("span", { class: "bullet-value" }, number(value), unit ? h("span", { class: "unit" }, unit) : "")),
    isDrawn && s("svg", { viewBox: "0 0 300 18", preserveAspectRatio: "none", role: "img",
      "aria-label": `${name}: ${number(value)} ${unit ?? ""}; ${threshold}` },
      s("line", { class: "rail", x1: 0, x2: 300, y1: 9, y2: 9 }), s("line", { class: "reach", x1: 0, x2: Math.max(1, x(value)), y1: 9, y2: 9 }),
      marks.filter((mark) => mark <= end).map((mark) => s("line", { class: "threshold", x1: x(mark), x2: x(mark), y1: 1, y2: 17 }))),
    h("p", { class: "help" }, threshold));
}

const passive = 0.02;

/** The mean KL of each axis, with the line below which an axis is passive. */
export function rates(axes) {
  const shown = axes.slice(0, 64);
  const most = Math.max(...shown.map(({ kl }) => kl), passive * 2);
  const width = 1170 / shown.length;
  const height = (kl) => Math.max(0, kl) / most * 150;
  const active = axes.filter(({ kl }) => kl >= passive).length;
  return h("section", {}, h("h2", {}, "Rates of the axes"), h("p", { class: "lead" },
    `${active} of ${axes.length} axes carry more than ${passive} nat.`),
    h("figure", { class: "panel" }, s("svg", { class: "rates", viewBox: "0 0 1170 190", role: "img",
      "aria-label": `Mean KL of the axes in nat: ${shown.map(({ index, kl }) => `z${index} ${number(kl, 3)}`).join(", ")}` },
    shown.map(({ index, kl }, place) => s("g", {},
      s("rect", { class: kl >= passive ? "active" : "passive", x: place * width + width * 0.15, width: width * 0.7, y: 160 - Math.max(1.5,
        height(kl)), height: Math.max(1.5, height(kl)), rx: Math.min(2, width * 0.2) }),
      shown.length <= 32 && s("text", { x: place * width + width / 2, y: 182 }, `z${index}`))),
    s("line", { class: "threshold", x1: 0, x2: 1170, y1: 160 - height(passive), y2: 160 - height(passive) })),
    h("figcaption", { class: "help" }, `Most active first: from ${number(shown[0].kl, 3)} to ${number(shown.at(-1).kl, 3)} nat. The line is at ${passive} nat.`)));
}
