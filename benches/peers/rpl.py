def load(task, peer):
    return task


def hyperspy(task, _):
    return opened(task, lazy=False)


def hyperspy_lazy(task, _):
    return opened(task, lazy=True)


def opened(task, lazy):
    import hyperspy.api as hs

    signal = hs.load(task["file"], lazy=lazy)
    results = [signal.sum((0, 1))] + [signal.isig[start:end].sum(-1) for start, end in task["windows"]]
    if lazy:
        for result in results:
            result.compute(show_progressbar=False)
    return lambda: {
        "sum": results[0].data.astype("f8"),
        "maps": stacked([result.data.ravel() for result in results[1:]]),
    }


def stacked(maps):
    import numpy as np

    return np.stack(maps).astype("f8")


PEERS = {"HyperSpy": hyperspy, "HyperSpy, lazy": hyperspy_lazy}
PACKAGES = {name: "hyperspy" for name in PEERS}
