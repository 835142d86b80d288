"""Golden values for packages/core/src/algorithms/cluster, from scikit-learn.

Run with a Python that has numpy and scikit-learn, from the root of the repository:
    python scripts/golden/cluster.py
"""

import json
from pathlib import Path

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from sklearn.mixture import GaussianMixture

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/cluster/golden/cluster.json"


def clouds(rng, n, d, k):
    """Gaussian clouds of different shapes that overlap a little, and the cloud of each point."""
    centres = rng.normal(0, 3, (k, d))
    which = rng.integers(0, k, n)
    spread = rng.uniform(0.4, 1.1, (k, d))
    points = np.round(centres[which] + rng.normal(size=(n, d)) * spread[which], 3)
    return points, which


def start_of(points, labels, k, kind, reg):
    """Weights, means and precisions that a hard start gives, computed the plain way."""
    n, d = points.shape
    weights = np.array([(labels == j).mean() for j in range(k)])
    means = np.array([points[labels == j].mean(0) for j in range(k)])
    full = np.array([np.cov(points[labels == j].T, bias=True).reshape(d, d) for j in range(k)])
    eye = reg * np.eye(d)
    if kind == "full":
        return weights, means, np.linalg.inv(full + eye)
    if kind == "tied":
        return weights, means, np.linalg.inv(np.einsum("j,jab->ab", weights, full) + eye)
    diagonal = np.array([np.diag(c) for c in full])
    if kind == "diag":
        return weights, means, 1 / (diagonal + reg)
    return weights, means, 1 / (diagonal.mean(1) + reg)


def mixture_case(rng, n, d, k, kind, reg, tol, max_iter):
    points, which = clouds(rng, n, d, k)
    # A start that is wrong for a third of the points, so that the fit has something to do.
    labels = np.where(rng.random(n) < 0.33, rng.integers(0, k, n), which)
    weights, means, precisions = start_of(points, labels, k, kind, reg)
    model = GaussianMixture(
        k, covariance_type=kind, reg_covar=reg, tol=tol, max_iter=max_iter,
        weights_init=weights, means_init=means, precisions_init=precisions,
    ).fit(points)
    order = np.argsort(-model.weights_, kind="stable")
    return {
        "parameters": {"nComponents": k, "covarianceType": kind, "regCovar": reg, "tol": tol, "maxIter": max_iter},
        "dimensions": d,
        "points": points.ravel().tolist(),
        "startLabels": labels.tolist(),
        "meanLogLikelihood": model.score(points),
        "bic": model.bic(points),
        "aic": model.aic(points),
        "iterations": int(model.n_iter_),
        "weights": model.weights_[order].tolist(),
        "means": model.means_[order].ravel().tolist(),
        "covariances": (model.covariances_ if kind == "tied" else model.covariances_[order]).ravel().tolist(),
        "labels": np.argsort(order)[model.predict(points)].tolist(),
        "firstMembership": model.predict_proba(points[:3])[:, order].ravel().tolist(),
    }


def k_means_case(rng, n, d, k):
    points, _ = clouds(rng, n, d, k)
    model = KMeans(k, n_init=50, random_state=0, tol=0, algorithm="lloyd").fit(points)
    return {"nClusters": k, "dimensions": d, "points": points.ravel().tolist(), "inertia": model.inertia_}


def main():
    rng = np.random.default_rng(20)
    mixtures = [
        mixture_case(rng, 120, 2, 3, kind, 1e-6, 1e-6, 200) for kind in ("full", "tied", "diag", "spherical")
    ]
    mixtures.append(mixture_case(rng, 150, 4, 3, "full", 1e-3, 1e-3, 100))
    golden = {
        "made": {"numpy": np.__version__, "scikit-learn": sklearn.__version__},
        "mixtures": mixtures,
        "kMeans": [k_means_case(rng, 120, 2, 4), k_means_case(rng, 90, 3, 5)],
    }
    TARGET.write_text(json.dumps(golden) + "\n")


main()
