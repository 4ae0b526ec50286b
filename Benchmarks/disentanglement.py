"""MIG, SAP, DCI and modularity of 10,000 codes: `latent evaluate` and scikit-learn, side by side.

    python disentanglement.py [--latent ../.build/release/latent] [--rows 10000] [--threads 1] [--rounds 1]

Needs NumPy, SciPy and scikit-learn in this Python. Makes ten codes of five factors with the sizes of dSprites (3, 6, 40,
32, 32), writes 10,000 examples to fit and 5,000 to test, and gives both sides the same arrays: the command with all its
reading, self-tests and intervals, and the same protocol with
scikit-learn's estimators, as the field's study runs it. In each round both sides run one after the other, the second round in
the other order, so that what else the machine does falls on both. Prints scores, seconds and processor seconds of each round and the
ratio of their medians; exits 1 unless the command needs less than a fifth and the scores agree.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np
import scipy.stats
from sklearn import ensemble, metrics, svm

SIZES = [3, 6, 40, 32, 32]
NAMES = ["mig", "sap", "modularity", "dci-disentanglement", "dci-completeness", "dci-informativeness"]
# SAP and DCI split at random on our side and in order on the other.
TOLERANCES = [0.02, 0.02, 0.02, 0.05, 0.05, 0.03]
warnings.filterwarnings("ignore")


def make(rows):
    random = np.random.RandomState(0)
    y = np.stack([random.randint(0, size, rows) for size in SIZES], axis=1)
    x = (y - y.mean(0)) / y.std(0)
    mixing = random.randn(5, 10) * (random.rand(5, 10) < 0.3)
    return (x @ mixing + 0.3 * random.randn(rows, 10)).astype(np.float32), y


def protocol(z, y, fitted):
    """The scores of the field's study through scikit-learn."""
    (z_train, z_test), (y_train, y_test) = np.split(z, [fitted]), np.split(y, [fitted])
    bins = [np.digitize(c, np.histogram(c, 20)[1][:-1]) for c in z_train.T]
    information = np.array([[metrics.mutual_info_score(f, b) for f in y_train.T] for b in bins])
    entropies = np.array([metrics.mutual_info_score(f, f) for f in y_train.T])
    ordered = np.sort(information, axis=0)
    squares = information**2
    others = squares.sum(1) - squares.max(1)

    def accuracy(code, factor):
        machine = svm.LinearSVC(C=0.01, class_weight="balanced").fit(z_train[:, [code]], y_train[:, factor])
        return machine.score(z_test[:, [code]], y_test[:, factor])

    accuracies = np.sort([[accuracy(d, k) for k in range(y.shape[1])] for d in range(z.shape[1])], axis=0)
    trees = [ensemble.GradientBoostingClassifier().fit(z_train, f) for f in y_train.T]
    importance = np.stack([fit.feature_importances_ for fit in trees], axis=1)

    def concentration(rows):
        scores = 1 - scipy.stats.entropy(rows.T + 1e-11, base=rows.shape[1])
        return np.sum(scores * rows.sum(1)) / rows.sum()

    return [
        np.mean((ordered[-1] - ordered[-2]) / entropies), np.mean(accuracies[-1] - accuracies[-2]),
        np.mean(1 - others / (squares.max(1) * (y.shape[1] - 1))), concentration(importance),
        concentration(importance.T), np.mean([fit.score(z_test, f) for fit, f in zip(trees, y_test.T)]),
    ]


def ours(program, z, y, threads):
    with tempfile.TemporaryDirectory() as folder:
        np.savez(f"{folder}/arrays.npz", z=z, y=y)
        command = [program, "evaluate", "--codes", f"{folder}/arrays.npz:z", "--factors", f"{folder}/arrays.npz:y"]
        command += ["--metrics", ",".join(NAMES), "--threads", str(threads), "--json"]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(result.stdout)["metrics"]
    return [found[name]["value"] for name in NAMES]


def timed(work, who):
    def processor():
        used = resource.getrusage(who)
        return used.ru_utime + used.ru_stime

    wall, used = time.monotonic(), processor()
    scores = work()
    return scores, time.monotonic() - wall, processor() - used


def main():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--latent", default=str(here.parent / ".build/release/latent"))
    parser.add_argument("--rows", type=int, default=10000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1, help="times that both sides run")
    arguments = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(arguments.threads)
    z, y = make(arguments.rows * 3 // 2)
    sides = [
        (lambda: ours(arguments.latent, z, y, arguments.threads), resource.RUSAGE_CHILDREN),
        (lambda: protocol(z, y, arguments.rows), resource.RUSAGE_SELF),
    ]
    rounds = [[], []]
    for turn in range(arguments.rounds):
        for side in [0, 1] if turn % 2 == 0 else [1, 0]:
            rounds[side].append(timed(*sides[side]))
        print(f"round {turn + 1}: latent {rounds[0][-1][1]:.2f} s, sklearn {rounds[1][-1][1]:.2f} s", flush=True)
    mine, theirs = rounds[0][0][0], rounds[1][0][0]
    (wall, used), (their_wall, their_used) = [
        [statistics.median(result[place] for result in results) for place in (1, 2)] for results in rounds
    ]
    print(f"{arguments.rows} x {z.shape[1]} codes, {y.shape[1]} factors, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':22} {'latent':>9} {'sklearn':>9}")
    for name, one, other in zip(NAMES, mine, theirs):
        print(f"{name:22} {one:9.4f} {other:9.4f}")
    print(f"{'seconds':22} {wall:9.2f} {their_wall:9.2f}   1 : {their_wall / wall:.1f}")
    print(f"{'processor seconds':22} {used:9.2f} {their_used:9.2f}   1 : {their_used / used:.1f}")
    agree = all(abs(a - b) <= t for a, b, t in zip(mine, theirs, TOLERANCES))
    print("scores agree" if agree else "scores do not agree")
    sys.exit(0 if agree and wall < their_wall / 5 else 1)


if __name__ == "__main__":
    main()
