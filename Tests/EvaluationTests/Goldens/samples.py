"""Records samples.safetensors: distances between sets of features, and Pareto tails from ArviZ.

Run: python Tests/EvaluationTests/Goldens/samples.py   (numpy, scipy, scikit-learn, arviz, safetensors)
"""

import os

import arviz
import numpy as np
import scipy
from safetensors.numpy import save_file
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import polynomial_kernel

rng = np.random.default_rng(20261120)
mixing = rng.normal(size=(10, 10))
reference = rng.normal(size=(300, 10)) @ mixing
samples = 0.8 * rng.normal(size=(250, 10)) @ mixing + 0.3 * rng.normal(size=10)
out = {"reference": reference, "samples": samples}


def frechet(a, b):
    s, t = np.cov(a.T), np.cov(b.T)
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(s + t - 2 * np.real(sqrtm(s @ t)))


out["frechet"] = frechet(samples, reference)
# Fewer samples than features: both covariances are singular.
few = rng.normal(size=(2, 8, 20)) * np.linspace(0.1, 3, 20)
out |= {"few.0": few[0], "few.1": few[1] + 0.5, "few.frechet": frechet(few[0], few[1] + 0.5)}

kxx, kyy, kxy = (polynomial_kernel(a, b, degree=3, gamma=1 / 10, coef0=1) for a, b in
                 ((samples, samples), (reference, reference), (samples, reference)))
n, m = len(samples), len(reference)
out["kernel"] = (kxx.sum() - np.trace(kxx)) / n / (n - 1) + (kyy.sum() - np.trace(kyy)) / m / (m - 1) - 2 * kxy.mean()

k = 5
real, fake, cross = cdist(reference, reference), cdist(samples, samples), cdist(reference, samples)
real_radius, fake_radius = np.sort(real)[:, k], np.sort(fake)[:, k]
out["precision"] = (cross <= real_radius[:, None]).any(0).mean()
out["recall"] = (cross <= fake_radius[None]).any(1).mean()
out["density"] = (cross <= real_radius[:, None]).sum(0).mean() / k
out["coverage"] = (cross.min(1) <= real_radius).mean()

for name, scale in {"light": 0.3, "heavy": 1.5, "bad": 4.0}.items():
    weights = scale * rng.normal(size=2000) + (scale * rng.exponential(size=2000) if name != "light" else 0)
    smoothed, shape = arviz.psislw(weights)
    out |= {f"psis.{name}.weights": weights, f"psis.{name}.smoothed": smoothed, f"psis.{name}.k": shape}

path = os.path.join(os.path.dirname(__file__), "samples.safetensors")
save_file({key: np.ascontiguousarray(np.atleast_1d(np.asarray(value, dtype=np.float64))) for key, value in out.items()}, path,
          metadata={"numpy": np.__version__, "scipy": scipy.__version__, "arviz": arviz.__version__})
os.chmod(path, 0o644)
