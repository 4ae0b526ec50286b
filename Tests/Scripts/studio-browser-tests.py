#!/usr/bin/env python3
"""The studio in a real Chromium: what a person would do there, on runs that are really trained.

studio-browser-tests.py LATENT [--pages FOLDER] [--keep FOLDER]
"""

import argparse
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback

root = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(root / "Tools"))
import browser  # noqa: E402
from studio import Studio, train  # noqa: E402

checks, failures = 0, []


def expect(name, condition, shown=""):
    global checks
    checks += 1
    if not condition:
        failures.append(name)
        print(f"FAILED {name}" + (f": {shown}" if shown != "" else ""))


def prepare(latent, runs):
    """The runs that the rooms are tried on: two that are sound, one that has collapsed, one of words."""
    train(latent, runs, "plain", "vae", "--epochs", "40", "--set", "latent=8")
    train(latent, runs, "other", "beta-vae", "--epochs", "30", "--set", "latent=8", "--set", "network=dense")
    train(latent, runs, "collapsed", "beta-vae", "--epochs", "10", "--set", "beta=60", "--set", "latent=8", "--set", "network=dense")
    train(latent, runs, "words", "vq-vae", "--epochs", "2")
    diagnosis = subprocess.run([latent, "diagnose", runs / "collapsed", "--json"], capture_output=True, text=True)
    expect("the collapsed run is found to be", json.loads(diagnosis.stdout)["findings"])


def form_and_curve(page, studio):
    page.go(studio.at("/new"), "document.querySelector('form.new-run')")
    page.fill("#amount", "6000")
    page.fill("input[name=latent]", "6")
    page.wait("document.getElementById('command').textContent.includes('--set latent=6')")
    expect("the form shows the command", "latent train vae --data digits --epochs 6000" in page.run("document.getElementById('command').textContent"))
    page.click("#start-run")
    page.wait("location.pathname.startsWith('/runs/')", 30)
    name = page.run("decodeURIComponent(location.pathname.split('/')[2])")
    page.wait("document.querySelector('.plot[data-drawn]')", 30)
    length = "(document.querySelector('.plot .layer').data?.[0]?.x.length ?? 0)"
    first = page.wait(f"{length} > 1 ? {length} : 0", 30)
    later = page.wait(f"{length} > {first} ? {length} : 0", 30)
    expect("the curve moves while the run trains", later > first, f"{first}, then {later} points")
    page.wait("/step [\\d\\u202f]+ of \\d/.test(document.querySelector('.progress-row').innerText)")
    expect("the progress is shown", True)
    page.click(".head-actions button", "Stop")
    page.wait("document.querySelector('.facts .status').textContent === 'interrupted'", 30)
    expect("stop is shown", True)
    page.click(".head-actions button", "Resume")
    page.wait("document.querySelector('.facts .status').textContent === 'running'", 30)
    expect("resume is shown", True)
    page.click(".head-actions button", "Stop")
    page.wait("document.querySelector('.facts .status').textContent !== 'running'", 30)
    return name


def refused_form(page, studio):
    page.go(studio.at("/new"), "document.querySelector('form.new-run')")
    page.fill("input[list=datasets]", "no-such-data")
    page.click("#start-run")
    said = page.wait("document.querySelector('.form-problem').textContent", 30)
    expect("a refusal has the command's own words", "no-such-data" in said, said)


def delete_and_undo(page, studio, name):
    page.go(studio.at("/"), f"document.querySelector('tr[data-run={json.dumps(name)}]')")
    row = f"tr[data-run={json.dumps(name)}]"
    page.click(f"{row} .actions button", "Delete")
    page.click("dialog button", "Cancel")
    expect("cancel keeps the run", (studio.runs / name).is_dir())
    page.click(f"{row} .actions button", "Delete")
    page.click("dialog button.danger")
    page.wait(f"!document.querySelector({json.dumps(row)})")
    expect("the run is in the trash", not (studio.runs / name).exists() and any((studio.runs / ".trash").iterdir()))
    page.click(".toast button", "Undo")
    page.wait(f"document.querySelector({json.dumps(row)})")
    expect("undo brings it back", (studio.runs / name / "run.json").is_file())


