#!/usr/bin/env python3
"""Writes packages/core/src/algorithms/score/golden/score.json: values of scikit-learn, SciPy and NumPy for random labellings and matrices.

    pip install scikit-learn scipy numpy && python scripts/generate-score-golden.py
"""
import json
import os

import numpy as np
import scipy
import sklearn
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.cluster import contingency_matrix

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../packages/core/src/algorithms/score/golden/score.json")
rng = np.random.default_rng(20260101)


def labelling(n, k, unassigned):
    labels = rng.integers(0, k, n)
    labels[rng.random(n) < unassigned] = -1
    return labels


def rand_case(n, ka, kb, agreement, unassigned):
    a = labelling(n, ka, unassigned)
    b = np.where(rng.random(n) < agreement, (a * 7 + 3) % max(kb, 1), labelling(n, kb, unassigned))
    return {"a": a.tolist(), "b": b.tolist(), "index": adjusted_rand_score(a, b), "table": sorted(contingency_matrix(a, b)[contingency_matrix(a, b) > 0].tolist())}


def assignment_case(rows, columns):
    weights = np.round(rng.random((rows, columns)) * 100, 3)
    i, j = linear_sum_assignment(weights, maximize=True)
    result = np.full(rows, -1)
    result[i] = j
    return {"rows": rows, "columns": columns, "weights": weights.ravel().tolist(), "assigned": result.tolist(), "sum": weights[i, j].sum()}


def share_case(n):
    t = np.float32(rng.random(n))
    f = np.float32(np.clip(t + rng.normal(0, 0.1, n), 0, 1))
    a, b = t.astype(float), f.astype(float)
    return {
        "truth": [float(v) for v in t],
        "found": [float(v) for v in f],
        "meanAbsoluteError": np.abs(a - b).mean(),
        "rootMeanSquareError": float(np.sqrt(((a - b) ** 2).mean())),
        "correlation": float(np.corrcoef(a, b)[0, 1]),
        "cosine": float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)),
    }


golden = {
    "source": f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {np.__version__}",
    "rand": [rand_case(*case) for case in [(60, 3, 3, 0.9, 0), (80, 5, 2, 0.5, 0.1), (100, 4, 6, 0, 0), (50, 2, 7, 0.7, 0.2), (40, 1, 4, 0.3, 0)]],
    "assignment": [assignment_case(*shape) for shape in [(1, 1), (3, 3), (5, 8), (9, 4), (12, 12), (7, 1), (1, 6), (20, 17)]],
    "shares": [share_case(n) for n in (10, 50)],
}
os.makedirs(os.path.dirname(OUT), exist_ok=True)
with open(OUT, "w", encoding="utf-8") as file:
    json.dump(golden, file)
    file.write("\n")
print(os.path.getsize(OUT), "bytes")
