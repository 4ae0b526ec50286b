"""Records representation.safetensors: scores of codes from scikit-learn and SciPy.

Run: python Tests/EvaluationTests/Goldens/representation.py   (numpy, scipy, scikit-learn, safetensors)
"""

import os

import numpy as np
import scipy
import scipy.stats as st
import sklearn
from safetensors.numpy import save_file
from scipy.optimize import linear_sum_assignment
from scipy.spatial import procrustes
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.cross_decomposition import CCA
from sklearn.feature_selection import mutual_info_regression
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import adjusted_rand_score, average_precision_score, normalized_mutual_info_score, r2_score
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(20261120)
n, d, classes = 600, 6, 4
labels = rng.integers(0, classes, n)
means = 1.5 * rng.normal(size=(classes, d))
codes = (means[labels] + rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) * 0.7).astype(np.float32).astype(np.float64)
out = {"codes": codes, "labels": labels}
train, valid, test = slice(0, 300), slice(300, 450), slice(450, 600)

scaler = StandardScaler().fit(codes[train])
z = scaler.transform(codes)
for c in (0.01, 1.0, 100.0):
    model = LogisticRegression(C=c, tol=1e-10, max_iter=10000).fit(z[train], labels[train])
    out[f"logistic.{c}.weight"] = model.coef_
    out[f"logistic.{c}.accuracy"] = model.score(z[test], labels[test])
grid = [10.0**e for e in range(-4, 5)]
fits = [LogisticRegression(C=c, tol=1e-10, max_iter=10000).fit(z[train], labels[train]) for c in grid]
scores = [m.score(z[valid], labels[valid]) for m in fits]
best = grid[int(np.argmax(scores))]
both = slice(0, 450)
scaler = StandardScaler().fit(codes[both])
final = LogisticRegression(C=best, tol=1e-10, max_iter=10000).fit(scaler.transform(codes[both]), labels[both])
out["probe.c"] = best
out["probe.accuracy"] = final.score(scaler.transform(codes[test]), labels[test])

targets = np.stack([codes @ rng.normal(size=d) + rng.normal(size=n), np.tanh(codes[:, 0])], axis=1)
out["targets"] = targets
ridge = Ridge(alpha=10.0).fit(z[train], targets[train])
out["ridge.weight"] = ridge.coef_.T
fits = {a: Ridge(alpha=a).fit(z[train], targets[train]) for a in sorted(grid, reverse=True)}
alpha = max(fits, key=lambda a: r2_score(targets[valid], fits[a].predict(z[valid])))
ridge = Ridge(alpha=alpha).fit(scaler.transform(codes[both]), targets[both])
out["ridge.alpha"] = alpha
out["ridge.r2"] = r2_score(targets[test], ridge.predict(scaler.transform(codes[test])), multioutput="raw_values")

for metric in ("euclidean", "cosine"):
    model = KNeighborsClassifier(20, metric=metric, algorithm="brute").fit(codes[both], labels[both])
    out[f"knn.{metric}"] = model.score(codes[test], labels[test])
weighted = KNeighborsClassifier(20, metric="cosine", algorithm="brute", weights=lambda t: np.exp((1 - t) / 0.07))
out["knn.temperature"] = weighted.fit(codes[both], labels[both]).score(codes[test], labels[test])

kmeans = KMeans(classes, n_init=50, random_state=0, tol=0, max_iter=1000).fit(codes)
groups = kmeans.labels_
out |= {"kmeans.inertia": kmeans.inertia_, "groups": groups}
out["nmi"] = normalized_mutual_info_score(labels, groups)
out["ari"] = adjusted_rand_score(labels, groups)
table = np.array([[np.sum((groups == g) & (labels == k)) for k in range(classes)] for g in range(classes)])
rows, columns = linear_sum_assignment(-table)
out["cluster.accuracy"] = table[rows, columns].sum() / n
mixture = GaussianMixture(classes, n_init=5, tol=1e-4, max_iter=500, random_state=0).fit(codes)
out["gmm.score"] = mixture.score(codes)
costs = rng.normal(size=(7, 9))
rows, columns = linear_sum_assignment(costs)
out |= {"costs": costs, "assignment": columns}

cosine = cdist(codes, codes, "cosine")
precisions = []
for i in range(n):
    others = np.arange(n) != i
    precisions.append(average_precision_score(labels[others] == labels[i], -cosine[i, others]))
out["map"] = np.mean(precisions)
order = np.argsort(np.where(np.eye(n, dtype=bool), np.inf, cosine), axis=1)
for k in (1, 5):
    out[f"recall.{k}"] = np.mean([(labels[order[i, :k]] == labels[i]).any() for i in range(n)])
euclid = cdist(codes, codes)
np.fill_diagonal(euclid, np.inf)
near = np.argsort(euclid, axis=1)[:, :10]
out["hubness"] = st.skew(np.bincount(near.ravel(), minlength=n))

other = np.tanh(codes @ rng.normal(size=(d, 9)) * 0.3) + 0.1 * rng.normal(size=(n, 9))
out["other"] = other
centring = np.eye(n) - 1 / n
k, l = centring @ codes @ codes.T @ centring, centring @ other @ other.T @ centring
out["cka.biased"] = np.sum(k * l) / np.sqrt(np.sum(k * k) * np.sum(l * l))


def unbiased(k, l):
    k, l = k - np.diag(np.diag(k)), l - np.diag(np.diag(l))
    one = np.ones(len(k))
    return np.trace(k @ l) + k.sum() * l.sum() / ((len(k) - 1) * (len(k) - 2)) - 2 / (len(k) - 2) * one @ k @ l @ one


k, l = codes @ codes.T, other @ other.T
out["cka.unbiased"] = unbiased(k, l) / np.sqrt(unbiased(k, k) * unbiased(l, l))
cca = CCA(d, scale=False, max_iter=100000, tol=1e-12).fit(codes, other)
u, v = cca.transform(codes, other)
out["cca"] = np.sort([np.corrcoef(u[:, i], v[:, i])[0, 1] for i in range(d)])[::-1]
padded = np.concatenate([codes, np.zeros((n, 3))], axis=1)
out["procrustes"] = procrustes(padded, other)[2]

pair = rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 1500)
out["pair"] = pair
out["ksg"] = mutual_info_regression(pair[:, :1], pair[:, 1], n_neighbors=3, random_state=0)

path = os.path.join(os.path.dirname(__file__), "representation.safetensors")
save_file({key: np.ascontiguousarray(np.atleast_1d(np.asarray(value, dtype=np.float64))) for key, value in out.items()}, path,
          metadata={"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__})
os.chmod(path, 0o644)
