// What a paper claims beside what was measured, as a table.

import { h } from "./dom.js";
import { number } from "./format.js";

const heads = [["Claim", ""], ["Claimed", "number"], ["Measured", "number"], ["Holds", ""]];

/** A table of claims: [{name, claimed, measured, interval, unit, holds}]. */
export function claimsTable(claims) {
  return h("div", { class: "scroll" }, h("table", { class: "claims" },
    h("thead", {}, h("tr", {}, heads.map(([text, kind]) => h("th", { scope: "col", class: kind }, text)))),
    h("tbody", {}, claims.map(row))));
}

function row({ name, claimed, measured, interval, unit, holds }) {
  const value = typeof measured === "number" ? number(measured) : String(measured ?? "–");
  return h("tr", {}, h("th", { scope: "row" }, name.replaceAll("-", " ")), h("td", { class: "number" }, String(claimed ?? "–")),
    h("td", { class: "number" }, value, unit && h("span", { class: "unit" }, unit),
      interval && h("span", { class: "interval" }, `${number(interval[0])} to ${number(interval[1])}`)),
    holds === null || holds === undefined ? h("td", {}, "–")
      : h("td", { class: holds ? "holds" : "fails" }, holds ? "✓ yes" : "✗ no"));
}
