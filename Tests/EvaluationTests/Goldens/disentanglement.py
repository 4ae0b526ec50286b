"""Records disentanglement scores by scikit-learn and SciPy: python disentanglement.py

Needs numpy, scipy, scikit-learn and safetensors. Writes disentanglement.safetensors beside itself: codes and factors of
a fit and a test set, and what the published definitions give on them through scikit-learn's estimators.
"""

import pathlib
import warnings

import numpy as np
import safetensors.numpy
import scipy.stats
import sklearn
from sklearn import ensemble, feature_selection, linear_model, metrics, svm

warnings.filterwarnings("ignore")
random = np.random.RandomState(0)
SIZES = [3, 4, 6, 2]
TRAIN, TEST = 2000, 1000


def make():
    """Six codes: two clean, one saturated, one mixed, one noise, one copy of a mixed one with noise."""
    y = np.stack([random.randint(0, size, TRAIN + TEST) for size in SIZES], axis=1)
    x = (y - y.mean(0)) / y.std(0)
    noise = random.randn(TRAIN + TEST, 6)
    z = np.stack([
        x[:, 0] + 0.2 * noise[:, 0], np.tanh(x[:, 1]) + 0.1 * noise[:, 1], x[:, 2] + 0.5 * x[:, 3] + 0.3 * noise[:, 2],
        0.7 * x[:, 3] + 0.4 * x[:, 1] * x[:, 0] + 0.2 * noise[:, 3], 0.5 * noise[:, 4], x[:, 2] + 0.6 * noise[:, 5],
    ], axis=1)
    return z, y


def binned_information(z, y):
    bins = np.stack([np.digitize(c, np.histogram(c, 20)[1][:-1]) for c in z.T], axis=1)
    return np.array([[metrics.mutual_info_score(f, b) for f in y.T] for b in bins.T])


def gap(matrix, entropies):
    ordered = np.sort(matrix, axis=0)
    return np.mean((ordered[-1] - ordered[-2]) / entropies)


def machine_accuracies(train, test):
    def accuracy(d, k):
        machine = svm.LinearSVC(C=0.01, class_weight="balanced", tol=1e-8, max_iter=200000)
        machine.fit(train[0][:, [d]], train[1][:, k])
        return machine.score(test[0][:, [d]], test[1][:, k])

    return np.array([[accuracy(d, k) for k in range(len(SIZES))] for d in range(6)])


def correlations(z, y):
    return np.array([[np.corrcoef(c, f)[0, 1] ** 2 for f in y.T] for c in z.T])


def trees(train, test, seed):
    fits = [ensemble.GradientBoostingClassifier(random_state=seed).fit(train[0], f) for f in train[1].T]
    table = np.stack([fit.feature_importances_ for fit in fits], axis=1)
    accuracy = np.mean([fit.score(test[0], f) for fit, f in zip(fits, test[1].T)])

    def concentration(rows):
        scores = 1 - scipy.stats.entropy(rows.T + 1e-11, base=rows.shape[1])
        return np.sum(scores * rows.sum(1) / rows.sum())

    return concentration(table), concentration(table.T), accuracy


def regression(train, test, target):
    fit = ensemble.GradientBoostingRegressor(random_state=0).fit(train[0], target[:TRAIN])
    return [*fit.feature_importances_, fit.score(test[0], target[TRAIN:])]


def area(train, test):
    mean, spread = train[0].mean(0), train[0].std(0)

    def one(k):
        model = linear_model.LogisticRegression(tol=1e-8, max_iter=5000).fit((train[0] - mean) / spread, train[1][:, k])
        scores = model.predict_proba((test[0] - mean) / spread)
        return np.mean([metrics.roc_auc_score(test[1][:, k] == c, scores[:, c]) for c in range(SIZES[k])])

    return np.mean([one(k) for k in range(len(SIZES))])


def robustness(z, y):
    largest = np.abs(z - z.mean(0)).max(0)

    def column(f):
        groups = [z[f == value] for value in np.unique(f)]
        return 1 - np.mean([np.quantile(np.abs(g - g.mean(0)), 0.99, axis=0) for g in groups], axis=0) / largest

    best = np.max([column(f) for f in y.T], axis=0)
    return np.average(best, weights=largest)