def runs_come_and_go(page, studio):
    """What begins and ends by itself is told without moving the page."""
    def begin(name):
        return studio.ask("/api/jobs", {"recipe": "vae", "data": "digits", "options": {"minutes": 5, "threads": 1, "name": name}})
    begin("first")
    while studio.ask("/api/runs?status=running")["total"] == 0:
        time.sleep(0.1)
    page.go(studio.at("/"), "document.querySelector('.live-card[data-run=first] .spark circle')")
    top = "document.querySelector('table.runs').getBoundingClientRect().top + scrollY"
    place = page.run(top)
    begin("second")
    page.wait("document.querySelector('.arrivals').checkVisibility() && document.querySelector('.arrivals').textContent.startsWith('second')", 30)
    studio.ask("/api/runs/first/stop", {})
    page.wait("document.querySelector('.live-card[data-run=first] .status').textContent === 'interrupted'", 30)
    expect("what comes and goes moves nothing", page.run(top) == place, f"{place}, then {page.run(top)}")
    expect("nor in the measure of browsers", page.run(SHIFTS) < 0.01, page.run(SHIFTS))
    expect("a run that began elsewhere waits for its row too", page.run("!document.querySelector('tr[data-run=second]')"))
    page.click(".arrivals")
    page.wait("document.querySelector('.live-card[data-run=second]')")
    page.wait("document.querySelector('table.runs tbody tr[data-run=second]')")
    expect("and a run that began elsewhere its row and its card when asked for", page.run("document.querySelector('.arrivals').hidden"))
    studio.ask("/api/runs/second/stop", {})
    page.wait("document.querySelector('.live-card[data-run=second] .status').textContent === 'interrupted'", 30)


def press_is_kept(page, studio):
    """A press goes on while what is told of the run changes: the row's numbers, its place, and rows around it."""
    page.go(studio.at("/"), "document.querySelector('table.runs')")
    kept = page.run("""(async () => {
      const { RunRows } = await import('/assets/run-table.js');
      const body = document.createElement('tbody');
      const rows = new RunRows(body);
      const run = (name, more) => ({ name, status: 'interrupted', recipe: 'vae', data: 'digits', step: 1, steps: 9, start: new Date().toISOString(), ...more });
      rows.show([run('one'), run('two')], () => {});
      const button = body.querySelector('[data-run=two] .actions button');
      let detached = false;
      new MutationObserver((news) => { for (const { removedNodes } of news) for (const node of removedNodes) if (node.contains(button)) detached = true; }).observe(body, { childList: true, subtree: true });
      rows.show([run('new'), run('two', { step: 7, elbo: -3 }), run('old')], () => {});
      await null;
      return { same: body.querySelector('[data-run=two] .actions button') === button, detached, text: body.querySelector('[data-run=two]').textContent, order: [...body.children].map((row) => row.dataset.run) };
    })()""")
    expect("news of a run leave its buttons where they are", kept["same"] and not kept["detached"], kept)
    expect("and are shown", "7 of 9" in kept["text"] and "−3" in kept["text"].replace("-", "−"), kept["text"])
    expect("rows stand in their order", kept["order"] == ["new", "two", "old"], kept["order"])


def filters(page, studio):
    page.go(studio.at("/"), "document.querySelectorAll('table.runs tbody tr').length >= 4")
    page.fill("main input[type=search]", "collapsed")
    page.wait("document.querySelectorAll('table.runs tbody tr').length === 1")
    expect("search leaves the one run", page.run("document.querySelector('table.runs tbody tr').dataset.run") == "collapsed")


