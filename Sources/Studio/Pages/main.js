// The studio's page: rooms at their addresses, and what all of them share.

import { addRoom, startRouter } from "./router.js";
import { startKeyboard } from "./keyboard.js";
import { startTheme } from "./theme.js";

addRoom("/", () => import("./runs.js"));
addRoom("/new", () => import("./new-run.js"));
addRoom("/runs/:name", () => import("./run.js"));
addRoom("/runs/:name/latent", () => import("./latent.js"));
addRoom("/runs/:name/map", () => import("./map.js"));
addRoom("/runs/:name/doctor", () => import("./doctor.js"));
addRoom("/compare", () => import("./compare.js"));
addRoom("/atlas", () => import("./atlas.js"));

startTheme(document.getElementById("theme"));
startKeyboard();
startRouter();
