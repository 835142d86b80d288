from peers.loading import points_of as load  # noqa: F401


def scipy(points, task):
    import numpy as np
    from scipy.spatial import cKDTree

    found = cKDTree(points).query(points, 16, workers=task["threads"])[1][:, 1:]
    return lambda: {"indices": found.astype(np.int32)}


def scikit_learn(points, task):
    import numpy as np
    from sklearn.neighbors import NearestNeighbors

    model = NearestNeighbors(n_neighbors=15, algorithm="kd_tree", n_jobs=task["threads"]).fit(points)
    found = model.kneighbors(return_distance=False)
    return lambda: {"indices": found.astype(np.int32)}


PEERS = {"scipy": scipy, "scikit-learn": scikit_learn}
PACKAGES = {"scipy": "scipy", "scikit-learn": "scikit-learn"}
