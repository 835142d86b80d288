"""Golden values for the zeta factors in packages/core/src/algorithms/quantify, from exspy.

Run with a Python that has numpy, exspy and xraydb, from the root of the repository:
    python scripts/golden/zeta-factor.py
Absorption is iterated as exspy's signals do it, with the attenuation coefficients of Elam, Ravel and Sieber by way of xraydb, since exspy has those of Chantler.
"""

import json
from pathlib import Path

import exspy
import numpy as np
import xraydb
from exspy._misc.eds import utils

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/quantify/golden/zeta-factor.json"
ZETA = {"Mg_Ka": 620.0, "Si_Ka": 650.0, "Ca_Ka": 700.0, "Fe_Ka": 950.0}
ENERGY_EV = {"Mg_Ka": 1253.66, "Si_Ka": 1739.6, "Ca_Ka": 3691.13, "Fe_Ka": 6400.79}
DOSE = 6.0e12
TAKE_OFF_DEG = 20.0

rng = np.random.default_rng(7)
net = np.round(rng.gamma(2, 400_000, (len(ZETA), 5)) + 1000)
plain, plain_thickness = utils.quantification_zeta_factor(net, list(ZETA.values()), DOSE)

elements = [line.split("_")[0] for line in ZETA]
mu = np.array([[xraydb.mu_elam(symbol, energy) for symbol in elements] for energy in ENERGY_EV.values()])
mass, thickness = plain, plain_thickness
for _ in range(100):
    x = 0.1 * (mu @ mass) * thickness / np.sin(np.radians(TAKE_OFF_DEG))
    mass, thickness = utils.quantification_zeta_factor(net, list(ZETA.values()), DOSE, x / (1 - np.exp(-x)))

TARGET.write_text(json.dumps({
    "versions": {"exspy": exspy.__version__, "xraydb": xraydb.__version__},
    "zetaFactors": ZETA,
    "electrons": DOSE,
    "takeOffAngleDeg": TAKE_OFF_DEG,
    "net": net.T.tolist(),
    "plain": {"massFraction": plain.T.tolist(), "massThickness": plain_thickness.tolist()},
    "absorbing": {"massFraction": mass.T.tolist(), "massThickness": thickness.tolist()},
}, indent=2) + "\n")
