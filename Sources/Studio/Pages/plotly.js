// The chart library, fetched when the first chart is wanted, and the looks that all charts share.

import { color, onTheme } from "./theme.js";

let loading;

/** The library, once it is there. */
export function plotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/lib/plotly.js";
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => {
      loading = undefined;
      reject(Object.assign(new Error("The chart library is not there."), { remedy: "Run bin/setup again." }));
    });
    document.head.append(script);
  });
  return loading;
}

/** plotly.js reads some markup in texts; ours is none. */
export const plain = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function axis(title, isGrid, isLog) {
  return {
    title: { text: plain(title), standoff: 8, font: { size: 12.5, color: color("ink") } },
    type: isLog ? "log" : "linear", gridcolor: color("grid"), linecolor: color("line"), showgrid: isGrid,
    zeroline: false, automargin: true, ticks: "", nticks: 6, exponentformat: "power", hoverformat: ".5~g",
  };
}

/** The layout of a chart with two axes. */
export function layout({ xTitle = "", yTitle = "", hover = "closest", drag = "zoom", xGrid = false, yLog = false }) {
  return {
    xaxis: { ...axis(xTitle, xGrid, false), showline: true, spikecolor: color("muted"), spikethickness: 1 },
    yaxis: axis(yTitle, true, yLog), showlegend: false, hovermode: hover, dragmode: drag,
    paper_bgcolor: color("panel"), plot_bgcolor: color("panel"), margin: { l: 52, r: 12, t: 8, b: 42 },
    font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: color("muted") },
    hoverlabel: { bgcolor: color("panel"), bordercolor: color("line"), align: "left", font: { color: color("ink"), size: 12.5 } },
    modebar: { color: color("muted"), activecolor: color("accent"), bgcolor: "rgba(0,0,0,0)" },
    selections: [], newselection: { line: { color: color("accent"), width: 1.5, dash: "solid" } },
  };
}

/** A chart in a box of fixed size: drawn again with the theme, gone with `signal`. */
export class Chart {
  constructor(box, signal) {
    this.box = box;
    this.layer = document.createElement("div");
    this.layer.className = "layer";
    this.layer.setAttribute("aria-hidden", "true");
    box.append(this.layer);
    box.setAttribute("role", "img");
    onTheme(() => { if (this.make) this.draw(); }, signal);
    signal.addEventListener("abort", () => window.Plotly?.purge(this.layer));
    this.signal = signal;
  }

  /** Draws what `make` gives, {traces, layout}; `make` is asked again when colours change. */
  async set(make, description) {
    this.make = make;
    this.box.setAttribute("aria-label", description);
    await this.draw();
  }

  async draw() {
    if (this.isDrawing) {
      this.isStale = true;
      return;
    }
    this.isDrawing = true;
    try {
      const library = await plotly();
      do {
        this.isStale = false;
        if (this.signal.aborted || !this.layer.isConnected) return;
        const { traces, layout } = this.make();
        await library.react(this.layer, traces, layout, { displayModeBar: false, responsive: true, doubleClick: "reset", ...this.options });
        // plotly.js measures texts in a drawing of its own, which says nothing.
        document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true");
      } while (this.isStale);
      this.box.dataset.drawn = "true";
    } finally {
      this.isDrawing = false;
    }
  }
}
