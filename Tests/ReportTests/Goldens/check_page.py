"""Checks a page and prints what is in it as JSON; fails with the first fault.

Every element is closed where it should be, names are unique and referred to, nothing points out of
the page, no attribute is a script, every picture has a text, and the data between scripts is JSON.
"""

import json
import sys
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "hr", "link", "input", "path", "rect", "circle"}
LINKS = {"src", "href", "action", "data", "poster", "srcset", "xlink:href"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.names, self.references = [], [], []
        self.alts, self.descriptions, self.scripts, self.texts = [], [], [], []
        self.headings = []

    def note(self, tag, attributes):
        values = dict(attributes)
        assert len(values) == len(attributes), f"twice the same attribute in {tag}"
        if "id" in values:
            self.names.append(values["id"])
        for key in ("aria-labelledby", "aria-describedby"):
            self.references += (values.get(key) or "").split()
        for key, value in values.items():
            assert not key.startswith("on"), f"{tag} {key}"
            if key in LINKS:
                assert value.startswith("#") or value.startswith("data:image/png;base64,"), value
                if value.startswith("#"):
                    self.references.append(value[1:])
        if tag == "img":
            assert values.get("alt"), "a picture without a text"
            assert values.get("width") and values.get("height"), "a picture without a size"
            self.alts.append(values["alt"])
        if tag == "script":
            self.scripts.append([values.get("type", ""), ""])

    def handle_starttag(self, tag, attributes):
        self.note(tag, attributes)
        assert tag not in VOID, f"{tag} is not closed"
        self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.note(tag, attributes)
        assert tag in VOID, f"{tag} closes itself"

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> within {self.open[-3:]} {self.getpos()}"
        self.open.pop()

    def handle_data(self, data):
        tag = self.open[-1] if self.open else ""
        if tag == "script":
            self.scripts[-1][1] += data
        elif tag == "desc":
            self.descriptions.append(data)
        elif tag in ("h1", "h2", "h3"):
            self.headings.append([tag, data])
        elif tag != "style" and data.strip():
            self.texts.append(data.strip())


text = open(sys.argv[1], encoding="utf-8").read()
page = Page()
page.feed(text)
page.close()
assert not page.open, page.open
assert len(set(page.names)) == len(page.names), "a name is used twice"
missing = [name for name in page.references if name not in page.names]
assert not missing, missing
data = [json.loads(body) for kind, body in page.scripts if kind == "application/json"]
print(
    json.dumps(
        {
            "alts": page.alts,
            "descriptions": page.descriptions,
            "headings": page.headings,
            "scripts": len(page.scripts),
            "figures": len(data[0]) if data else 0,
            "texts": page.texts,
        }
    )
)
