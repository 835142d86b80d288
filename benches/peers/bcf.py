from peers.loading import rows_of


def load(task, peer):
    return task


def rosettasciio(task, _):
    import hyperspy.api as hs

    signal = hs.load(task["file"], select_type="spectrum_image")
    return lambda: {"sum": rows_of(signal).sum(0, dtype="f8")}


PEERS = {"RosettaSciIO, compiled": rosettasciio}
PACKAGES = {"RosettaSciIO, compiled": "rosettasciio"}
