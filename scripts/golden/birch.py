"""Golden values for Birch, Ward's method and silhouettes of packages/core/src/algorithms/cluster, from scikit-learn.

Run with a Python that has numpy and scikit-learn, from the root of the repository:
    python scripts/golden/birch.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.cluster import AgglomerativeClustering, Birch
from sklearn.metrics import silhouette_samples

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/cluster/golden/birch.json"


def clouds(rng, n, d, k):
    centres = rng.normal(0, 4, (k, d))
    return np.round(centres[rng.integers(0, k, n)] + rng.normal(size=(n, d)), 4)


def birch_case(rng, n, d, k, threshold, branching, clusters):
    points = clouds(rng, n, d, k)
    model = Birch(threshold=threshold, branching_factor=branching, n_clusters=clusters).fit(points)
    return {
        "parameters": {"threshold": threshold, "branchingFactor": branching, "nClusters": "all" if clusters is None else clusters},
        "dimensions": d,
        "points": points.ravel().tolist(),
        "subclusters": len(model.subcluster_centers_),
        "labels": model.labels_.tolist(),
    }


def ward_case(rng, n, d, k):
    points = clouds(rng, n, d, k)
    return {"dimensions": d, "points": points.ravel().tolist(), "clusters": k, "labels": AgglomerativeClustering(k).fit(points).labels_.tolist()}


def silhouette_case(rng, n, d, k):
    points = clouds(rng, n, d, k)
    labels = rng.integers(0, k, n)
    labels[:n // 2] = AgglomerativeClustering(k).fit(points[:n // 2]).labels_
    labels[0] = k
    return {"dimensions": d, "points": points.ravel().tolist(), "labels": labels.tolist(), "values": silhouette_samples(points, labels).tolist()}


def main():
    rng = np.random.default_rng(7)
    golden = {
        "made": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "birch": [
            birch_case(rng, 140, 2, 4, 0.5, 50, 4),
            birch_case(rng, 160, 2, 5, 0.3, 5, 5),
            birch_case(rng, 120, 3, 3, 0.9, 4, 3),
            birch_case(rng, 90, 2, 3, 1.2, 3, None),
        ],
        "ward": [ward_case(rng, 80, 2, 4), ward_case(rng, 70, 3, 6)],
        "silhouette": [silhouette_case(rng, 70, 2, 3), silhouette_case(rng, 60, 4, 4)],
    }
    TARGET.write_text(json.dumps(golden) + "\n")


main()
