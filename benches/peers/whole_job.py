"""SIGMA's workflow as its notebooks do it, with HyperSpy, umap-learn, scikit-learn and Matplotlib: bin, element maps, normalise, UMAP, Gaussian mixture, class
spectra, NMF, figures."""

import os


def load(task, peer):
    return task


def sigma_like(task, _):
    signal = opened(task)
    maps = feature_maps(signal, task["lines"])
    features = normalised(maps)
    latent = embedded(features)
    labels, membership = clustered(latent, task["classes"])
    spectra = class_spectra(signal, labels, task["classes"])
    endmembers, weights = unmixed(spectra, task["classes"])
    shape = maps.shape[:2]
    abundances = (membership @ weights).reshape(*shape, -1)
    draw(task, signal, maps, latent, labels.reshape(shape), spectra, endmembers, abundances)
    return lambda: {"labels": labels.reshape(shape).astype("i4")}


def opened(task):
    import hyperspy.api as hs

    signal = hs.load(task["file"], signal_type="EDS_SEM")
    signal.set_microscope_parameters(beam_energy=task["beamEnergyKev"], energy_resolution_MnKa=task["resolutionEv"])
    signal = signal.rebin(scale=(2, 2, 1))
    signal.set_elements(sorted({line.split("_")[0] for line in task["lines"]}))
    signal.set_lines(task["lines"])
    return signal


def feature_maps(signal, lines):
    """Counts on E - FWHM to E + FWHM of each line, divided by all counts of the pixel."""
    import numpy as np

    maps = np.stack([one.data for one in signal.get_lines_intensity(lines, integration_windows=2.0)], axis=-1)
    return maps / np.maximum(signal.sum(-1).data, 1)[..., None]


def normalised(maps):
    """Mean of each pixel and its neighbours, then z-score of each map; [pixels x lines]."""
    import numpy as np
    from scipy.ndimage import uniform_filter

    ones = uniform_filter(np.ones(maps.shape[:2]), 3, mode="constant")
    smooth = np.stack([uniform_filter(maps[..., i], 3, mode="constant") / ones for i in range(maps.shape[2])], axis=-1)
    rows = smooth.reshape(-1, maps.shape[2])
    return ((rows - rows.mean(0)) / rows.std(0)).astype("f4")


def embedded(features):
    import umap

    return umap.UMAP(n_neighbors=15, min_dist=0.02, n_components=2).fit_transform(features)


def clustered(latent, classes):
    from sklearn.mixture import GaussianMixture

    model = GaussianMixture(classes, random_state=4).fit(latent)
    membership = model.predict_proba(latent)
    return membership.argmax(1), membership


def class_spectra(signal, labels, classes):
    import numpy as np

    rows = signal.data.reshape(-1, signal.data.shape[-1])
    return np.stack([rows[labels == k].mean(0) if (labels == k).any() else np.zeros(rows.shape[1]) for k in range(classes)])


def unmixed(spectra, classes):
    from sklearn.decomposition import NMF

    model = NMF(classes, init="nndsvd", max_iter=200)
    weights = model.fit_transform(spectra)
    return model.components_, weights


def draw(task, signal, maps, latent, labels, spectra, endmembers, abundances):
    """The figures that the notebooks show and users save: 12 maps, the latent space, the classes, their spectra, endmembers and abundances."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    energies = signal.axes_manager.signal_axes[0].axis

    def save(name, figure):
        figure.savefig(os.path.join(task["out"], name), dpi=150)
        plt.close(figure)

    def panels(name, images, cmap="viridis"):
        figure, axes = plt.subplots(3, 4, figsize=(12, 8))
        for ax, image in zip(axes.flat, images):
            ax.imshow(image, cmap=cmap)
            ax.set_axis_off()
        save(name, figure)

    panels("maps.png", [maps[..., i] for i in range(maps.shape[2])])
    panels("abundances.png", [abundances[..., i] for i in range(abundances.shape[2])])
    figure, ax = plt.subplots(figsize=(6, 6))
    ax.scatter(*latent.T, c=labels.ravel(), s=1, cmap="tab10")
    save("latent.png", figure)
    figure, ax = plt.subplots(figsize=(6, 6))
    ax.imshow(labels, cmap="tab10")
    save("classes.png", figure)
    for name, curves in (("spectra.png", spectra), ("endmembers.png", endmembers)):
        figure, axes = plt.subplots(len(curves), 1, figsize=(8, 2 * len(curves)), sharex=True)
        for ax, curve in zip(axes, curves):
            ax.plot(energies, curve)
        save(name, figure)


PEERS = {"SIGMA's workflow": sigma_like}
PACKAGES = {"SIGMA's workflow": "hyperspy"}