def neighbour_information(z, y, neighbours):
    return np.stack([feature_selection.mutual_info_classif(
        z, f, discrete_features=False, n_neighbors=neighbours, random_state=0) for f in y.T], axis=1)


def explicit_information(z, y):
    def one(f):
        model = linear_model.LogisticRegression(C=np.inf, class_weight="balanced", tol=1e-9, max_iter=5000)
        x = (z - z.mean(0)) / z.std(0)
        loss = metrics.log_loss(f, model.fit(x, f).predict_proba(x))
        nothing = np.log(len(np.unique(f)))
        return (nothing - loss) / nothing

    return np.mean([one(f) for f in y.T])


def ranking(runs):
    scaled = [(run - run.mean(0)) / run.std(0) for run in runs]

    def pair(j, i):
        table = np.abs(linear_model.Lasso(alpha=0.1, tol=1e-10, max_iter=100000).fit(scaled[j], scaled[i]).coef_).T
        with np.errstate(invalid="ignore"):
            sides = [np.mean(np.nan_to_num(table.max(axis) ** 2 / table.sum(axis))) for axis in (0, 1)]
        return np.mean(sides)

    return [np.median([pair(j, i) for j in range(len(runs)) if j != i]) for i in range(len(runs))]


z, y = make()
train, test = (z[:TRAIN], y[:TRAIN]), (z[TRAIN:], y[TRAIN:])
information = binned_information(*train)
entropies = np.array([metrics.mutual_info_score(f, f) for f in train[1].T])
squares = information**2
others = squares.sum(1) - squares.max(1)
accuracies = machine_accuracies(train, test)
near3, near10 = (neighbour_information(*train, neighbours) for neighbours in (3, 10))
nmi = (near10 / entropies)[np.ptp(train[0], axis=0) > np.ptp(train[0], axis=0).max() / 20]
infom = (np.mean(nmi.max(1) / nmi.sum(1)) - 1 / nmi.shape[1]) / (1 - 1 / nmi.shape[1])
infoc = (np.mean(nmi.max(0) / nmi.sum(0)) - 1 / nmi.shape[0]) / (1 - 1 / nmi.shape[0])
turn = np.linalg.qr(random.randn(6, 6))[0]
runs = [z[:TRAIN], z[:TRAIN][:, ::-1] + 0.2 * random.randn(TRAIN, 6), z[:TRAIN] @ turn]
correlation = np.corrcoef(train[0].T)
real = np.sin(2 * z[:, 0]) + z[:, 2] * z[:, 4] + 0.1 * random.randn(TRAIN + TEST)
values = {
    "codes": z, "factors": y, "turn": turn, "run1": runs[1], "information": information, "accuracies": accuracies,
    "mig": gap(information, entropies), "modularity": np.mean(1 - others / (squares.max(1) * (len(SIZES) - 1))),
    "sap": gap(accuracies, 1), "sap-correlation": gap(correlations(*train), 1),
    "dci": np.mean([trees(train, test, seed) for seed in range(3)], axis=0), "explicitness": area(train, test),
    "irs": robustness(*train), "near3": near3, "near10": near10, "mig-ksg": gap(near3, entropies), "infom": infom,
    "infoc": infoc, "infoe": explicit_information(*train), "udr": np.array(ranking(runs)),
    "real": real, "dci-real": regression(train, test, real), "total-correlation": -0.5 * np.linalg.slogdet(correlation)[1],
}
if __name__ == "__main__":
    arrays = {name: np.ascontiguousarray(np.asarray(value, dtype=np.float64)) for name, value in values.items()}
    versions = {"sklearn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
    target = pathlib.Path(__file__).with_suffix(".safetensors")
    safetensors.numpy.save_file(arrays, target, metadata=versions)
    for name, value in arrays.items():
        if value.size <= 12:
            print(name, np.round(value, 5).tolist())
