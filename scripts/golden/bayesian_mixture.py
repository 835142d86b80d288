"""Golden values for the Bayesian Gaussian mixture of packages/core/src/algorithms/cluster, from scikit-learn.

Run with a Python that has numpy and scikit-learn, from the root of the repository:
    python scripts/golden/bayesian_mixture.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.mixture import BayesianGaussianMixture

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/cluster/golden/bayesian-mixture.json"


class FromLabels(BayesianGaussianMixture):
    """The same model, started from given hard labels."""

    start = None

    def _initialize_parameters(self, X, random_state, xp=None):
        self._initialize(X, np.eye(self.n_components)[self.start])


def case(rng, n, d, clouds, k, prior, kind, **more):
    centres = rng.normal(0, 3, (clouds, d))
    which = rng.integers(0, clouds, n)
    points = np.round(centres[which] + rng.normal(size=(n, d)) * rng.uniform(0.4, 1.1, (clouds, d))[which], 3)
    labels = np.where(rng.random(n) < 0.3, rng.integers(0, k, n), which)
    model = FromLabels(n_components=k, covariance_type=kind, weight_concentration_prior_type=prior.replace("-", "_"), **more)
    model.start = labels
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(points)
    chosen = model.predict(points)
    by_weight = np.argsort(-model.weights_, kind="stable")
    order = [j for j in by_weight if (chosen == j).any()]
    camel = {
        "tol": "tol", "max_iter": "maxIter", "weight_concentration_prior": "weightConcentrationPrior",
        "mean_precision_prior": "meanPrecisionPrior", "degrees_of_freedom_prior": "degreesOfFreedomPrior", "reg_covar": "regCovar",
        "mean_prior": "meanPrior", "covariance_prior": "covariancePrior",
    }
    given = {camel[name]: np.ravel(value).tolist() if np.ndim(value) else value for name, value in more.items()}
    return {
        "parameters": {"nComponents": k, "covarianceType": kind, "weightConcentrationPriorType": prior, **given},
        "dimensions": d,
        "points": points.ravel().tolist(),
        "startLabels": labels.tolist(),
        "lowerBound": float(np.ravel(model.lower_bound_)[0]),
        "meanLogLikelihood": float(model.score(points)),
        "iterations": int(model.n_iter_),
        "clusters": len(order),
        "weights": model.weights_[by_weight].tolist(),
        "means": model.means_[order].ravel().tolist(),
        "covariances": (model.covariances_ if kind == "tied" else model.covariances_[order]).ravel().tolist(),
        "labels": [order.index(j) for j in chosen],
    }


def main():
    rng = np.random.default_rng(33)
    cases = [
        case(rng, 110, 2, 3, 5, prior, kind, tol=1e-5, max_iter=300)
        for prior in ("dirichlet-process", "dirichlet-distribution")
        for kind in ("full", "tied", "diag", "spherical")
    ]
    cases.append(case(
        rng, 90, 3, 3, 4, "dirichlet-process", "full", max_iter=60, weight_concentration_prior=20.0, mean_precision_prior=0.3,
        degrees_of_freedom_prior=6.5, reg_covar=1e-3, mean_prior=np.array([0.5, -1, 0.25]),
        covariance_prior=np.array([[1.5, 0.2, 0], [0.2, 1, 0.1], [0, 0.1, 2]]),
    ))
    made = {"numpy": np.__version__, "scikit-learn": sklearn.__version__}
    TARGET.write_text(json.dumps({"made": made, "cases": cases}) + "\n")


main()
