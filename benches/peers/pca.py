from peers.loading import signal_of as load  # noqa: F401

COMPONENTS = 20


def hyperspy(signal, task):
    return decomposed(signal, algorithm="SVD")


def hyperspy_randomized(signal, task):
    return decomposed(signal, algorithm="SVD", svd_solver="randomized", output_dimension=COMPONENTS)


def decomposed(signal, **how):
    # A decomposition needs floats, and HyperSpy changes the data in place when it weighs them.
    work = signal.deepcopy()
    work.change_dtype("float32")
    work.decomposition(normalize_poissonian_noise=True, print_info=False, **how)
    factors = work.learning_results.factors[:, :COMPONENTS]
    return lambda: {"components": factors.T.astype("f8")}


PEERS = {"HyperSpy, default (SVD)": hyperspy, "HyperSpy, randomized": hyperspy_randomized}
PACKAGES = {name: "hyperspy" for name in PEERS}
