#!/usr/bin/env python3
"""Measures what the studio costs: studio.py [PATH-OF-LATENT].

With 1,000 and 10,000 runs: the list at the first and at later requests, alone, beside 200 event streams and beside 200 clients
that never read. With a trained run: a slider (one code decoded over one connection), an event from the log's line to the
listener, a job from its kill to the page. Exits with 1 if more than one in twenty breaks a bound of the design: 200 ms a list
(after the first), 50 ms a slider, 2 s a kill.
"""

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "Tools"))
import studio as tools  # noqa: E402

latent = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else here.parent / "bin/latent").resolve()
broken = []


class Studio(tools.Studio):
    """A studio with a client on one connection that is kept, and its cost."""

    def __init__(self, runs):
        super().__init__(latent, runs)
        self.used = time.monotonic()
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)

    def ask(self, path, body=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers |= {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/json"}
        if time.monotonic() - self.used > 5:
            # The studio hangs up on who is silent.
            self.connection.close()
        self.used = time.monotonic()
        self.connection.request("GET" if body is None else "POST", path, None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        content = answer.read()
        return json.loads(content) if answer.getheader("Content-Type") == "application/json" else content

    def raw(self, path):
        client = socket.create_connection(("127.0.0.1", self.port))
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode())
        return client

    def cost(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return {
            "cpu": (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"),
            "threads": int(re.search(r"Threads:\s*(\d+)", status)[1]),
            "MB": int(re.search(r"VmRSS:\s*(\d+)", status)[1]) / 1024,
        }


def timed(work, count=30, pause=0.3):
    """Milliseconds of each of several calls, far enough apart that none is answered from the moment before."""
    times = []
    for _ in range(count):
        time.sleep(pause)
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    return times


def show(what, times, bound=None):
    most = sorted(times)[int(0.95 * (len(times) - 1))]
    print(f"{what:<56} median {statistics.median(times):8.1f}   95 % {most:8.1f}   worst {max(times):8.1f} ms", flush=True)
    if bound is not None and most > bound:
        broken.append(f"{what}: {most:.0f} ms, bound {bound} ms")


def many(count, folder):
    runs = f"{folder}/runs-{count}"
    subprocess.run([sys.executable, str(here / "synthesize-runs.py"), runs, str(count)], check=True, stdout=subprocess.DEVNULL)
    with Studio(runs) as studio:
        start = time.perf_counter()
        studio.ask("/api/runs?limit=50")
        show(f"{count} runs, the first list of a studio", [(time.perf_counter() - start) * 1e3])
        listing = lambda: studio.ask("/api/runs?limit=50&query=vae")
        show(f"{count} runs, a list", timed(listing), 200)
        clients = [studio.raw("/api/events") for _ in range(200)]
        time.sleep(1)
        before = studio.cost()
        show(f"{count} runs, a list beside 200 event streams", timed(listing), 200)
        time.sleep(5)
        after = studio.cost()
        print(f"  with 200 streams: {after['threads']} threads, {after['MB']:.0f} MB")
        slow = [studio.raw("/lib/plotly.js") for _ in range(200)]
        show(f"{count} runs, a list beside 200 clients that never read", timed(listing, 15), 200)
        begin = studio.cost()
        time.sleep(5)
        end = studio.cost()
        print(f"  then idle: {100 * (end['cpu'] - begin['cpu']) / 5:.0f} % of one processor, {end['threads']} threads, {end['MB']:.0f} MB")
        for client in clients + slow:
            client.close()


def rooms(folder):
    runs = f"{folder}/runs"
    tools.train(latent, runs, "run", "vae", "--epochs", "2")
    with Studio(runs) as studio:
        size = studio.ask("/api/runs/run/axes")["codeShape"][0]
        place = iter(range(10**9))

        def slide():
            answer = studio.ask("/api/runs/run/decode", {"codes": [[next(place) % 60 / 10 - 3] * size]})
            assert len(answer["pictures"]) == 1, answer

        show("a slider on the digits", timed(slide, 200, 0), 50)

        listener = studio.raw("/api/events?run=run")
        listener.settimeout(10)
        time.sleep(1)
        listener.recv(65536)
        times = []
        for step in range(1000, 1020):
            time.sleep(0.37)
            start = time.perf_counter()
            with open(f"{runs}/run/events.jsonl", "a") as file:
                file.write(json.dumps({"epoch": 1, "split": "train", "step": step, "terms": {"elbo": {"unit": "nat", "value": -1}}}) + "\n")
            text = b""
            while f'"step":{step}'.encode() not in text:
                text += listener.recv(65536)
            times.append((time.perf_counter() - start) * 1e3)
        show("an event from the log to the page", times)

        states = studio.raw("/api/events")
        states.settimeout(20)
        times = []
        for number in range(5):
            job = studio.ask("/api/jobs", {"recipe": "vae", "data": "digits", "options": {"minutes": 5, "threads": 1, "name": f"job-{number}"}})
            while studio.ask(f"/api/runs/job-{number}").get("status") != "running":
                time.sleep(0.05)
            time.sleep(0.5)
            os.kill(job["pid"], signal.SIGKILL)
            start = time.perf_counter()
            text = b""
            while f'"run":"job-{number}","status":"killed"'.encode() not in text:
                text += states.recv(65536)
            times.append((time.perf_counter() - start) * 1e3)
        show("a killed job shown as such", times, 2000)


with tempfile.TemporaryDirectory() as folder:
    for count in [1000, 10000]:
        many(count, folder)
    rooms(folder)
for line in broken:
    print("broken:", line)
sys.exit(1 if broken else 0)
