// Adds to a page that is complete without it: live charts, the choice of theme, copying.
(() => {
  "use strict";
  const root = document.documentElement;
  const themeKey = "latent-report-theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  const make = (tag, text, parent) => {
    const node = document.createElement(tag);
    node.textContent = text;
    parent.append(node);
    return node;
  };

  // Storage may be refused to pages opened from a file.
  const remember = (value) => { try { localStorage.setItem(themeKey, value); } catch { } };

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : dark.matches);

  const themeSlot = document.querySelector(".theme");
  if (themeSlot) {
    const button = make("button", "", themeSlot);
    button.type = "button";
    const label = () => { button.textContent = isDark() ? "Light theme" : "Dark theme"; };
    label();
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      label();
      redrawAll();
    });
    dark.addEventListener("change", () => { label(); redrawAll(); });
  }

  for (const slot of document.querySelectorAll(".command .slot")) {
    const button = make("button", "Copy", slot);
    button.type = "button";
    const code = slot.previousElementSibling;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        document.execCommand("copy");
      }
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
  }

  // The link of the section that is being read.
  const links = [...document.querySelectorAll(".topbar nav a")];
  const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
  const mark = () => {
    const line = innerHeight / 3;
    const atEnd = innerHeight + scrollY >= document.body.scrollHeight - 4;
    let current = sections.findLastIndex((section) => section.getBoundingClientRect().top <= line);
    if (atEnd && scrollY > 0) current = sections.length - 1;
    links.forEach((link, place) => {
      if (place === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  mark();

  // Charts.
  const source = document.getElementById("figures");
  const figures = source ? JSON.parse(source.textContent) : [];
  const live = [];
  function redrawAll() { for (const chart of live) chart.draw(); }
  if (typeof Plotly === "undefined") return;

  const paletteSize = 10;
  const probe = make("span", "", document.body);
  probe.hidden = true;
  const color = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const faint = (rgb, alpha) => rgb.replace("rgb(", "rgba(").replace(")", `, ${alpha})`);
  // plotly.js reads some markup in texts; ours is none.
  const plain = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const axisLabel = (axis) => plain(axis.unit ? `${axis.title} (${axis.unit})` : axis.title);
  const number = "%{y:.6~g}";

  const lineTraces = (figure) => figure.series.flatMap((curve, place) => {
    const ink = color(`s${(curve.color ?? place) % paletteSize}`);
    const lone = curve.y.length < 2;
    const traces = [{
      type: "scatter", mode: lone ? "markers" : "lines", name: plain(curve.name), x: curve.x,
      y: curve.y, connectgaps: false, hovertemplate: `${number}<extra>${plain(curve.name)}</extra>`,
      line: { color: ink, width: 2, dash: curve.isDashed ? "dash" : "solid" },
      marker: { color: ink, size: 7 }, meta: place,
    }];
    if (curve.band) {
      traces.unshift({
        type: "scatter", mode: "lines", x: [...curve.x, ...[...curve.x].reverse()],
        y: [...curve.band.upper, ...[...curve.band.lower].reverse()], fill: "toself",
        fillcolor: faint(ink, 0.16), line: { width: 0 }, hoverinfo: "skip", meta: place,
      });
    }
    return traces;
  });

  const barTraces = (figure) => figure.series.map((bars, place) => {
    const trace = {
      type: "bar", name: plain(bars.name), x: figure.categories.map(plain), y: bars.values,
      marker: { color: color(`s${place % paletteSize}`) }, meta: place,
      hovertemplate: `${number}<extra>${plain(bars.name)}</extra>`,
    };
    if (bars.lower) {
      trace.error_y = {
        type: "data", symmetric: false, color: color("ink"), thickness: 1.5, width: 3,
        array: bars.upper.map((end, i) => end - bars.values[i]),
        arrayminus: bars.lower.map((end, i) => bars.values[i] - end),
      };
    }
    return trace;
  });

  const scatterTraces = (figure) => figure.series.map((group, place) => ({
    type: "scatter", mode: "markers", name: plain(group.name), x: group.x, y: group.y,
    marker: { color: color(`s${place % paletteSize}`), size: 6, opacity: 0.7 }, meta: place,
    text: (group.texts ?? []).map(plain),
    hovertemplate: (group.texts ? "%{text}<br>" : "") +
      `(%{x:.4~g}, %{y:.4~g})<extra>${plain(group.name)}</extra>`,
  }));

  const kinds = { line: lineTraces, bar: barTraces, scatter: scatterTraces };

  // The names of groups at their middles, so that colours are not the only key.
  const groupNames = (figure, hidden) => figure.kind !== "scatter" || figure.series.length < 2 ? []
    : figure.series.flatMap((group, place) => {
      const points = group.x.map((x, i) => [x, group.y[i]])
        .filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
      if (hidden.has(place) || points.length === 0) return [];
      const middle = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
      return [{
        x: middle(0), y: middle(1), text: `<b>${plain(group.name)}</b>`, showarrow: false,
        font: { size: 13, color: color("ink") }, bgcolor: faint(color("panel"), 0.75), borderpad: 1,
      }];
    });

  const layout = (figure, state, hidden) => {
    const decades = (axis) => {
      const values = figure.series.flatMap((part) => part[axis] ?? []).filter((value) => value > 0);
      return Math.log10(Math.max(...values) / Math.min(...values));
    };
    const axis = (spec, isLog, decades) => ({
      title: { text: axisLabel(spec), standoff: 10, font: { size: 12.5, color: color("ink") } },
      type: isLog ? "log" : "linear", gridcolor: color("grid"), linecolor: color("line"),
      zeroline: false, automargin: true, ticks: "", fixedrange: false, nticks: 7,
      exponentformat: isLog ? "none" : "power", hoverformat: ".6~g",
      ...(isLog ? { dtick: decades > 3 ? 1 : "D2", minorloglabels: "complete" } : {}),
    });
    const x = {
      spikecolor: color("muted"), spikethickness: 1, ...axis(figure.xAxis, state.logX, decades("x")), showgrid: figure.kind === "scatter", showline: true,
    };
    if (figure.kind === "bar") Object.assign(x, { type: "category", nticks: 18 });
    return {
      xaxis: x, yaxis: axis(figure.yAxis, state.logY, decades("y")), annotations: groupNames(figure, hidden), showlegend: false, barmode: "group",
      bargap: 0.24, paper_bgcolor: color("panel"), plot_bgcolor: color("panel"),
      margin: { l: 56, r: 16, t: 10, b: 46 }, dragmode: "zoom",
      hovermode: figure.kind === "line" ? "x unified" : "closest",
      font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: color("muted") },
      hoverlabel: {
        bgcolor: color("panel"), bordercolor: color("line"), align: "left",
        font: { color: color("ink"), size: 12.5 },
      },
    };
  };

  class Chart {
    constructor(box, figure) {
      this.box = box;
      this.figure = figure;
      this.hidden = new Set();
      this.state = { logX: !!figure.xAxis.isLogarithmic, logY: !!figure.yAxis.isLogarithmic };
      this.layer = make("div", "", box);
      this.layer.className = "layer";
      // The drawing beneath keeps its description for screen readers.
      this.layer.setAttribute("aria-hidden", "true");
    }
    draw() {
      const traces = kinds[this.figure.kind](this.figure);
      for (const trace of traces) trace.visible = !this.hidden.has(trace.meta);
      return Plotly.react(this.layer, traces, layout(this.figure, this.state, this.hidden),
        { displayModeBar: false, responsive: true, doubleClick: "reset" });
    }
    // The example of the point that is pointed at, cut out of the sheet of all.
    showThumbnails() {
      const sheet = this.figure.thumbnails;
      if (!sheet) return;
      const scale = Math.max(1, Math.floor(64 / Math.max(sheet.width, sheet.height)));
      const view = make("div", "", this.layer);
      view.className = "thumbnail";
      view.hidden = true;
      const size = (value) => `${value * scale}px`;
      Object.assign(view.style, {
        width: size(sheet.width), height: size(sheet.height),
        backgroundImage: `url(data:image/png;base64,${sheet.png})`,
        backgroundSize: `${size(sheet.width * sheet.columns)} auto`,
      });
      this.layer.on("plotly_hover", (event) => {
        const point = event.points[0];
        const place = this.figure.series[point.data.meta]?.thumbnails?.[point.pointIndex];
        if (place === undefined) return;
        const column = place % sheet.columns;
        const row = Math.floor(place / sheet.columns);
        view.style.backgroundPosition = `-${size(column * sheet.width)} -${size(row * sheet.height)}`;
        view.hidden = false;
      });
      this.layer.on("plotly_unhover", () => { view.hidden = true; });
    }
    values(axis) {
      return this.figure.series.flatMap((part) => part[axis] ?? []).filter(Number.isFinite);
    }
    positive(axis) {
      const values = this.values(axis);
      return values.length > 0 && values.every((value) => value >= 0) && values.some((value) => value > 0);
    }
    laterHalf() {
      const values = this.values("x");
      const end = Math.max(...values);
      const start = this.from ?? Math.min(...values);
      this.from = start + (end - start) / 2;
      const scale = this.state.logX ? (v) => Math.log10(Math.max(v, 1e-9)) : (v) => v;
      const seen = this.figure.series.flatMap((curve, place) => this.hidden.has(place) ? []
        : curve.y.filter((v, i) => Number.isFinite(v) && curve.x[i] >= this.from));
      const change = { "xaxis.range": [scale(this.from), scale(end)] };
      if (seen.length > 0) {
        const up = this.state.logY ? (v) => Math.log10(v) : (v) => v;
        const [low, high] = [up(Math.min(...seen)), up(Math.max(...seen))];
        const room = (high - low) * 0.06 || 0.5;
        change["yaxis.range"] = [low - room, high + room];
      }
      return Plotly.relayout(this.layer, change);
    }
    whole() {
      this.from = undefined;
      return Plotly.relayout(this.layer, { "xaxis.autorange": true, "yaxis.autorange": true });
    }
    controls(tools) {
      const title = this.figure.title;
      const buttons = make("div", "", tools);
      buttons.className = "buttons";
      const add = (text, does, action) => {
        const button = make("button", text, buttons);
        button.type = "button";
        button.setAttribute("aria-label", `${does}: ${title}`);
        button.addEventListener("click", () => action(button));
        return button;
      };
      const toggle = (text, does, key) => {
        add(text, does, (button) => {
          this.state[key] = !this.state[key];
          button.setAttribute("aria-pressed", this.state[key]);
          this.from = undefined;
          this.draw().then(() => this.whole());
        }).setAttribute("aria-pressed", this.state[key]);
      };
      if (this.figure.kind === "line") {
        if (this.positive("x")) toggle("Log x", "Logarithmic horizontal axis", "logX");
        if (this.positive("y")) toggle("Log y", "Logarithmic vertical axis", "logY");
        add("Later half", "Zoom into the later half", () => this.laterHalf());
      }
      if (this.figure.kind !== "bar") add("Whole", "Show the whole range", () => this.whole());
      for (const [place, item] of [...tools.querySelectorAll(".legend li")].entries()) {
        if (this.figure.series.length < 2) break;
        const button = document.createElement("button");
        button.type = "button";
        button.setAttribute("aria-pressed", "true");
        button.append(...item.childNodes);
        item.append(button);
        button.addEventListener("click", () => {
          if (!this.hidden.delete(place)) this.hidden.add(place);
          button.setAttribute("aria-pressed", !this.hidden.has(place));
          this.draw();
        });
      }
    }
  }

  for (const box of document.querySelectorAll(".plot")) {
    const figure = figures[Number(box.dataset.figure)];
    if (!figure || !kinds[figure.kind]) continue;
    const chart = new Chart(box, figure);
    chart.draw().then(() => {
      box.classList.add("live");
      live.push(chart);
      // plotly.js measures texts in a drawing of its own, which says nothing.
      document.getElementById("js-plotly-tester")?.setAttribute("aria-hidden", "true");
      chart.controls(box.previousElementSibling);
      chart.showThumbnails();
    });
  }
})();