def latent_room(page, studio):
    page.go(studio.at("/runs/plain/latent"), "document.querySelector('#decoded')?.src && document.querySelectorAll('.shelf button').length >= 12", )
    before = page.run("document.querySelector('#decoded').src")
    left, top, width, height = page.box(".sliders input")
    y = top + height / 2
    page.drag([(left + width / 2, y)] + [(left + width * (0.5 + 0.04 * n), y) for n in range(1, 11)])
    page.wait(f"document.querySelector('#decoded').src !== {json.dumps(before)}")
    moved = page.run("document.querySelector('.sliders output').textContent")
    expect("the slider moved", moved != "0.00", moved)
    expect("the latency is shown", re.match(r"\d+ ms", page.run("document.querySelector('.latency').textContent")))
    expect("the command is shown", page.run("document.getElementById('command').textContent").startswith("latent decode"))
    page.click("#undo")
    page.wait(f"document.querySelector('#decoded').src === {json.dumps(before)}")
    expect("undo shows the first picture again", True)
    page.click("#pin")
    page.click(".shelf:not(.pins) li:nth-child(1) button")
    page.click(".shelf:not(.pins) li:nth-child(4) button")
    page.wait("document.querySelectorAll('.path-strip button').length === 9")
    straight = page.run("[...document.querySelectorAll('.path-strip img')].map((image) => image.src)")
    expect("the way has nine pictures that differ", len(set(straight)) > 4)
    for kind in ["spherical", "geodesic"]:
        page.run(f"document.querySelector('input[value={kind}]').click()")
        page.wait(f"[...document.querySelectorAll('.path-strip img')].map((image) => image.src).join() !== {json.dumps(','.join(straight))} && document.querySelector('.path-strip').closest('section').textContent.includes('{kind}.')", 40)
        expect(f"a {kind} way is another", True)
    page.run("""(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
      const pen = canvas.getContext('2d'); pen.fillRect(0, 0, 40, 40); pen.strokeStyle = 'white'; pen.lineWidth = 6; pen.strokeRect(12, 6, 16, 28);
      const blob = await new Promise((done) => canvas.toBlob(done));
      const data = new DataTransfer(); data.items.add(new File([blob], 'mine.png', { type: 'image/png' }));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    })()""")
    page.wait("document.querySelector('.shelf button[aria-label^=\"mine.png\"]')")
    expect("an own picture is encoded", True)
    for form in ["png", "gif", "npy"]:
        got = page.run(f"""(async () => {{
          const code = Array.from({{ length: 8 }}, () => 0.5);
          const answer = await fetch('/api/runs/plain/export', {{ method: 'POST', headers: {{ 'content-type': 'application/json' }}, body: JSON.stringify({{ codes: [code, code.map((z) => -z)], format: '{form}' }}) }});
          return [answer.status, [...new Uint8Array(await answer.arrayBuffer())].slice(0, 6)];
        }})()""")
        head = {"png": [0x89, 0x50], "gif": [0x47, 0x49], "npy": [0x93, 0x4E]}[form]
        expect(f"export as {form}", got[0] == 200 and got[1][:2] == head, got)


def words_room(page, studio):
    page.go(studio.at("/runs/words/latent"), "document.querySelectorAll('.code-grid button').length > 1 && document.querySelector('#decoded')?.src")
    words = "[...document.querySelectorAll('.code-grid button')].map((cell) => cell.textContent)"
    page.click(".code-grid button:nth-child(1)")
    page.fill("#word", "7")
    page.run("document.querySelector('#word').dispatchEvent(new Event('change'))")
    page.wait(f"{words}[0] === '7'")
    before, picture = page.run(words), page.run("document.querySelector('#decoded').src")
    page.run("document.querySelectorAll('.code-grid button')[0].getAttribute('aria-selected') === 'true' || document.querySelectorAll('.code-grid button')[0].click()")
    page.run("document.querySelectorAll('.code-grid button')[1].click()")
    after = page.run(words)
    expect("two words change places", after[:2] == [before[1], before[0]], f"{before[:2]} → {after[:2]}")
    expect("and are decoded", bool(picture))


