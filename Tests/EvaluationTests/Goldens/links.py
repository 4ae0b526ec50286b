"""Prints the numbers that LinkTests compares with, from scikit-learn."""

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

i = np.arange(200)
linked = (np.sin(i * 0.9) + 0.7 * np.sin(i * 1.7) > 0.2).astype(int)
for scores in (np.round(np.sin(i * 1.7) * 3) / 3, np.sin(i * 1.7)):
    print(repr(roc_auc_score(linked, scores)), repr(average_precision_score(linked, scores)))
