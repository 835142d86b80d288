"""Golden values for packages/core/src/algorithms/embed, from umap-learn and scikit-learn.

Run with a Python that has numpy, scipy, scikit-learn and umap-learn, from the root of the repository:
    python scripts/golden/embed.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
import scipy
import sklearn
import umap
from scipy.spatial.distance import cdist
from sklearn.datasets import make_swiss_roll
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/embed/golden/embed.json"


def curve_cases():
    """a and b of the curve of similarity, over the range that people use."""
    pairs = [(0.1, 1), (0.02, 1), (0, 1), (0.5, 1), (0.99, 1), (0.1, 2), (0.05, 0.5), (0.8, 3)]
    return [dict(zip(("minDist", "spread", "a", "b"), map(float, (m, s, *find_ab_params(s, m))))) for m, s in pairs]


def graph_of(points, n_neighbors, mix, connectivity, metric="euclidean"):
    """Weights of umap-learn's graph from exact neighbours, ties by index, each point its own first."""
    between = cdist(points, points, {"manhattan": "cityblock"}.get(metric, metric))
    np.fill_diagonal(between, np.inf)
    indices = np.argsort(between, axis=1, kind="stable")[:, : n_neighbors - 1]
    distances = np.take_along_axis(between, indices, 1)
    own = np.arange(len(points))[:, None]
    graph, sigmas, rhos = fuzzy_simplicial_set(
        points, n_neighbors, np.random.RandomState(0), metric,
        knn_indices=np.hstack([own, indices]), knn_dists=np.hstack([np.zeros_like(own, float), distances]),
        set_op_mix_ratio=mix, local_connectivity=connectivity,
    )
    return graph.tocsr().sorted_indices(), sigmas, rhos


def graph_case(points, n_neighbors, mix, connectivity, metric="euclidean"):
    graph, sigmas, rhos = graph_of(points, n_neighbors, mix, connectivity, metric)
    graph.eliminate_zeros()
    return {
        "nNeighbors": n_neighbors, "setOpMixRatio": mix, "localConnectivity": connectivity, "metric": metric,
        "sigma": [float(f"{v:.7g}") for v in sigmas], "rho": [float(f"{v:.7g}") for v in rhos],
        "rowStart": graph.indptr.tolist(), "column": graph.indices.tolist(),
        "weight": [float(f"{v:.7g}") for v in graph.data],
    }


def eigen_case(points, n_neighbors):
    """Largest eigenvalues of the normalised adjacency below the trivial one, by a dense solver."""
    graph, _, _ = graph_of(points, n_neighbors, 1.0, 1.0)
    dense = graph.toarray().astype(float)
    root = 1 / np.sqrt(dense.sum(1))
    values = np.linalg.eigvalsh(root[:, None] * dense * root)
    return {"nNeighbors": n_neighbors, "values": values[::-1][1:4].tolist()}


def continuity(points, picture, k):
    return trustworthiness(picture, points, n_neighbors=k)


def preserved(points, picture, k, among):
    true = NearestNeighbors(n_neighbors=k).fit(points).kneighbors(return_distance=False)
    seen = NearestNeighbors(n_neighbors=among).fit(picture).kneighbors(return_distance=False)
    return float(np.mean([len(set(a) & set(b)) / k for a, b in zip(true, seen)]))


def quality(points, picture):
    return {
        "trustworthiness": float(trustworthiness(points, picture, n_neighbors=15)),
        "continuity": float(continuity(points, picture, 15)),
        "preservedAmongSame": preserved(points, picture, 15, 15),
        "preserved": preserved(points, picture, 15, 50),
    }


def layout_case(name, points, min_dist):
    """Quality that umap-learn reaches: the mean of five seeds."""
    runs = [quality(points, umap.UMAP(min_dist=min_dist, random_state=seed).fit_transform(points)) for seed in range(5)]
    mean = {key: float(np.mean([run[key] for run in runs])) for key in runs[0]}
    return {"name": name, "dimensions": points.shape[1], "points": flat(points), "minDist": min_dist, "quality": mean}


def flat(points):
    return [round(float(v), 3) for v in np.asarray(points).ravel()]


def rounded(points):
    return np.round(points, 3).astype(np.float32)


def pca_case(points):
    model = PCA(svd_solver="full").fit(points.astype(float))
    return {
        "dimensions": points.shape[1], "points": flat(points), "mean": model.mean_.tolist(),
        "components": model.components_.ravel().tolist(), "explainedVariance": model.explained_variance_.tolist(),
        "explainedVarianceRatio": model.explained_variance_ratio_.tolist(),
        "firstScores": model.transform(points[:4].astype(float)).ravel().tolist(),
    }


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(7)
    clouds = rounded(rng.normal(0, 4, (4, 3))[rng.integers(0, 4, 80)] + rng.normal(size=(80, 3)))
    # Pixels that are equal, and some far away.
    awkward = clouds.copy()
    awkward[10:16] = awkward[10]
    awkward[70:72] += 40
    sheet = rounded(make_swiss_roll(400, noise=0.2, random_state=3)[0])
    blobs = rounded(rng.normal(0, 5, (6, 8))[rng.integers(0, 6, 400)] + rng.normal(size=(400, 8)))
    picture = rounded(clouds[:, :2] + rng.normal(size=(80, 2)))
    golden = {
        "made": {
            "numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__,
            "umap-learn": umap.__version__,
        },
        "curves": curve_cases(),
        "graphPoints": {"dimensions": 3, "clouds": flat(clouds), "awkward": flat(awkward)},
        "graphs": [
            {"points": "clouds", **graph_case(clouds, 10, 1.0, 1.0)},
            {"points": "clouds", **graph_case(clouds, 6, 0.5, 1.5)},
            {"points": "clouds", **graph_case(clouds, 8, 0.0, 2.0, "manhattan")},
            {"points": "clouds", **graph_case(clouds, 10, 1.0, 1.0, "cosine")},
            {"points": "awkward", **graph_case(awkward, 10, 1.0, 1.0)},
        ],
        "eigenvalues": eigen_case(sheet, 15),
        "quality": {"picture": flat(picture), **quality(clouds, picture)},
        "pca": pca_case(blobs[:60]),
        "layouts": [layout_case("Swiss roll", sheet, 0.1), layout_case("blobs", blobs, 0.02)],
    }
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(golden) + "\n")


main()
