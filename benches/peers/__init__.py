"""The works as the Python packages do them: `load(task, peer)` prepares, each function of `PEERS` works and returns a function that gives the arrays."""
