"""What works start from: points of a .npy file, the counts of an image file as HyperSpy or as a sparse matrix."""


def points_of(task, peer):
    import numpy as np

    return np.load(task["points"])


def signal_of(task, peer=None):
    """The spectrum image as HyperSpy loads it: a dense array of whole numbers."""
    import hyperspy.api as hs

    return hs.load(task["file"])


def rows_of(signal):
    """[pixels x channels], dense."""
    return signal.data.reshape(-1, signal.data.shape[-1])