def lasso(page, studio):
    page.go(studio.at("/runs/plain/map"), "document.querySelector('.plot[data-drawn]')")
    left, top, width, height = page.box(".map-plot")
    x, y = left + width / 2, top + height / 2
    page.drag([(x + dx * width, y + dy * height) for dx, dy in [(-0.2, -0.2), (0, -0.28), (0.2, -0.2), (0.25, 0), (0.2, 0.2), (0, 0.28), (-0.2, 0.2), (-0.25, 0), (-0.2, -0.19)]])
    count = page.wait("Number(document.querySelector('.region-content')?.dataset.count)", 30)
    expect("the lasso holds examples", count > 0, count)
    expect("and shows them", page.run("document.querySelectorAll('.thumbs img').length") == min(64, count))
    expect("and the decoded mean of their codes", page.run("Boolean(document.querySelector('.region-mean img'))"))
    page.choose("#colour", "score")
    page.wait("document.querySelector('.scale-key')", 30)
    expect("colours by anomaly score have a scale", True)


def comparison(page, studio):
    page.go(studio.at("/"), "document.querySelectorAll('table.runs tbody tr').length >= 4")
    for name in ["plain", "other"]:
        page.click(f"tr[data-run={name}] input[type=checkbox]")
    page.click(".compare-bar button", "Compare")
    page.wait("document.querySelector('table.metrics') && document.querySelector('.plot[data-drawn]')", 40)
    expect("both runs' curves are there", page.run("document.querySelector('.plot .layer').data.length") == 2)
    expect("metrics have intervals", page.run("document.querySelectorAll('table.metrics tbody tr').length") > 0)
    expect("the settings that differ are there", "recipe" in page.run("document.querySelector('.settings-table').textContent") or "beta" in page.run("document.querySelector('.settings-table').textContent"))
    page.wait("document.querySelectorAll('.reconstructions img').length === 24", 40)
    expect("both give back the same eight examples", True)
    page.click(".stitching button")
    page.wait("document.querySelectorAll('.matrix tbody td').length === 4", 120)
    expect("the stitching matrix has numbers", all(re.search(r"\d", text) for text in page.run("[...document.querySelectorAll('.matrix tbody td')].map((cell) => cell.textContent)")))


def doctor(page, studio):
    page.go(studio.at("/runs/collapsed/doctor"), "document.querySelector('.finding')")
    expect("evidence is drawn", page.run("document.querySelectorAll('.bullet svg').length") > 0)
    page.click("button[data-remedy]")
    page.wait("location.pathname.startsWith('/runs/') && !location.pathname.includes('collapsed')", 40)
    name = page.run("decodeURIComponent(location.pathname.split('/')[2])")
    page.wait(f"document.querySelector('h1').textContent === {json.dumps(name)}")
    page.wait("['running', 'finished'].includes(document.querySelector('.facts .status')?.textContent)", 30)
    expect("the remedy is a new run", (studio.runs / name / "run.json").is_file() and name != "collapsed")


def atlas(page, studio):
    page.go(studio.at("/atlas"), "document.querySelectorAll('.paper').length > 300")
    expect("every paper is there", page.run("document.querySelectorAll('.paper').length") == 353)
    page.fill("main input[type=search]", "normalizing flows")
    page.wait("document.querySelectorAll('.paper').length < 50")
    expect("search by words", "Normalizing Flows" in page.run("document.querySelector('.papers').textContent"))
    page.run("document.querySelector('input[value=like]').click()")
    page.fill("main input[type=search]", "codes that the decoder ignores")
    page.wait("document.querySelectorAll('.paper').length > 0 && document.getElementById('command').textContent.includes('--like')")
    expect("search by meaning", "ollapse" in page.run("document.querySelector('.papers').textContent"))
    page.click(".paper summary")
    page.click(".paper-actions button", "Papers like this one")
    page.wait("/^P\\d{3}$/.test(document.querySelector('main input[type=search]').value)")
    expect("papers like this one", page.run("document.querySelectorAll('.paper').length") > 1)


