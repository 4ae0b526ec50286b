// Room: the latent room. A code in the hand, and what it decodes to following each move.

import { get, post, runPath } from "./api.js";
import { CodeGrid } from "./code-grid.js";
import { CodePath } from "./code-path.js";
import { items, itemView } from "./decoded.js";
import { button, h } from "./dom.js";
import { exportButtons } from "./export.js";
import { History } from "./history.js";
import { Latest } from "./latest.js";
import { announce, complain } from "./notice.js";
import { ownPicture } from "./own-picture.js";
import { Pins } from "./pins.js";
import { loadRun, runHead } from "./run-head.js";
import { Shelf } from "./shelf.js";
import { Sliders } from "./sliders.js";

export async function enterRoom({ main, params: { name }, signal }) {
  const run = await loadRun(name, signal);
  const answer = await get(runPath(name, "axes"), {}, signal).catch((error) => error);
  if (answer instanceof Error) {
    if (answer.name === "AbortError") throw answer;
    main.replaceChildren(runHead(run, "latent"), h("section", {}, h("div", { class: "panel problem-panel" },
      h("h2", {}, answer.message), answer.remedy && h("p", { class: "quiet" }, answer.remedy))));
    return;
  }
  new Room(main, run, answer, signal).start();
}

class Room {
  constructor(main, run, axes, signal) {
    Object.assign(this, { main, run, signal });
    const size = axes.codeShape.reduce((product, extent) => product * extent, 1);
    this.code = axes.start ?? Array.from({ length: size }, () => 0);
    this.decoder = new Latest((code) => this.decode(code), complain);
    this.view = h("div", { class: "stage" });
    this.latency = h("p", { class: "latency quiet" }, "\u00A0");
    this.history = new History(() => this.tellHistory());
    const set = (code) => this.set(code);
    this.control = axes.discrete
      ? new CodeGrid(axes.codeShape, axes.words, this.code, (code) => { this.move(code); this.history.push(code); })
      : new Sliders(axes, this.code, { moved: (code) => this.move(code), settled: (code) => this.history.push(code) });
    this.pins = new Pins(run.name, set);
    this.path = new CodePath(run, set);
    this.shelf = new Shelf(run.name, { taken: ({ code, label }) => { set(code); announce(`${label} taken`); }, ends: (ends) => { if (!axes.discrete) this.path.set(ends); },
      help: axes.discrete ? "Click one to take its code." : "Click one to take its code, and a second for the way between the two." });
    this.origin = [...this.code];
    this.isDiscrete = axes.discrete;
  }

  start() {
    const back = button("Undo", () => this.show(this.history.undo()), { id: "undo" });
    const forth = button("Redo", () => this.show(this.history.redo()), { id: "redo" });
    this.buttons = { back, forth };
    const middle = button(this.isDiscrete ? "Start" : "Middle", () => this.set(this.origin),
      { title: this.isDiscrete ? "The first example's words" : "The mean of the codes" });
    const pin = button("Pin", () => this.pins.add(this.code, this.item), { id: "pin" });
    this.main.replaceChildren(runHead(this.run, "latent"),
      h("div", { class: "latent-room" },
        h("section", { class: "panel stage-panel", "aria-label": "Decoded" }, this.view, this.latency,
          h("div", { class: "stage-buttons" }, back, forth, middle, pin),
          h("div", { class: "export-row" }, h("span", { class: "quiet" }, "Export"), exportButtons(this.run.name, () => [this.code]))),
        h("div", { class: "latent-side" }, h("section", { class: "panel axes-panel" }, h("div", { class: "section-head" },
          h("h2", {}, this.isDiscrete ? "Words of the code" : "Axes"), h("p",
            { class: "help" }, this.isDiscrete ? "" : "Most active first; a double click goes to the mean.")), this.control.node),
          this.shelf.node, /image/i.test(this.run.schema?.kind ?? "") && ownPicture(this.run.name, (example) => this.shelf.add(example)), !this.isDiscrete && this.path.node, this.pins.node)));
    this.history.push([...this.code]);
    this.move(this.code);
    this.shelf.load(0, this.signal);
    document.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target.matches?.("input[type=text], input[type=number]")) return;
      event.preventDefault();
      this.show(event.shiftKey ? this.history.redo() : this.history.undo());
    }, { signal: this.signal });
  }

  /** Follows a move of the hand. */
  move(code) {
    this.code = code;
    this.asked = performance.now();
    this.decoder.ask(code);
  }

  /** Takes a code as a whole, to be undone as a whole. */
  set(code) {
    this.show([...code]);
    this.history.push([...code]);
  }

  show(code) {
    if (!code) return;
    this.control.set(code);
    this.move([...code]);
  }

  async decode(code) {
    const start = performance.now();
    const answer = await post(runPath(this.run.name, "decode"), { codes: [code] }, this.signal);
    [this.item] = items(answer);
    const alt = `What the code decodes to${answer.shape ? `, ${answer.shape.join(" × ")}` : ""}`;
    const shown = this.view.firstElementChild;
    // The element stays: only its picture changes, and nothing flickers.
    if (this.item?.kind === "picture" && shown?.localName === "img") {
      shown.src = this.item.value;
    } else {
      this.view.replaceChildren(itemView(this.item, alt, { id: "decoded" }));
    }
    const took = performance.now() - start;
    this.view.dataset.decoded = (Number(this.view.dataset.decoded) || 0) + 1;
    this.latency.textContent = `${took.toFixed(0)} ms${answer.ms !== undefined ? `, ${Number(answer.ms).toFixed(1)} ms of them in the model` : ""}`;
    this.latency.dataset.milliseconds = took.toFixed(2);
  }

  tellHistory() {
    if (!this.buttons) return;
    this.buttons.back.disabled = !this.history.canUndo;
    this.buttons.forth.disabled = !this.history.canRedo;
  }
}
