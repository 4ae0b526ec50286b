"""One task of `latent bench` on a peer's side, in a process of its own.

    python run.py pytorch-eager|pytorch-compile|jax TASK.json [--channels-last]

The task is the JSON that `latent bench` writes: workload, kind (`check` or `time`), the file with weights and batch, seconds and threads.
Prints one line of JSON: the losses of the checked steps, or the times of single steps in milliseconds; always the largest resident set.
"""

import importlib
import json
import resource
import sys
import time


def times(seconds, work):
    """Times of single calls in milliseconds: ten at least, after a third of the time and three calls at least to warm up."""

    def measure(seconds, at_least):
        start, found = time.perf_counter(), []
        while len(found) < at_least or time.perf_counter() - start < seconds:
            begin = time.perf_counter()
            work()
            found.append((time.perf_counter() - begin) * 1e3)
        return found

    measure(seconds / 3, 3)
    return measure(seconds, 10)


def finish(work, task):
    """The answer of work that is a function from nothing to the numbers that sides are compared by."""
    if task["kind"] == "check":
        return {"losses": work()}
    if task.get("once"):
        work()
        return {"first_at": time.clock_gettime(time.CLOCK_MONOTONIC)}
    return {"milliseconds": times(task["seconds"], work)}


def peak_megabytes():
    """Of this process, or of the largest of its children."""
    with open("/proc/self/status") as status:
        own = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


def main():
    side, task = sys.argv[1], json.load(open(sys.argv[2]))
    answer = importlib.import_module("jax_side" if side == "jax" else "torch_side").answer(side, task, sys.argv[3:])
    answer["peak_mb"] = peak_megabytes()
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
