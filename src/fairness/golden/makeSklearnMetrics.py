"""Makes sklearnMetrics.json: metrics of random multi-class predictions by scikit-learn, for the tests of src/fairness.

    /usr/bin/python3 src/fairness/golden/makeSklearnMetrics.py

Scores are rounded so that there are ties, and inputs are written as they were used. Each case has three groups.
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    brier_score_loss,
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)


def measure(labels, predicted, scores, classes):
    precision, recall, f1, _ = precision_recall_fscore_support(labels, predicted, average="macro", zero_division=0)
    present = set(labels.tolist())
    one_vs_rest = [
        roc_auc_score(labels == k, scores[:, k]) if k in present and len(present) > 1 else None for k in range(classes)
    ]
    defined = [auc for auc in one_vs_rest if auc is not None]
    return {
        "n": len(labels),
        "accuracy": accuracy_score(labels, predicted),
        "balancedAccuracy": balanced_accuracy_score(labels, predicted),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "confusion": confusion_matrix(labels, predicted, labels=range(classes)).tolist(),
        "aucByClass": one_vs_rest,
        "auc": float(np.mean(defined)) if defined else None,
        # The score of several classes is the sum of the two-class scores of each against the rest.
        "brier": sum(brier_score_loss(labels == k, scores[:, k], pos_label=True) for k in range(classes)),
    }


def make_case(random, n, classes, decimals, skill):
    labels = random.integers(classes, size=n)
    groups = random.integers(3, size=n)
    logits = random.normal(size=(n, classes))
    logits[np.arange(n), labels] += skill
    scores = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    scores = np.round(scores, decimals)
    predicted = scores.argmax(axis=1)
    members = [groups == group for group in range(3)]
    overall = measure(labels, predicted, scores, classes)
    by_group = [measure(labels[m], predicted[m], scores[m], classes) for m in members]
    return {
        "labels": labels.tolist(),
        "predicted": predicted.tolist(),
        "groups": groups.tolist(),
        "scores": scores.ravel().tolist(),
        "classCount": classes,
        "expected": {
            "overall": overall,
            "groups": by_group,
            "equityScaledAuc": overall["auc"] / (1 + sum(abs(overall["auc"] - group["auc"]) for group in by_group)),
        },
    }


random = np.random.default_rng(6)
cases = [
    make_case(random, 60, 2, 2, 1.0),
    make_case(random, 90, 4, 2, 1.5),
    make_case(random, 120, 7, 3, 0.5),
    make_case(random, 40, 12, 2, 2.0),  # some classes are missing in some groups
]
target = Path(__file__).with_name("sklearnMetrics.json")
target.write_text(json.dumps({"sklearn": sklearn.__version__, "cases": cases}) + "\n")
