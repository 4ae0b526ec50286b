"""Records samples.safetensors: divergences between samples from POT, SciPy, scikit-learn and sums over tuples.

Run: python Tests/DistributionsTests/Goldens/samples.py   (numpy, scipy, scikit-learn, POT, safetensors)
"""

import os
from itertools import permutations

import numpy as np
import ot
import scipy.stats as st
from safetensors.numpy import save_file
from sklearn.metrics.pairwise import rbf_kernel

rng = np.random.default_rng(20261120)
x = rng.normal(size=(30, 3))
y = rng.normal(size=(40, 3)) * [1.0, 0.5, 2.0] + [0.5, 0.0, -1.0]
out = {"x": x, "y": y}


def mmd(k, unbiased):
    kxx, kyy, kxy = k(x, x), k(y, y), k(x, y)
    if unbiased:
        np.fill_diagonal(kxx, 0), np.fill_diagonal(kyy, 0)
        n, m = len(x), len(y)
        return kxx.sum() / (n * (n - 1)) + kyy.sum() / (m * (m - 1)) - 2 * kxy.mean()
    return kxx.mean() + kyy.mean() - 2 * kxy.mean()


def gaussian(a, b):
    return sum(rbf_kernel(a, b, gamma=0.5 / s**2) for s in (0.5, 2.0))


def imq(a, b):
    d = ((a[:, None] - b[None]) ** 2).sum(-1)
    return sum(c / (c + d) for c in (0.6, 6.0))


for name, kernel in {"gaussian": gaussian, "imq": imq}.items():
    for unbiased in (False, True):
        out[f"mmd.{name}.{'unbiased' if unbiased else 'biased'}"] = mmd(kernel, unbiased)

# The population form of HSIC, each expectation a mean over tuples of different indices.
n = 7
p, q = x[:n], np.concatenate([x[:n, :1] ** 2, y[:n, :1]], axis=1)
k, l = rbf_kernel(p, gamma=0.5), rbf_kernel(q, gamma=0.125)
first = np.mean([k[i, j] * l[i, j] for i, j in permutations(range(n), 2)])
second = np.mean([k[i, j] * l[a, b] for i, j, a, b in permutations(range(n), 4)])
third = np.mean([k[i, j] * l[i, a] for i, j, a in permutations(range(n), 3)])
h = np.eye(n) - 1 / n
out |= {"hsic.p": p, "hsic.q": q, "hsic.unbiased": first + second - 2 * third, "hsic.biased": np.trace(k @ h @ l @ h) / n**2}

directions = rng.normal(size=(50, 3))
directions /= np.linalg.norm(directions, axis=1, keepdims=True)
out["directions"] = directions
for order in (1, 2):
    out[f"sliced.{order}"] = ot.sliced_wasserstein_distance(x, y, projections=directions.T, p=order)
out["sliced.scipy"] = np.mean([st.wasserstein_distance(x @ d, y @ d) for d in directions])

a, b = np.full(len(x), 1 / len(x)), np.full(len(y), 1 / len(y))


def entropic(u, v, metric, epsilon):
    w, z = np.full(len(u), 1 / len(u)), np.full(len(v), 1 / len(v))
    cost = ot.dist(u, v, metric=metric)
    plan = ot.sinkhorn(w, z, cost, epsilon, method="sinkhorn_log", stopThr=1e-13, numItermax=100000)
    product = np.outer(w, z)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(plan > 0, plan * np.log(plan / product), 0) - plan + product
    return (plan * cost).sum() + epsilon * relative.sum()


for name, metric in {"squared": "sqeuclidean", "plain": "euclidean"}.items():
    for epsilon in (0.3, 3.0):
        between = entropic(x, y, metric, epsilon)
        out[f"sinkhorn.{name}.{epsilon}"] = between
        out[f"divergence.{name}.{epsilon}"] = between - (entropic(x, x, metric, epsilon) + entropic(y, y, metric, epsilon)) / 2
out["emd"] = ot.emd2(a, b, ot.dist(x, y))

path = os.path.join(os.path.dirname(__file__), "samples.safetensors")
save_file({key: np.ascontiguousarray(np.atleast_1d(np.asarray(value, dtype=np.float64))) for key, value in out.items()}, path,
          metadata={"numpy": np.__version__, "pot": ot.__version__})