def run_a_paper(page, studio):
    page.go(studio.at("/atlas?query=sliced-wasserstein"), "document.querySelector('.paper[data-paper=P300]') && document.querySelectorAll('.paper').length < 50")
    page.click(".paper[data-paper=P300] summary")
    page.click(".paper[data-paper=P300] .run-here button")
    # A quick one may have ended before the first look.
    page.wait("document.querySelector('.reproduction')?.textContent.includes('At work') || document.querySelector('.reproduction strong')")
    expect("the command of a reproduction is shown", "latent reproduce P300 --quick" in page.run("document.getElementById('command').textContent"))
    said = page.wait("document.querySelector('.reproduction strong')?.textContent", 90)
    expect("a paper is measured here", said.startswith("Measured here"), said)
    expect("with a table of its claims", page.run("document.querySelectorAll('.reproduction .claims tbody tr').length") > 0)


def narrow(page, studio):
    page.call("Emulation.setDeviceMetricsOverride", width=420, height=860, deviceScaleFactor=1, mobile=False)
    for room, (path, ready) in ROOMS.items():
        page.go(studio.at(path), ready)
        width = page.run("document.documentElement.scrollWidth")
        expect(f"{room} fits a narrow window", width <= 420, f"{width} pixels")
    width, height = page.browser.size
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)


def report_offline(page, studio, work):
    report = work / "report.html"
    report.write_bytes((studio.runs / "plain" / "report.html").read_bytes())
    page.offline()
    page.go(report.as_uri(), "document.querySelector('.plot.live')")
    expect("the report opens without a network, with live charts", page.run("document.querySelectorAll('.plot.live').length") > 1)
    page.offline(False)


ROOMS = {
    "runs": ("/", "document.querySelector('table.runs tbody tr')"),
    "new": ("/new", "document.querySelectorAll('.form-group .field').length > 10"),
    "run": ("/runs/plain", "document.querySelector('.plot[data-drawn]')"),
    "latent": ("/runs/plain/latent", "document.querySelectorAll('.shelf img').length >= 12"),
    "words": ("/runs/words/latent", "document.querySelectorAll('.shelf img').length >= 12"),
    "map": ("/runs/plain/map", "document.querySelector('.plot[data-drawn]')"),
    "compare": ("/compare?run=plain&run=other", "document.querySelectorAll('.reconstructions img').length > 8 && document.querySelector('table.metrics')"),
    "doctor": ("/runs/collapsed/doctor", "document.querySelector('.finding') && document.querySelector('.rates')"),
    "atlas": ("/atlas", "document.querySelectorAll('.paper').length > 300"),
}


# The text whose contrast with what lies behind it is below WCAG's AA: 4.5, or 3 for large text.
CONTRAST = """(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const over = (top, below) => { const alpha = top[3] ?? 1; return [0, 1, 2].map((part) => top[part] * alpha + below[part] * (1 - alpha)); };
  const light = (color) => { const [r, g, b] = color.map((part) => { const value = part / 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = (node) => { const layers = []; for (let at = node; at; at = at.parentElement) layers.unshift(parse(getComputedStyle(at).backgroundColor)); return layers.reduce((below, top) => over(top, below), [255, 255, 255]); };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest('svg, .unseen, .skip, [hidden], :disabled, script, noscript, #js-plotly-tester') || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    if (!style.color.startsWith('rgb') || style.backgroundColor.startsWith('color')) continue;
    const below = behind(node);
    const [a, b] = [light(over(parse(style.color), below)), light(below)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 600) ? 3 : 4.5;
    if ((a + 0.05) / (b + 0.05) < needed) poor.push(`${walker.currentNode.textContent.trim().slice(0, 30)} ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return [...new Set(poor)];
})()"""

