"""One process of a peer: python peers.py WORK PEER DATA.npy RESULT.npy THREADS. Does the work twice; prints seconds of both, peak memory and version."""

import importlib.metadata
import json
import resource
import sys
import time

import numpy as np

work, peer, source, target, threads = sys.argv[1:6]
points = np.load(source)
threads = int(threads)


def umap_learn():
    import umap

    return umap.UMAP(n_neighbors=15, min_dist=0.1, n_jobs=threads).fit_transform(points)


def neighbours_scipy():
    from scipy.spatial import cKDTree

    return cKDTree(points).query(points, 16, workers=threads)[1][:, 1:].astype(np.int32)


def neighbours_sklearn():
    from sklearn.neighbors import NearestNeighbors

    model = NearestNeighbors(n_neighbors=15, algorithm="kd_tree", n_jobs=threads).fit(points)
    return model.kneighbors(return_distance=False).astype(np.int32)


def mixture():
    from sklearn.mixture import GaussianMixture

    return GaussianMixture(50, random_state=1).fit_predict(points).astype(np.int32)


def hdbscan_package():
    import hdbscan

    # This package does not count the point itself.
    model = hdbscan.HDBSCAN(min_cluster_size=100, min_samples=9, core_dist_n_jobs=threads)
    return model.fit_predict(points).astype(np.int32)


def hdbscan_sklearn():
    from sklearn.cluster import HDBSCAN

    return HDBSCAN(min_cluster_size=100, min_samples=10, n_jobs=threads, copy=True).fit_predict(points).astype(np.int32)


def autoencoder():
    import torch
    from torch import nn

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    widths = [points.shape[1], 512, 256, 128]

    def blocks(sizes):
        for a, b in zip(sizes, sizes[1:]):
            yield from (nn.Linear(a, b), nn.LayerNorm(b), nn.LeakyReLU(0.02))

    encoder = nn.Sequential(*blocks(widths), nn.Linear(128, 2))
    decoder = nn.Sequential(*blocks([2, 128, 256, 512]), nn.Linear(512, points.shape[1]))
    weights = [*encoder.parameters(), *decoder.parameters()]
    optimiser = torch.optim.Adam(weights, lr=1e-4)
    data = torch.from_numpy(points)
    order = torch.randperm(len(data))
    for batch in data[order].split(64):
        optimiser.zero_grad()
        nn.functional.mse_loss(decoder(encoder(batch)), batch).backward()
        optimiser.step()
    with torch.no_grad():
        return encoder(data).numpy()


peers = {
    ("umap", "umap-learn"): umap_learn,
    ("neighbours", "scipy"): neighbours_scipy,
    ("neighbours", "scikit-learn"): neighbours_sklearn,
    ("mixture", "scikit-learn"): mixture,
    ("hdbscan", "hdbscan"): hdbscan_package,
    ("hdbscan", "scikit-learn"): hdbscan_sklearn,
    ("autoencoder", "torch"): autoencoder,
}
seconds = []
for _ in range(2):
    begin = time.perf_counter()
    result = peers[work, peer]()
    seconds.append(time.perf_counter() - begin)
np.save(target, np.asarray(result, dtype=np.float32 if result.dtype.kind == "f" else np.int32).reshape(len(points), -1))
kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": seconds, "megabytes": kilobytes / 1024, "version": importlib.metadata.version(peer)}))
