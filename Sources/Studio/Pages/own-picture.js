// A picture of one's own: dropped or chosen, made small in the browser, encoded by the model.

import { post, runPath } from "./api.js";
import { h } from "./dom.js";
import { complain } from "./notice.js";
import { example } from "./shelf.js";

const mostPixels = 512;

/** The picture in a file as a PNG of at most 512 pixels a side. */
async function asDataURL(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw Object.assign(new Error(`${file.name || "What was dropped"} is no picture that the browser reads.`), { remedy: "Take a PNG or JPEG." });
  }
  const scale = Math.min(1, mostPixels / Math.max(bitmap.width, bitmap.height));
  const canvas = h("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.toDataURL("image/png");
}

/** A place to drop a picture on; `taken(example)` comes with its code. */
export function ownPicture(name, taken) {
  const read = async (file) => {
    if (!file) return;
    try {
      taken(example(await post(runPath(name, "encode"), { picture: await asDataURL(file) }), file.name || "Own picture"));
    } catch (error) { complain(error); }
  };
  const input = h("input", { type: "file", accept: "image/*", class: "unseen", id: "own-picture", on: { change: () => { read(input.files[0]); input.value = ""; } } });
  const zone = h("div", { class: "drop" }, input, h("label", { for: input.id }, "Drop a picture of your own here, or ", h("span", {}, "choose one")));
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    read(event.dataTransfer.files[0]);
  });
  return zone;
}
