"""Drives a headless Chromium through its DevTools protocol over a pipe, with the standard library alone.

`Browser()` starts one with a profile that is thrown away; `browser.page()` opens a page that notes errors and requests.
"""

import base64
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

NAMES = ["chromium", "chromium-browser", "google-chrome"]
FLAGS = ["--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run", "--disable-extensions",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps", "--hide-scrollbars",
         "--metrics-recording-only", "--mute-audio", "--force-color-profile=srgb", "--disable-features=Translate,MediaRouter,OptimizationHints"]


def find():
    """The program's path, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """A Chromium of its own; ends with its `with`."""

    def __init__(self, width=1280, height=860):
        self.profile = tempfile.mkdtemp(prefix="latent-browser-")
        # Chromium reads descriptor 3 and writes descriptor 4: ours are moved out of their way first.
        to_read, self.to_write = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in os.pipe()]
        self.from_read, from_write = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in os.pipe()]
        words = [find(), *FLAGS, f"--user-data-dir={self.profile}", f"--window-size={width},{height}", "about:blank"]
        # Python's own descriptors do not pass to children; the two that are duplicated do.
        self.process = subprocess.Popen(words, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        preexec_fn=lambda: (os.dup2(to_read, 3), os.dup2(from_write, 4)))
        os.close(to_read)
        os.close(from_write)
        self.lock = threading.Condition()
        self.answers, self.pages, self.count, self.ended = {}, {}, 0, False
        self.size = (width, height)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        rest = b""
        while chunk := os.read(self.from_read, 1 << 20):
            *messages, rest = (rest + chunk).split(b"\0")
            for message in map(json.loads, messages):
                with self.lock:
                    if "id" in message:
                        self.answers[message["id"]] = message
                        self.lock.notify_all()
                    elif page := self.pages.get(message.get("sessionId")):
                        page._heard(message["method"], message.get("params", {}))
        with self.lock:
            self.ended = True
            self.lock.notify_all()

    def call(self, method, session=None, timeout=60, **parameters):
        """A command of the protocol and its result."""
        with self.lock:
            self.count += 1
            number = self.count
        message = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to_write, data):]
        with self.lock:
            if not self.lock.wait_for(lambda: number in self.answers or self.ended, timeout):
                raise TimeoutError(f"no answer to {method} within {timeout} s")
            if number not in self.answers:
                raise RuntimeError("the browser ended")
            answer = self.answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def page(self):
        """A page of its own."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        self.pages[session] = page
        page._start()
        return page

    def close(self):
        """Ends the program and throws its profile away."""
        try:
            self.call("Browser.close", timeout=5)
        except (RuntimeError, TimeoutError, OSError):
            self.process.kill()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Page:
    """A page: what a hand and an eye can do with it."""

    def __init__(self, browser, session):
        self.browser, self.session = browser, session
        self.errors, self.requests, self.downloads = [], [], []

    def _start(self):
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.call(f"{domain}.enable")
        width, height = self.browser.size
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method, **parameters):
        return self.browser.call(method, session=self.session, **parameters)

    def _heard(self, method, event):
        if method == "Runtime.consoleAPICalled" and event["type"] in ("error", "assert"):
            self.errors.append(" ".join(str(a.get("value", a.get("description"))) for a in event["args"]))
        elif method == "Runtime.exceptionThrown":
            details = event["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Log.entryAdded" and event["entry"]["level"] == "error":
            self.errors.append(f"{event['entry']['text']} {event['entry'].get('url', '')}")
        elif method == "Network.requestWillBeSent":
            self.requests.append(event["request"]["url"])

    def go(self, address, wait="document.readyState === 'complete'"):
        """Opens an address and waits until the expression is true."""
        self.call("Page.navigate", url=address)
        self.wait(f"location.href !== 'about:blank' && {wait}")

    def run(self, expression):
        """The value of an expression in the page; a promise is waited for."""
        result = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if details := result.get("exceptionDetails"):
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return result["result"].get("value")

    def wait(self, expression, seconds=20):
        """Waits until an expression is true, and gives its value."""
        end = time.monotonic() + seconds
        while True:
            try:
                # A node does not travel as a value: that it is there does.
                if value := self.run(f"((found) => found instanceof Node || found)({expression})"):
                    return value
            except RuntimeError as error:
                # Between two documents there is none to ask.
                if "context" not in str(error).lower() and "null" not in str(error).lower():
                    raise
            if time.monotonic() > end:
                raise TimeoutError(f"not true within {seconds} s: {expression}")
            time.sleep(0.03)

    def box(self, selector, text=None):
        """The rectangle of an element, scrolled into sight: left, top, width, height."""
        found = f"[...document.querySelectorAll({json.dumps(selector)})].find((node) => {'true' if text is None else f'node.textContent.includes({json.dumps(text)})'})"
        self.wait(f"Boolean({found})")
        return self.run(f"(() => {{ const node = {found}; node.scrollIntoView({{ block: 'center', behavior: 'instant' }}); const b = node.getBoundingClientRect(); return [b.left, b.top, b.width, b.height]; }})()")

    def mouse(self, kind, x, y, down=True):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if kind != "mouseMoved" or down else "none", buttons=1 if down else 0, clickCount=1)

    def still(self, selector, text=None, seconds=20):
        """The rectangle of an element once it rests for two frames and nothing covers its middle, as a hand would wait."""
        end = time.monotonic() + seconds
        while True:
            left, top, width, height = box = self.box(selector, text)
            middle = f"document.elementFromPoint({left + width / 2}, {top + height / 2})"
            seen = self.run(f"""new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {{
              const hit = {middle}?.closest({json.dumps(selector)});
              const b = hit?.getBoundingClientRect();
              done(b ? [b.left, b.top, b.width, b.height] : null);
            }})))""")
            if seen == box or time.monotonic() > end:
                return box
            time.sleep(0.03)

    def click(self, selector, text=None):
        """Clicks the middle of an element."""
        left, top, width, height = self.still(selector, text)
        x, y = left + width / 2, top + height / 2
        self.mouse("mouseMoved", x, y, down=False)
        self.mouse("mousePressed", x, y)
        self.mouse("mouseReleased", x, y, down=False)

    def drag(self, points):
        """Presses at the first point, moves through all and lets go at the last."""
        self.mouse("mouseMoved", *points[0], down=False)
        self.mouse("mousePressed", *points[0])
        for point in points[1:]:
            self.mouse("mouseMoved", *point)
        self.mouse("mouseReleased", *points[-1], down=False)

    def key(self, name, modifiers=0):
        """Presses a key: a letter, or Escape, Enter, Tab, ArrowLeft …"""
        number = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}.get(name)
        text = {"Enter": "\r"}.get(name, name if number is None and not modifiers else None)
        event = {"key": name, "modifiers": modifiers, "windowsVirtualKeyCode": number or ord(name.upper())}
        self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **event, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def fill(self, selector, text):
        """Types a text into a field in place of what it holds."""
        self.click(selector)
        self.run(f"document.querySelector({json.dumps(selector)}).select?.()")
        self.call("Input.insertText", text=text)

    def choose(self, selector, value):
        """Chooses a value of a list."""
        self.run(f"(() => {{ const node = document.querySelector({json.dumps(selector)}); node.value = {json.dumps(value)}; node.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()")

    def theme(self, name):
        """What the system is said to prefer: light or dark."""
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}, {"name": "prefers-reduced-motion", "value": "reduce"}])

    def offline(self, is_offline=True):
        self.call("Network.emulateNetworkConditions", offline=is_offline, latency=0, downloadThroughput=-1, uploadThroughput=-1)

    def picture(self, path):
        """Writes what is seen as a PNG."""
        data = self.call("Page.captureScreenshot", format="png", optimizeForSpeed=False)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))
