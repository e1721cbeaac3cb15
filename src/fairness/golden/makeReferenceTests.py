"""Makes referenceTests.json: paired tests, Kendall's tau and a cross-validated probe by scipy and scikit-learn.

    /usr/bin/python3 src/fairness/golden/makeReferenceTests.py

The signed-rank test with ties and zeros is enumerated here, since scipy's exact one is for data without ties.
"""

import json
from itertools import product
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

random = np.random.default_rng(7)


def enumerate_signed_ranks(differences):
    nonzero = differences[differences != 0]
    ranks = stats.rankdata(np.abs(nonzero))
    observed = ranks[nonzero > 0].sum()
    low = min(observed, ranks.sum() - observed)
    patterns = product([0, 1], repeat=len(ranks))
    sums = [sum(rank for rank, sign in zip(ranks, signs) if sign) for signs in patterns]
    tail = np.mean(np.array(sums) <= low + 1e-12)
    return float(observed), float(min(1, 2 * tail))


paired = []
for n in [2, 3, 5, 8, 12]:
    a = np.round(random.normal(0.3, 0.2, n), 3)
    b = np.round(random.normal(0.1, 0.2, n), 3)
    t = stats.ttest_rel(a, b)
    w = stats.wilcoxon(a, b, mode="exact")
    positive = stats.rankdata(np.abs(a - b))[a > b].sum()
    paired.append(
        {
            "model": a.tolist(),
            "other": b.tolist(),
            "mean": float(np.mean(a - b)),
            "sd": float(np.std(a - b, ddof=1)),
            "t": float(t.statistic),
            "tPValue": float(t.pvalue),
            "positiveRanks": float(positive),
            "signedRankPValue": float(w.pvalue),
        }
    )

tied = []
for n in [4, 7, 10]:
    differences = random.integers(-3, 6, n).astype(float)
    positive, p = enumerate_signed_ranks(differences)
    tied.append({"differences": differences.tolist(), "positiveRanks": positive, "pValue": p})

kendall = []
for n, levels in [(5, 100), (30, 100), (40, 4), (64, 8)]:
    a = random.integers(levels, size=n).astype(float)
    b = np.round((a + random.normal(0, levels / 3, n))).astype(float)
    kendall.append({"a": a.tolist(), "b": b.tolist(), "tau": float(stats.kendalltau(a, b).correlation)})

probes = []
for n, width, group_count, shift in [(80, 3, 2, 1.0), (120, 20, 2, 0.3), (150, 8, 3, 0.7)]:
    groups = random.integers(group_count, size=n)
    features = random.normal(size=(n, width))
    features[:, 0] += shift * groups
    features[:, -1] = 2.5  # a feature that does not vary
    features = np.round(features, 3).astype(np.float32)
    folds = np.arange(n) % 4
    aucs = []
    for fold in range(4):
        train, held = folds != fold, folds == fold
        scaler = StandardScaler().fit(features[train].astype(float))
        probed = [1] if group_count == 2 else range(group_count)
        scores = []
        for group in probed:
            model = LogisticRegression(C=1.0, tol=1e-10, max_iter=10000)
            model.fit(scaler.transform(features[train].astype(float)), groups[train] == group)
            decision = model.decision_function(scaler.transform(features[held].astype(float)))
            scores.append(roc_auc_score(groups[held] == group, decision))
        aucs.append(float(np.mean(scores)))
    probes.append(
        {
            "features": [float(f"{value:.3f}") for value in features.ravel()],
            "groups": groups.tolist(),
            "groupCount": group_count,
            "folds": folds.tolist(),
            "aucByFold": aucs,
        }
    )

fits = []
for n, width, ridge in [(40, 3, 1.0), (25, 6, 0.01)]:
    features = np.round(random.normal(size=(n, width)), 3)
    targets = features[:, 0] + 0.5 * features[:, 1] + random.normal(0, 0.5, n) > 0.3
    fit = LogisticRegression(C=1 / ridge, tol=1e-12, max_iter=100000).fit(features, targets)
    fits.append(
        {
            "features": features.ravel().tolist(),
            "targets": targets.astype(int).tolist(),
            "width": width,
            "ridge": ridge,
            "weights": fit.coef_[0].tolist(),
            "intercept": float(fit.intercept_[0]),
        }
    )

bca = []
for n, statistic in [(15, lambda x, axis: np.var(x, axis=axis)), (12, lambda x, axis: np.exp(np.mean(x, axis=axis)))]:
    data = np.round(random.normal(0, 1, n), 3)
    found = stats.bootstrap((data,), statistic, n_resamples=199, method="BCa", random_state=random)
    whole = float(statistic(data, axis=0))
    bca.append(
        {
            "observed": whole,
            "without": [float(statistic(np.delete(data, i), axis=0)) for i in range(n)],
            "replicates": np.sort(found.bootstrap_distribution).tolist(),
            "low": float(found.confidence_interval.low),
            "high": float(found.confidence_interval.high),
        }
    )

target = Path(__file__).with_name("referenceTests.json")
versions = {"scipy": scipy.__version__, "sklearn": sklearn.__version__}
target.write_text(json.dumps({**versions, "paired": paired, "tied": tied, "kendall": kendall, "probes": probes, "fits": fits, "bca": bca}) + "\n")
