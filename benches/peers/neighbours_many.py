from peers.neighbours import PACKAGES, PEERS, load  # noqa: F401
