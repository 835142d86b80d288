"""Golden values for packages/core/src/kernels/special-functions.ts, from mpmath with 40 digits.

Run with a Python that has mpmath, from the root of the repository:
    python scripts/golden/special_functions.py
"""

import json
from pathlib import Path

import mpmath

TARGET = Path(__file__).parents[2] / "packages/core/src/kernels/golden/special-functions.json"
ARGUMENTS = [
    1e-300, 1e-10, 1e-3, 0.1, 0.25, 0.5, 0.75, 0.999, 1.0, 1.001, 1.25, 1.4616321449683622, 1.5, 1.999, 2.0, 2.001, 2.5, 3.0, 4.7,
    7.25, 9.999, 10.0, 15.999, 16.0, 16.001, 33.3, 100.0, 171.5, 1234.5, 1e6, 123456789.125, 1e15, 1e100,
]


def main():
    mpmath.mp.dps = 40
    golden = {
        "made": {"mpmath": mpmath.__version__},
        "values": [
            {"x": x, "logGamma": float(mpmath.loggamma(mpmath.mpf(x))), "digamma": float(mpmath.digamma(mpmath.mpf(x)))}
            for x in ARGUMENTS
        ],
    }
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(golden) + "\n")


main()
