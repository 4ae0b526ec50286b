// Codes taken out of the room: a PNG of what they decode to, a moving GIF, or the numbers for NumPy.

import { postForFile, runPath } from "./api.js";
import { button, h } from "./dom.js";
import { complain, notify } from "./notice.js";

const formats = [["png", "PNG"], ["gif", "GIF"], ["npy", ".npy"]];

/** Gives a file to the browser's downloads. */
function save(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A button a format; `codes` is asked at the click. */
export function exportButtons(name, codes) {
  return formats.map(([format, text]) => button(text, async () => {
    const chosen = codes();
    if (chosen.length === 0) return notify("There is nothing to export yet.");
    try {
      save(await postForFile(runPath(name, "export"), { codes: chosen, format }), `${name}-codes.${format}`);
      notify(`${chosen.length === 1 ? "One code is" : `${chosen.length} codes are`} saved as ${text}.`);
    } catch (error) { complain(error); }
  }, { "aria-label": `Export as ${text}` }));
}
