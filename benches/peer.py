"""One process of a peer: python benches/peer.py ROW PEER INPUT.json OUT THREADS RUNS.

Loads what benches/peers/ROW.py needs, does the work of that peer RUNS times, leaves the arrays that it gave in OUT as .npy, and prints times, peak memory and
version. The time of the first run counts from the start of the process.
"""

import importlib
import importlib.metadata
import json
import os
import resource
import sys
import time


def processor_seconds():
    """Of this process, of those that it waited for, and of those that work for it now (hdbscan's, joblib's)."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage) + seconds_of_descendants()


def seconds_of_descendants():
    """Where the system has no /proc, nothing."""
    parents, seconds = {}, {}
    ticks = os.sysconf("SC_CLK_TCK")
    for name in filter(str.isdigit, os.listdir("/proc") if os.path.isdir("/proc") else []):
        try:
            with open(f"/proc/{name}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue  # It ended meanwhile.
        parents[int(name)] = int(fields[1])
        seconds[int(name)] = (int(fields[11]) + int(fields[12])) / ticks
    found, here = 0.0, {os.getpid()}
    while here:
        here = {child for child, parent in parents.items() if parent in here}
        found += sum(seconds[child] for child in here)
    return found


def peak_megabytes():
    # In kilobytes, on macOS in bytes.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


row, peer, input_file, out, threads, runs = sys.argv[1:7]
started = float(os.environ["SIGMA_BENCH_STARTED"])
module = importlib.import_module("peers." + row.replace("-", "_"))
work = module.PEERS[peer]
with open(input_file) as file:
    task = json.load(file)
task.update(threads=int(threads), out=out)
loaded = module.load(task, peer)
times = []
for run in range(int(runs)):
    begin, busy = time.perf_counter(), processor_seconds()
    result = work(loaded, task)
    entry = {"clock": time.perf_counter() - begin, "processor": processor_seconds() - busy}
    if run == 0:
        entry["sinceStart"] = {"clock": time.time() - started, "processor": processor_seconds()}
    times.append(entry)
megabytes = peak_megabytes()

import numpy as np  # Not before the work: a cold start holds only what the work needs.

for name, array in result().items():
    np.save(os.path.join(out, name + ".npy"), array)
version = importlib.metadata.version(module.PACKAGES[peer])
print()
print(json.dumps({"times": times, "megabytes": megabytes, "processor": processor_seconds(), "version": version}))
