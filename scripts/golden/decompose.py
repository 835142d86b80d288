"""Golden values for packages/core/src/algorithms/decompose, from numpy, scikit-learn and HyperSpy.

Run with a Python that has numpy, scikit-learn and hyperspy, from the root of the repository:
    python scripts/golden/decompose.py
"""

import json
import logging
import warnings
from pathlib import Path

import hyperspy
import hyperspy.api as hs
import numpy as np
import sklearn
from sklearn.decomposition import PCA, FastICA
from sklearn.decomposition._factor_analysis import _ortho_rotation

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/decompose/golden/decompose.json"
logging.disable(logging.WARNING)
warnings.simplefilter("ignore")


def spectra(rng, rows, channels, k, counts):
    """Poisson counts of mixed spectra, every channel and every pixel well above the floors of the weights."""
    c = np.arange(channels)
    pure = np.array([2 + sum(h * np.exp(-((c - p) ** 2) / 6) for p, h in zip(rng.uniform(0, channels, 3), rng.uniform(10, 60, 3))) for _ in range(k)])
    pure *= counts / pure.sum(1).mean()
    return rng.poisson(rng.uniform(0.5, 1.5, (rows, 1)) * (rng.dirichlet(np.ones(k) * 0.5, rows) @ pure))


def signs(components):
    """+1 or -1 per row, so that its entry of largest size becomes positive."""
    return np.sign(components[np.arange(len(components)), np.abs(components).argmax(1)])


def sklearn_case(rng):
    x = spectra(rng, 30, 24, 3, 400)
    model = PCA(5).fit(x)
    sign = signs(model.components_)
    return {
        "rows": 30, "channels": 24, "x": x.ravel().tolist(),
        "components": (model.components_ * sign[:, None]).ravel().tolist(),
        "firstScores": (model.transform(x)[:3] * sign).ravel().tolist(),
        "explainedVariance": model.explained_variance_.tolist(),
        "explainedShare": model.explained_variance_ratio_.tolist(),
    }


def hyperspy_case(rng):
    x = spectra(rng, 48, 24, 3, 400)
    s = hs.signals.Signal1D(x.reshape(6, 8, 24).astype(float))
    s.decomposition(normalize_poissonian_noise=True, algorithm="SVD", print_info=False)
    result = s.learning_results
    k = 4
    factors = np.asarray(result.factors)[:, :k].T
    scores = np.asarray(result.loadings)[:, :k]
    length = np.linalg.norm(factors, axis=1) * signs(factors)
    model = np.asarray(s.get_decomposition_model(3).data).reshape(48, 24)
    return {
        "rows": 48, "channels": 24, "x": x.ravel().tolist(),
        "components": (factors / length[:, None]).ravel().tolist(),
        "firstScores": (scores * length)[:3].ravel().tolist(),
        "shares": np.asarray(result.explained_variance_ratio).tolist(),
        "elbow": int(result.number_significant_components),
        "modelOfThree": model[:4].ravel().tolist(),
    }


def ica_case(rng, algorithm, fun):
    n, k = 200, 3
    sources = np.column_stack([rng.laplace(size=n), rng.uniform(-1, 1, n), np.sign(rng.normal(size=n)) * rng.exponential(size=n) ** 1.5])
    x = np.round(sources @ rng.normal(size=(k, k)).T, 4)
    start = np.round(rng.normal(size=(k, k)), 4)
    model = FastICA(k, algorithm=algorithm, fun=fun, w_init=start.copy(), whiten="unit-variance", whiten_solver="eigh", tol=1e-10, max_iter=2000)
    found = model.fit_transform(x)
    return {"algorithm": algorithm, "fun": fun, "k": k, "x": x.ravel().tolist(), "start": start.ravel().tolist(), "unmixing": model.components_.ravel().tolist(), "firstSources": found[:3].ravel().tolist()}


def orthomax_case(rng, method):
    loadings = np.round(rng.normal(size=(20, 3)) ** 3 @ np.linalg.qr(rng.normal(size=(3, 3)))[0], 4)
    rotated = _ortho_rotation(loadings, method=method, tol=1e-15, max_iter=5000).T
    return {"method": method, "rows": 20, "k": 3, "loadings": loadings.ravel().tolist(), "rotated": rotated.ravel().tolist()}


def main():
    rng = np.random.default_rng(11)
    golden = {
        "made": {"numpy": np.__version__, "scikit-learn": sklearn.__version__, "hyperspy": hyperspy.__version__},
        "sklearn": sklearn_case(rng),
        "hyperspy": hyperspy_case(rng),
        "ica": [ica_case(rng, algorithm, fun) for algorithm in ("parallel", "deflation") for fun in ("logcosh", "exp", "cube")],
        "orthomax": [orthomax_case(rng, method) for method in ("varimax", "quartimax")],
    }
    TARGET.write_text(json.dumps(golden) + "\n")


main()
