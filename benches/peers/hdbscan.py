from peers.loading import points_of as load  # noqa: F401


def hdbscan(points, task):
    import hdbscan

    # This package does not count the point itself among the samples.
    model = hdbscan.HDBSCAN(min_cluster_size=100, min_samples=9, core_dist_n_jobs=task["threads"])
    labels = model.fit_predict(points)
    return lambda: {"labels": labels.astype("i4")[:, None]}


def scikit_learn(points, task):
    from sklearn.cluster import HDBSCAN

    labels = HDBSCAN(min_cluster_size=100, min_samples=10, n_jobs=task["threads"], copy=True).fit_predict(points)
    return lambda: {"labels": labels.astype("i4")[:, None]}


PEERS = {"hdbscan": hdbscan, "scikit-learn": scikit_learn}
PACKAGES = {"hdbscan": "hdbscan", "scikit-learn": "scikit-learn"}
