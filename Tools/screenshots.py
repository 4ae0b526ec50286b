#!/usr/bin/env python3
"""Writes docs/images/studio-ROOM-THEME.png: every room of the studio in both themes, from runs that are really trained.

screenshots.py LATENT [--pages FOLDER] [--out FOLDER] [ROOM…]
"""

import argparse
import math
import pathlib
import struct
import sys
import tempfile
import zlib

root = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(root / "Tools"))
import browser  # noqa: E402
from studio import Studio, train  # noqa: E402

SIZE = (1280, 860)
MOST = 150_000


def example(page, first, second):
    """Two examples taken, so that the way between them is seen."""
    for place in (first, second):
        page.run(f"document.querySelectorAll('.shelf:not(.pins) button')[{place}].click()")
        page.wait("document.querySelector('.latency').textContent.includes('ms')")
    page.wait("document.querySelectorAll('.path-strip button').length === 9")


def latent(page):
    page.run("document.querySelectorAll('.shelf:not(.pins) button')[3].click()")
    left, top, width, height = page.box(".sliders input")
    page.drag([(left + width / 2, top + height / 2), (left + width * 0.66, top + height / 2)])
    page.wait("Number(document.querySelector('.stage').dataset.decoded) > 2")


def lasso(page):
    """Around the middle of one group, wherever the layout has put it."""
    left, top, _, _ = page.box(".map-plot")
    page.run("scrollTo(0, 0)")
    left, top = page.run("(() => { const b = document.querySelector('.map-plot').getBoundingClientRect(); return [b.left, b.top]; })()")
    points = page.run("""(() => {
      const plot = document.querySelector('.map-plot .layer'), { xaxis, yaxis } = plot._fullLayout;
      const group = plot.data.find(({ name }) => name === '0');
      return group.x.map((x, place) => [xaxis.l2p(x) + xaxis._offset, yaxis.l2p(group.y[place]) + yaxis._offset]);
    })()""")
    middle = [sorted(point[axis] for point in points)[len(points) // 2] for axis in (0, 1)]
    reach = sorted(math.dist(point, middle) for point in points)[int(len(points) * 0.9)] + 14
    around = [(left + middle[0] + reach * math.cos(turn / 24 * 2 * math.pi), top + middle[1] + reach * math.sin(turn / 24 * 2 * math.pi)) for turn in range(24)]
    page.drag(around)
    page.wait("document.querySelector('.region-content')", 30)
    page.mouse("mouseMoved", 5, 5, down=False)


def alive(page):
    page.run("new Promise((done) => setTimeout(done, 3000))")


def opened(page):
    page.run("document.querySelector('.paper summary').click()")


ROOMS = {
    "runs": ("/", "document.querySelectorAll('table.runs tbody tr').length > 4 && document.querySelector('.live-card .spark circle')", alive),
    "new": ("/new", "document.querySelectorAll('.form-group .field').length > 10", None),
    "run": ("/runs/vae-latent-16", "document.querySelectorAll('.plot[data-drawn]').length > 1", None),
    "latent": ("/runs/vae-latent-16/latent", "document.querySelectorAll('.shelf img').length >= 12", latent),
    "interpolation": ("/runs/vae-latent-16/latent", "document.querySelectorAll('.shelf img').length >= 12", lambda page: (example(page, 0, 5), page.run("document.querySelector('#pin').click()"), page.run("scrollTo(0, document.body.scrollHeight)"))),
    "words": ("/runs/vq-vae/latent", "document.querySelectorAll('.shelf img').length >= 12", lambda page: page.run("document.querySelectorAll('.shelf:not(.pins) button')[2].click()")),
    "map": ("/runs/vae-latent-16/map?method=tsne", "document.querySelector('.plot[data-drawn]')", lasso),
    "compare": ("/compare?run=vae-latent-16&run=vae-latent-4&run=beta-vae-4", "document.querySelectorAll('.reconstructions img').length > 8 && document.querySelector('table.metrics') && document.querySelector('.plot[data-drawn]')", None),
    "doctor": ("/runs/beta-vae-40/doctor", "document.querySelector('.finding') && document.querySelector('.rates')", None),
    "atlas": ("/atlas", "document.querySelectorAll('.paper').length > 300", opened),
}


def prepare(program, runs):
    train(program, runs, "vae-latent-16", "vae", "--epochs", "200", "--set", "latent=16")
    train(program, runs, "vae-latent-4", "vae", "--epochs", "200", "--set", "latent=4")
    train(program, runs, "beta-vae-4", "beta-vae", "--epochs", "150", "--set", "latent=16", "--set", "network=dense")
    train(program, runs, "beta-vae-40", "beta-vae", "--epochs", "20", "--set", "latent=10", "--set", "network=dense", "--set", "beta=40")
    train(program, runs, "vq-vae", "vq-vae", "--epochs", "5")


def recompressed(data):
    """The same picture with the rows' filters chosen anew and packed as small as zlib can."""
    place, header, body = 8, None, b""
    while place < len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        content = data[place + 8:place + 8 + size]
        header = content if kind == b"IHDR" else header
        body += content if kind == b"IDAT" else b""
        place += size + 12
    width, height, depth, colour = struct.unpack_from(">IIBB", header)
    channels = {2: 3, 6: 4}[colour]
    assert depth == 8
    raw, stride = zlib.decompress(body), width * channels
    rows, above = [], bytes(stride)
    for number in range(height):
        kind, line = raw[number * (stride + 1)], bytearray(raw[number * (stride + 1) + 1:(number + 1) * (stride + 1)])
        for x in range(stride if kind else 0):
            left = line[x - channels] if x >= channels else 0
            corner = above[x - channels] if x >= channels else 0
            up = above[x]
            if kind == 4:
                guess = left + up - corner
                a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
                guess = left if a <= b and a <= c else up if b <= c else corner
            else:
                guess = [0, left, up, (left + up) // 2][kind]
            line[x] = (line[x] + guess) & 255
        above = bytes(line)
        rows.append(above)
    # Flat areas and texts: no filter, or the difference to the row above; transparency is never used.
    opaque = [bytes(b"".join(row[x:x + 3] for x in range(0, stride, 4))) if channels == 4 else row for row in rows]
    colours = {}
    for row in opaque:
        for x in range(0, len(row), 3):
            colours.setdefault(row[x:x + 3], len(colours))
    if len(colours) <= 256:
        packed = [bytes(colours[row[x:x + 3]] for x in range(0, len(row), 3)) for row in opaque]
        palette = b"".join(colours)
        return _png(width, height, 3, packed, palette)
    return _png(width, height, 2, opaque, None)


def _png(width, height, colour, rows, palette):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    best = None
    for kind in (0, 2):
        above, body = bytes(len(rows[0])), []
        for row in rows:
            body.append(bytes([kind]) + (row if kind == 0 else bytes((a - b) & 255 for a, b in zip(row, above))))
            above = row
        packed = zlib.compress(b"".join(body), 9)
        best = packed if best is None or len(packed) < len(best) else best
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + (chunk(b"PLTE", palette) if palette else b"") + chunk(b"IDAT", best) + chunk(b"IEND", b"")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("latent", type=pathlib.Path)
    words.add_argument("rooms", nargs="*")
    words.add_argument("--pages")
    words.add_argument("--runs", type=pathlib.Path, help="a folder of runs that is kept")
    words.add_argument("--out", type=pathlib.Path, default=root / "docs/images")
    given = words.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    program = given.latent.resolve()
    with tempfile.TemporaryDirectory(prefix="latent-pictures-") as folder:
        runs = given.runs or pathlib.Path(folder) / "runs"
        if not (runs / "vq-vae").is_dir():
            prepare(program, runs)
        with Studio(program, runs, given.pages) as studio, browser.Browser(*SIZE) as chromium:
            page = chromium.page()
            page.go(studio.address, "document.querySelector('table.runs')")
            rooms = given.rooms or list(ROOMS)
            # One at work, so that the list is alive.
            if "runs" in rooms:
                page.run("fetch('/api/jobs', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ recipe: 'iwae', data: 'digits', settings: {}, options: { epochs: 4000, name: 'iwae-at-work' } }) }).then((answer) => answer.status)")
            for theme in ("light", "dark"):
                page.theme(theme)
                for room in rooms:
                    path, ready, then = ROOMS[room]
                    page.go(studio.at(path), ready)
                    if then:
                        then(page)
                    # Fonts and charts settle.
                    page.run("new Promise((done) => setTimeout(done, 500))")
                    path = given.out / f"studio-{room}-{theme}.png"
                    page.picture(path)
                    data = path.read_bytes()
                    smaller = recompressed(data)
                    path.write_bytes(min(data, smaller, key=len))
                    size = path.stat().st_size
                    print(f"{path.name} {size // 1000} kB" + (" — too large" if size > MOST else ""))
            if "runs" in rooms:
                page.run("fetch('/api/runs/iwae-at-work/stop', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then((answer) => answer.status)")
                page.run("new Promise((done) => setTimeout(done, 2000))")
            for error in page.errors:
                print(f"error: {error}", file=sys.stderr)
    return 1 if page.errors else 0


sys.exit(main())
