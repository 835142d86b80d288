"""Golden values for packages/core/src/algorithms/cluster/hdbscan, from scikit-learn and the hdbscan package.

Both packages join points at equal distances one after the other, in the order of the points, and equal distances are common (every edge
that is ruled by the core distance of one point has that length). So a case is taken only if both packages (one, where the other cannot) give the same
clusters and strengths, also for the points in other orders; others are drawn until enough are found.

Run with a Python that has numpy, scikit-learn and hdbscan, from the root of the repository:
    python scripts/golden/density-clusters.py
"""

import json
import warnings
from importlib.metadata import version
from pathlib import Path

import hdbscan
import numpy as np
import sklearn
from sklearn.cluster import HDBSCAN

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/cluster/hdbscan/golden/hdbscan.json"

SETTINGS = [
    {},
    {"minClusterSize": 8},
    {"minClusterSize": 12, "minSamples": 4},
    {"minClusterSize": 6, "clusterSelectionMethod": "leaf"},
    {"minClusterSize": 5, "clusterSelectionEpsilon": 0.7},
    {"minClusterSize": 5, "clusterSelectionMethod": "leaf", "clusterSelectionEpsilon": 0.5},
    {"minClusterSize": 6, "maxClusterSize": 25},
    {"minClusterSize": 15, "allowSingleCluster": True},
    {"minClusterSize": 6, "metric": "manhattan"},
    {"minClusterSize": 5, "minSamples": 1},
]
NAMES = {
    "minClusterSize": "min_cluster_size", "minSamples": "min_samples", "clusterSelectionMethod": "cluster_selection_method",
    "clusterSelectionEpsilon": "cluster_selection_epsilon", "maxClusterSize": "max_cluster_size",
    "allowSingleCluster": "allow_single_cluster", "metric": "metric",
}


def cloud_points(rng, d):
    """Clouds of different density with a bridge and scattered points."""
    centres = rng.normal(0, 4, (5, d))
    parts = [c + rng.uniform(0.2, 1.2) * rng.normal(size=(rng.integers(15, 40), d)) for c in centres]
    bridge = np.linspace(0, 1, 15)[:, None] * (centres[1] - centres[0]) + centres[0] + 0.2 * rng.normal(size=(15, d))
    scattered = rng.uniform(-8, 8, (15, d))
    return np.round(np.vstack([*parts, bridge, scattered]), 2).astype(np.float32).astype(float)


def canonical(labels):
    """Clusters numbered in the order of their first points."""
    number = {-1: -1}
    return [number.setdefault(int(label), len(number) - 1) for label in labels]


def by_sklearn(points, given):
    model = HDBSCAN(copy=True, **{NAMES[key]: value for key, value in given.items()}).fit(points)
    return model.labels_, model.probabilities_


def by_hdbscan(points, given):
    # This package does not count a point among its own neighbours.
    options = {NAMES[key]: value for key, value in given.items()}
    samples = options.pop("min_samples", options.get("min_cluster_size", 5)) - 1
    model = hdbscan.HDBSCAN(min_samples=samples, approx_min_span_tree=False, core_dist_n_jobs=1, **options).fit(points)
    return model.labels_, model.probabilities_


def packages_for(given):
    if "clusterSelectionEpsilon" in given:
        return [by_hdbscan]  # scikit-learn 1.9.1 fails here with numpy 2.4
    if given.get("minSamples") == 1:
        return [by_sklearn]  # the other has no core distance of 0
    return [by_sklearn, by_hdbscan]


def agreed(rng, points, given):
    """Labels and strengths if they do not depend on the package or the order of the points, else None."""
    methods = packages_for(given)
    labels, strengths = methods[0](points, given)
    labels = canonical(labels)
    for method in methods:
        for _ in range(25):
            order = rng.permutation(len(points))
            back = np.argsort(order)
            other, others_strengths = method(points[order], given)
            if canonical(other[back]) != labels or not np.allclose(others_strengths[back], strengths, atol=1e-9):
                return None
    return labels, strengths


def case(rng, given, d):
    while True:
        points = cloud_points(rng, d)
        found = agreed(rng, points, given)
        if found is not None and (max(found[0]) > 0 or "allowSingleCluster" in given):
            return {
                "parameters": given, "dimensions": d, "points": points.ravel().round(2).tolist(),
                "labels": found[0], "strengths": [float(f"{v:.8g}") for v in found[1]],
            }


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(5)
    cases = [case(rng, given, d) for given in SETTINGS for d in (2, 3)]
    golden = {
        "made": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "hdbscan": version("hdbscan")},
        "cases": cases,
    }
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(golden) + "\n")


main()
