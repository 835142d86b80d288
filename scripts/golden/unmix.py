"""Golden values for packages/core/src/algorithms/unmix, from scipy and scikit-learn.

Run with a Python that has numpy, scipy and scikit-learn, from the root of the repository:
    python scripts/golden/unmix.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
from scipy.optimize import nnls
from sklearn.decomposition import NMF
from sklearn.decomposition._nmf import _beta_divergence

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/unmix/golden/unmix.json"


def nnls_case(rng, rows, columns, spread):
    """A least squares problem with columns that are alike (`spread` small: badly conditioned)."""
    a = np.round(1 + spread * rng.normal(size=(rows, columns)), 4)
    b = np.round(a @ rng.normal(0.2, 1, columns) + 0.1 * rng.normal(size=rows), 4)
    x, norm = nnls(a, b)
    return {"rows": rows, "columns": columns, "a": a.ravel().tolist(), "b": b.tolist(), "x": x.tolist(), "norm": norm}


def poisson_case(rng, channels, k, counts):
    """Most likely abundances of one pixel, by 200,000 steps of expectation maximisation (Richardson and Lucy)."""
    endmembers = np.round(rng.gamma(0.5, 1, (k, channels)), 3)
    truth = rng.dirichlet(np.ones(k) * 0.7) * counts / endmembers.sum(1).mean()
    x = rng.poisson(truth @ endmembers)
    a = np.full(k, x.sum() / k / endmembers.sum(1).mean())
    for _ in range(200_000):
        model = a @ endmembers
        ratio = np.divide(x, model, out=np.zeros(channels), where=x > 0)
        a = a * (endmembers @ ratio) / endmembers.sum(1)
    model = a @ endmembers
    loss = model.sum() - (x[x > 0] * np.log(model[x > 0])).sum()
    return {"endmembers": endmembers.ravel().tolist(), "k": k, "x": x.tolist(), "a": a.tolist(), "loss": loss}


def mixtures(rng, rows, channels, k):
    """Spectra of peaks on a slope, mixed, with counting noise."""
    c = np.arange(channels)
    pure = np.array([
        3 * np.exp(-c / channels * 3) + sum(h * np.exp(-((c - p) ** 2) / 8) for p, h in zip(rng.uniform(0, channels, 3), rng.uniform(10, 60, 3)))
        for _ in range(k)
    ])
    return rng.poisson(rng.dirichlet(np.ones(k), rows) @ pure).astype(float)


def nmf_case(rng, rows, channels, k, loss, init, tol, max_iter):
    x = mixtures(rng, rows, channels, k)
    solver = "cd" if loss == "frobenius" else "mu"
    given = {}
    if init == "custom":
        given = {"W": np.round(rng.uniform(0.1, 1, (rows, k)), 3), "H": np.round(rng.uniform(0.1, 1, (k, channels)) * x.mean(), 3)}
    start = {name: value.ravel().tolist() for name, value in given.items()}
    model = NMF(k, init=init, solver=solver, beta_loss=loss, tol=tol, max_iter=max_iter, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        w = model.fit_transform(x, **{name: value.copy() for name, value in given.items()})
    h = model.components_
    return {
        "parameters": {"nComponents": k, "betaLoss": loss, "init": init, "tol": tol, "maxIter": max_iter},
        "rows": rows, "channels": channels, "x": x.astype(int).ravel().tolist(),
        "start": {"abundances": start["W"], "endmembers": start["H"]} if start else None,
        "iterations": int(model.n_iter_),
        "reconstructionError": float(_beta_divergence(x, w, h, loss, square_root=True)),
        "components": np.round(h / h.sum(1, keepdims=True), 12).ravel().tolist(),
    }


def main():
    rng = np.random.default_rng(4)
    golden = {
        "made": {"numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
        "nnls": [nnls_case(rng, 12, 4, 1), nnls_case(rng, 20, 8, 1), nnls_case(rng, 30, 10, 0.3), nnls_case(rng, 15, 6, 0.05)],
        "poisson": [poisson_case(rng, 40, 3, 400), poisson_case(rng, 60, 5, 60), poisson_case(rng, 30, 6, 12)],
        "nmf": [
            nmf_case(rng, 8, 30, 3, "frobenius", "custom", 1e-4, 200),
            nmf_case(rng, 12, 24, 2, "frobenius", "nndsvd", 1e-4, 200),
            nmf_case(rng, 8, 30, 3, "frobenius", "nndsvda", 1e-5, 1000),
            nmf_case(rng, 8, 30, 3, "kullback-leibler", "custom", 1e-4, 200),
            nmf_case(rng, 9, 24, 3, "kullback-leibler", "nndsvda", 1e-6, 1000),
        ],
    }
    TARGET.write_text(json.dumps(golden) + "\n")


main()
