from peers.loading import points_of as load  # noqa: F401


def scikit_learn(points, task):
    import numpy as np
    from sklearn.mixture import GaussianMixture

    model = GaussianMixture(50, random_state=1)
    labels = model.fit_predict(points)
    return lambda: {"labels": labels.astype(np.int32)[:, None], "meanLogLikelihood": np.array([model.score(points)], dtype="f8")}


PEERS = {"scikit-learn": scikit_learn}
PACKAGES = {"scikit-learn": "scikit-learn"}
