// Which run's decoder understands which run's codes: a matrix, computed when it is asked for.

import { post } from "./api.js";
import { button, h } from "./dom.js";
import { number } from "./format.js";
import { complain } from "./notice.js";

/** The matrix's rows, whatever of the two forms the answer has. */
function cells(answer, names) {
  const matrix = answer.matrix ?? [];
  if (Array.isArray(matrix[0])) return matrix;
  const find = (from, to) => matrix.find((cell) => (cell.encoder ?? cell.from) === from && (cell.decoder ?? cell.to) === to);
  return names.map((from) => names.map((to) => find(from, to)));
}

const value = (cell) => (typeof cell === "number" ? cell : cell?.value ?? cell?.score ?? cell?.error?.value);

/** A section with a button; the matrix takes its place. */
export function stitching(names, signal) {
  const place = h("div", { class: "panel stitching" });
  const start = button("Stitch", async () => {
    start.disabled = true;
    start.textContent = "Stitching …";
    try {
      const answer = await post("/api/compare/stitching", { runs: names }, signal);
      place.replaceChildren(...matrix(answer, names));
    } catch (error) {
      if (signal.aborted) return;
      start.disabled = false;
      start.textContent = "Stitch";
      complain(error);
    }
  }, { class: "primary" });
  place.append(h("p", { class: "help" }, `Each run's encoder before each run's decoder, through a translation fitted to 300 codes: ${names.length * (names.length - 1)} pairs, some seconds each.`), start);
  return h("section", {}, h("h2", {}, "Stitching"), place);
}

function matrix(answer, names) {
  const rows = cells(answer, names);
  const all = rows.flat().map(value).filter(Number.isFinite);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const isError = !/accuracy|score/.test(answer.metric ?? "error");
  const strength = (number) => (high === low ? 0.5 : isError ? (high - number) / (high - low) : (number - low) / (high - low));
  const short = (name, place) => [h("span", { class: `swatch dot s${place}` }), name];
  return [h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Stitching matrix" }, h("table", { class: "matrix" },
    h("caption", {}, `${answer.metric ?? "Squared error"}${answer.unit ? ` (${answer.unit})` : ""}: encoder of the row, decoder of the column`),
    h("thead", {}, h("tr", {}, h("td"), names.map((name, place) => h("th", { scope: "col" }, short(name, place))))),
    h("tbody", {}, rows.map((row, from) => h("tr", {}, h("th", { scope: "row" }, short(names[from], from)), row.map((cell, to) => {
      const shown = value(cell);
      return h("td", { class: from === to ? "native" : "", style: { "--strength": Number.isFinite(shown)
        ? `${(strength(shown) * 55).toFixed(0)}%` : "0%" }, title: cell?.way ? `by ${cell.way}` : cell?.problem },
        number(shown, 4), cell?.way && h("span", { class: "interval" }, cell.way));
    })))))),
  h("p", { class: "help" }, `The diagonal is each run with itself.${answer.chance !== undefined ? ` Chance: ${number(value(answer.chance))}.` : ""}`)];
}
