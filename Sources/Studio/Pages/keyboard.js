// Keys that work everywhere: g and a letter goes to a room, / searches, ? shows this.

import { h } from "./dom.js";
import { show } from "./dialog.js";
import { go } from "./router.js";

const places = { r: ["/", "Runs"], c: ["/compare", "Compare"], a: ["/atlas", "Atlas"], n: ["/new", "New run"] };

const table = [
  ...Object.entries(places).map(([key, [, name]]) => [`g ${key}`, name]),
  ["/", "Search"], ["Ctrl Z", "Undo in the latent room"], ["Ctrl Shift Z", "Redo in the latent room"],
  ["← →", "Move a slider, or to the next word of a code"], ["?", "These keys"], ["Esc", "Close a dialog"],
];

/** Shows the table of keys. */
function showKeys() {
  show("Keys", h("table", { class: "keys-table" }, h("tbody", {}, table.map(([keys, does]) =>
    h("tr", {}, h("th", { scope: "row" }, keys.split(" ").map((key) => h("kbd", {}, key))), h("td", {}, does))))));
}

const isTyping = (target) => target.closest?.("input:not([type=range]), textarea, select, dialog, [contenteditable]");

/** Listens from now on. */
export function startKeyboard() {
  let prefix = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const isSecond = Date.now() - prefix < 1500;
    prefix = 0;
    if (event.key === "g") {
      prefix = Date.now();
    } else if (isSecond && places[event.key]) {
      go(places[event.key][0]);
    } else if (event.key === "/") {
      const search = document.querySelector("main input[type=search]");
      if (!search) return;
      event.preventDefault();
      search.focus();
    } else if (event.key === "?") {
      showKeys();
    }
  });
  document.getElementById("keys").addEventListener("click", showKeys);
}
