"""Prints the numbers that ComparisonTests.swift records: python comparison.py (SciPy 1.17)."""

from scipy import stats

for freedom in [1, 2, 3, 3.7, 4, 5, 7, 9, 29, 30, 100, 1000]:
    print(freedom, repr(float(stats.t.ppf(0.975, freedom))))
test = stats.ttest_ind([1.2, 3.4, 2.2, 5.1], [2.9, 4.6, 7.7, 6.1, 5.0], equal_var=False)
print(repr(float(test.pvalue)), repr(float(test.df)))
print([float(end) for end in test.confidence_interval()])
