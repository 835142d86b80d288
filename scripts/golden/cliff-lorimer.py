"""Golden values for packages/core/src/algorithms/quantify, from exspy.

Run with a Python that has numpy and exspy, from the root of the repository:
    python scripts/golden/cliff-lorimer.py
"""

import json
from pathlib import Path

import exspy
import numpy as np
from exspy._misc.eds import utils

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/quantify/golden/cliff-lorimer.json"
K_FACTORS = {"Fe_Ka": 1.0, "Si_Ka": 0.76, "Ca_Ka": 0.88, "Mg_Ka": 1.02}

rng = np.random.default_rng(5)
net = np.round(rng.gamma(2, 400, (len(K_FACTORS), 6)) + 1)
mass = utils.quantification_cliff_lorimer(net, list(K_FACTORS.values()))
atomic = np.array(exspy.material.weight_to_atomic(list(100 * mass), [line.split("_")[0] for line in K_FACTORS])) / 100
TARGET.parent.mkdir(exist_ok=True)
TARGET.write_text(json.dumps({
    "versions": {"exspy": exspy.__version__},
    "kFactors": K_FACTORS,
    "net": net.T.tolist(),
    "massFraction": mass.T.tolist(),
    "atomicFraction": atomic.T.tolist(),
}, indent=2) + "\n")
