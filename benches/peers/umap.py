from peers.loading import points_of as load  # noqa: F401


def umap_learn(points, task):
    import umap

    # Without a seed, as users call it: with one, umap-learn lays out on one thread.
    latent = umap.UMAP(n_neighbors=15, min_dist=0.1, n_jobs=task["threads"]).fit_transform(points)
    return lambda: {"latent": latent.astype("f4")}


PEERS = {"umap-learn": umap_learn}
PACKAGES = {"umap-learn": "umap-learn"}
