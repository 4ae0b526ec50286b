#!/usr/bin/env python3
"""How quick the studio is in a real Chromium, printed as a table: studio-pages.py LATENT [--pages FOLDER].

Slider: from a move of the hand to the new picture in the page, 100 moves on digits. Event: from the line in a run's
log to the chart that shows it, 20 lines. List: from the address to the rows of 1,000 runs on the screen, 5 times.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

root = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root / "Tools"))
import browser  # noqa: E402
from studio import Studio, train  # noqa: E402


def row(name, milliseconds):
    """A line of the table: median, 95th percentile, largest."""
    values = sorted(milliseconds)
    late = values[min(len(values) - 1, int(0.95 * len(values)))]
    print(f"{name:<58} {statistics.median(values):8.1f} {late:8.1f} {values[-1]:8.1f}   n={len(values)}")


def sliders(page, studio):
    """Each move waits for its picture; the time is taken in the page, to the end of the picture's decoding."""
    page.go(studio.at("/runs/plain/latent"), "document.querySelector('#decoded')?.src && document.querySelectorAll('.shelf img').length >= 12")
    return page.run("""(async () => {
      const input = document.querySelector('.sliders input');
      const picture = document.querySelector('#decoded');
      const times = [];
      for (let move = 0; move < 105; move += 1) {
        input.value = Number(input.min) + (Number(input.max) - Number(input.min)) * (0.1 + 0.8 * ((move * 37) % 100) / 100);
        const before = picture.src;
        const start = performance.now();
        input.dispatchEvent(new Event('input', { bubbles: true }));
        while (picture.src === before && performance.now() - start < 2000) await new Promise((done) => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); });
        await picture.decode();
        times.push(performance.now() - start);
      }
      return times.slice(5);
    })()""")


def events(page, studio):
    """Lines are added to the log of a run that says it is at work; the page says when its curve has the point."""
    run = studio.runs / "written"
    if not run.is_dir():
        subprocess.run(["cp", "-r", studio.runs / "plain", run], check=True)
    page.go(studio.at("/runs/written"), "document.querySelector('.plot[data-drawn]')")
    times = []
    for number in range(20):
        step = 1_000_000 + number
        event = {"step": step, "epoch": 1, "split": "train", "terms": {"elbo": {"value": -20 - number % 3, "unit": "nat"}}}
        page.run(f"window.seen = new Promise((done) => {{ const look = () => (document.querySelector('.plot .layer').data?.[0]?.x.at(-1) === {step} ? requestAnimationFrame(() => done(Date.now())) : setTimeout(look, 1)); look(); }}); 0")
        written = time.time()
        with open(run / "events.jsonl", "a") as log:
            log.write(json.dumps(event) + "\n")
        times.append(page.run("window.seen") - written * 1000)
        time.sleep(0.07)
    return times


def lists(page, studio):
    """From the order to open the page until a row and the filters are there and can be used."""
    times = []
    for _ in range(6):
        page.call("Page.navigate", url="about:blank")
        start = time.perf_counter()
        page.go(studio.at("/"), "document.querySelectorAll('table.runs tbody tr').length >= 50")
        times.append((time.perf_counter() - start) * 1000)
    return times


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("latent", type=pathlib.Path)
    words.add_argument("--pages")
    given = words.parse_args()
    program = given.latent.resolve()
    print(f"{'milliseconds':<58} {'median':>8} {'p95':>8} {'largest':>8}")
    with tempfile.TemporaryDirectory(prefix="latent-bench-") as folder, browser.Browser() as chromium:
        page = chromium.page()
        runs = pathlib.Path(folder) / "runs"
        train(program, runs, "plain", "vae", "--epochs", "20")
        with Studio(program, runs, given.pages) as studio:
            page.go(studio.address, "document.querySelector('table.runs')")
            row("slider: a move → its picture decoded", sliders(page, studio))
            row("event: a line in the log → its point drawn", events(page, studio))
        many = pathlib.Path(folder) / "many"
        subprocess.run([sys.executable, root / "Benchmarks/synthesize-runs.py", many, "1000"], check=True)
        with Studio(program, many, given.pages) as studio:
            page.go(studio.address, "document.querySelector('table.runs')")
            row("list: the address → 50 rows of 1,000 runs, usable", lists(page, studio))
    return 0


sys.exit(main())
