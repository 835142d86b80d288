from peers.loading import rows_of, signal_of

COMPONENTS = 6


def load(task, peer):
    signal = signal_of(task)
    if peer == "HyperSpy":
        return signal
    from scipy.sparse import csr_matrix

    return csr_matrix(rows_of(signal), dtype="f4")


def hyperspy(signal, task):
    work = signal.deepcopy()
    work.change_dtype("float32")
    work.decomposition(algorithm="NMF", output_dimension=COMPONENTS, print_info=False)
    results = work.learning_results
    return lambda: {"abundances": results.loadings.astype("f4"), "endmembers": results.factors.T.astype("f8")}


def scikit_learn(rows, task):
    from sklearn.decomposition import NMF

    model = NMF(COMPONENTS, random_state=0)
    abundances = model.fit_transform(rows)
    return lambda: {"abundances": abundances.astype("f4"), "endmembers": model.components_.astype("f8")}


PEERS = {"HyperSpy": hyperspy, "scikit-learn, sparse": scikit_learn}
PACKAGES = {"HyperSpy": "hyperspy", "scikit-learn, sparse": "scikit-learn"}
