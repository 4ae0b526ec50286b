// A discrete code as a grid of words: one is picked up and put down on another, and they change places.

import { h } from "./dom.js";
import { announce } from "./notice.js";

/** A grid over a code of words. `changed(code)` comes after each change. */
export class CodeGrid {
  constructor(shape, words, code, changed) {
    this.columns = shape.at(-1) ?? code.length;
    this.words = words;
    this.code = [...code];
    this.changed = changed;
    this.picked = undefined;
    this.cells = code.map((_, place) => this.cell(place));
    this.word = h("input", { type: "number", min: 0, max: words - 1, step: 1, id: "word", disabled: true, on: { change: () => this.replace(Number(this.word.value)) } });
    this.node = h("div", { class: "code-grid-box" },
      h("p", { class: "help", id: "grid-help" }, "Click a word and then another: they change places. Or drag one onto the other."),
      h("div", { class: "code-grid", role: "grid", "aria-describedby": "grid-help", style: { "--columns": this.columns } },
        Array.from({ length: Math.ceil(code.length / this.columns) }, (_, row) =>
          h("div", { role: "row" }, this.cells.slice(row * this.columns, (row + 1) * this.columns)))),
      h("div", { class: "word-row" }, h("label", { for: "word" }, `The word picked, 0 to ${words - 1}`), this.word));
    this.show();
  }

  cell(place) {
    return h("button", { type: "button", role: "gridcell", draggable: "true", tabindex: place === 0 ? 0 : -1, on: {
      click: () => this.pick(place),
      keydown: (event) => this.move(event, place),
      dragstart: (event) => event.dataTransfer.setData("text/plain", place),
      dragover: (event) => event.preventDefault(),
      drop: (event) => { event.preventDefault(); this.swap(Number(event.dataTransfer.getData("text/plain")), place); },
    } });
  }

  move(event, place) {
    const ways = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns };
    const target = this.cells[place + (ways[event.key] ?? NaN)];
    if (!target) return;
    event.preventDefault();
    for (const cell of this.cells) cell.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  }

  pick(place) {
    if (this.picked !== undefined && this.picked !== place) return this.swap(this.picked, place);
    this.picked = this.picked === place ? undefined : place;
    this.show();
  }

  swap(first, second) {
    if (!(first in this.code) || first === second) return;
    [this.code[first], this.code[second]] = [this.code[second], this.code[first]];
    this.picked = undefined;
    announce(`Places ${first} and ${second} changed: now ${this.code[first]} and ${this.code[second]}`);
    this.show();
    this.changed([...this.code]);
  }

  replace(word) {
    if (this.picked === undefined || !Number.isInteger(word) || word < 0 || word >= this.words) return;
    this.code[this.picked] = word;
    this.show();
    this.changed([...this.code]);
  }

  set(code) {
    this.code = [...code];
    this.show();
  }

  show() {
    this.cells.forEach((cell, place) => {
      const word = this.code[place];
      cell.textContent = word;
      // The golden angle keeps the hues of neighbouring numbers apart.
      cell.style.setProperty("--hue", (word * 137.508 % 360).toFixed(0));
      cell.setAttribute("aria-selected", place === this.picked);
      cell.setAttribute("aria-label", `Place ${place}: word ${word}`);
    });
    this.word.disabled = this.picked === undefined;
    this.word.value = this.picked === undefined ? "" : this.code[this.picked];
  }
}
