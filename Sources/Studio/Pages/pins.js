// Codes that are kept: a click goes back to one.

import { button, h } from "./dom.js";
import { itemView } from "./decoded.js";
import { exportButtons } from "./export.js";

/** A row of pinned codes. */
export class Pins {
  constructor(name, taken) {
    this.taken = taken;
    this.pins = [];
    this.list = h("ol", { class: "shelf pins" });
    this.node = h("section", { class: "panel" }, h("div", { class: "section-head" }, h("h2", {}, "Pinned"),
      h("div", { class: "export-row" }, exportButtons(name, () => this.pins.map((pin) => pin.code)))), this.list);
    this.show();
  }

  add(code, item) {
    this.pins.push({ code: [...code], item });
    this.show();
  }

  show() {
    const pins = this.pins.map((pin, place) => {
      const back = button("", () => this.taken(pin.code), { class: "shelf-place", "aria-label": `Back to pin ${place + 1}` });
      back.append(itemView(pin.item, ""));
      return h("li", {}, back, button("×", () => { this.pins.splice(place, 1); this.show(); },
        { class: "remove", "aria-label": `Remove pin ${place + 1}` }));
    });
    this.list.replaceChildren(...(pins.length > 0 ? pins : [h("li", { class: "help" }, "Pin what you would come back to.")]));
  }
}
