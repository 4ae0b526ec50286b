"""Starts `latent studio` and trainings for what drives it from outside."""

import json
import os
import pathlib
import re
import subprocess
import threading
import urllib.request


def train(latent, runs, name, recipe, *words):
    """A short training on the digits that come with the package, on one thread."""
    runs = pathlib.Path(runs)
    runs.mkdir(parents=True, exist_ok=True)
    command = [latent, "train", recipe, "--data", "digits", "--threads", "1", "--out", runs.name, "--name", name, *words]
    done = subprocess.run(command, cwd=runs.parent, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr[-600:]}")


class Studio:
    """A studio on a free port; ends with its `with`."""

    def __init__(self, latent, runs, pages=None):
        self.runs = pathlib.Path(runs)
        self.runs.mkdir(parents=True, exist_ok=True)
        # Jobs are seconds long and share the machine with a browser.
        environment = {**os.environ, "OMP_NUM_THREADS": "1", **({"LATENT_STUDIO_PAGES": str(pathlib.Path(pages).resolve())} if pages else {})}
        self.process = subprocess.Popen([latent, "studio", "--port", "0", "--runs", self.runs.name], env=environment, cwd=self.runs.parent,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.said = []
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]+)", line):
                self.address, self.port, self.token = found[0], int(found[1]), found[2]
                break
        else:
            raise RuntimeError("the studio did not start: " + "".join(self.said))
        # What it says later is read, so that it never waits for a reader.
        threading.Thread(target=lambda: self.said.extend(self.process.stderr), daemon=True).start()

    def at(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def ask(self, path, body=None):
        """The JSON answer to a question, or to a request to do something where there is a body."""
        headers = {"Authorization": f"Bearer {self.token}", "Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(urllib.request.Request(self.at(path), content, headers), timeout=30) as answer:
            return json.load(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