# How far things moved by themselves since the page was opened, by the measure of browsers.
SHIFTS = """new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 150); })"""


def both_themes(page, studio):
    for theme, paper in [("light", "rgb(248, 248, 246)"), ("dark", "rgb(18, 21, 24)")]:
        page.theme(theme)
        for room, (path, ready) in ROOMS.items():
            page.go(studio.at(path), ready)
            expect(f"{room} is {theme}", page.run("getComputedStyle(document.body).backgroundColor") == paper)
            poor = page.run(CONTRAST)
            expect(f"text in {room}, {theme}, has AA contrast", not poor, poor)
            moved = page.run(SHIFTS)
            expect(f"{room} does not jump", moved < 0.05, f"layout shift {moved:.3f}")
            text = page.run("document.body.innerText")
            expect(f"{room} says nothing that a program forgot", not re.search(r"\[object|undefined|NaN", text), re.findall(r".{0,30}(?:\[object|undefined|NaN).{0,30}", text)[:3])
            unnamed = page.run("""[...document.querySelectorAll('main :is(button, a, input, select)')].filter((node) => node.type !== 'hidden'
              && !(node.textContent.trim() || node.getAttribute('aria-label') || node.title || node.labels?.length || node.querySelector('img[alt]:not([alt=""])'))).map((node) => node.outerHTML.slice(0, 120))""")
            expect(f"everything in {room} has a name", not unnamed, unnamed)
    page.theme("light")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("latent", type=pathlib.Path)
    words.add_argument("--pages", help="a folder of pages in place of those compiled in")
    words.add_argument("--keep", type=pathlib.Path, help="use and keep this folder of runs")
    words.add_argument("--only", help="one of the tests by its name")
    given = words.parse_args()
    if not browser.find():
        print("skipped: there is no chromium; apt-get install chromium")
        return 0
    latent = given.latent.resolve()
    with tempfile.TemporaryDirectory(prefix="latent-studio-") as folder:
        work = pathlib.Path(folder)
        runs = given.keep or work / "runs"
        if not (runs / "words").is_dir():
            prepare(latent, runs)
        with Studio(latent, runs, given.pages) as studio, browser.Browser() as chromium:
            page = chromium.page()
            page.theme("light")
            page.go(studio.address, "document.querySelector('table.runs')")
            expect("the address keeps no token", page.run("location.search") == "")

            def attempt(name, action, *arguments):
                if given.only and given.only != name:
                    return None
                start = time.monotonic()
                try:
                    return action(page, studio, *arguments)
                except Exception as error:
                    expect(name.replace("_", " "), False, f"{error}\n    {page.run('document.querySelector(`main`)?.innerText?.slice(0, 400)')}")
                    if os.environ.get("LATENT_TRACE"):
                        traceback.print_exc()
                finally:
                    if os.environ.get("LATENT_TRACE"):
                        print(f"{name} {time.monotonic() - start:.1f} s", flush=True)

            name = attempt("form_and_curve", form_and_curve)
            attempt("refused_form", refused_form)
            # That a form is refused is an answer 422, which the browser notes as an error of the network.
            page.errors[:] = [error for error in page.errors if "422" not in error]
            if name:
                attempt("delete_and_undo", delete_and_undo, name)
            for test in [runs_come_and_go, press_is_kept, filters, latent_room, words_room, lasso, comparison, doctor, atlas, run_a_paper, both_themes, narrow]:
                attempt(test.__name__, test)
            attempt("report_offline", report_offline, work)
            expect("no console error", not page.errors, page.errors[:5])
            strangers = {address for address in page.requests if not re.match(rf"(data:|blob:|about:|file:|http://127\.0\.0\.1:{studio.port}/)", address)}
            expect("no request leaves loopback", not strangers, strangers)
            expect("requests were seen at all", given.only or len(page.requests) > 50)
    print(f"{pathlib.Path(__file__).name}: {checks} checks, {len(failures)} failed")
    return 1 if failures else 0


sys.exit(main())
