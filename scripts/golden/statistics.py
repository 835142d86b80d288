"""Golden values for packages/core/src/algorithms/statistics, from scikit-image and numpy.

Run with a Python that has numpy and scikit-image, from the root of the repository:
    python scripts/golden/statistics.py
"""

import json
import math
from pathlib import Path

import numpy as np
import skimage
from skimage.measure import label, regionprops

TARGET = Path(__file__).parents[2] / "packages/core/src/algorithms/statistics/golden/statistics.json"


def blobs(rng, height, width, classes):
    """A blotchy class map: smoothed noise, cut into classes, with some pixels unassigned."""
    noise = rng.normal(size=(height, width))
    for _ in range(2):
        noise = (noise + np.roll(noise, 1, 0) + np.roll(noise, 1, 1) + np.roll(noise, -1, 0) + np.roll(noise, -1, 1)) / 5
    cuts = np.quantile(noise, np.linspace(0, 1, classes + 2)[1:-1])
    return np.digitize(noise, cuts) - 1


def grains(labels, connectivity, spacing):
    found = []
    for cls in range(labels.max() + 1):
        components = label(labels == cls, connectivity=1 if connectivity == 4 else 2)
        for region, square in zip(regionprops(components, spacing=spacing), regionprops(components)):
            rows, columns = np.nonzero(components == region.label)
            found.append({
                "first": int(min(r * labels.shape[1] + c for r, c in zip(rows, columns))),
                "classId": cls,
                "pixels": int(square.num_pixels),
                "area": float(region.area),
                "equivalentDiameter": float(region.equivalent_diameter_area),
                "majorAxis": float(region.axis_major_length),
                "minorAxis": float(region.axis_minor_length),
                # Degrees from the x axis, anticlockwise; scikit-image measures from the rows.
                "orientationDeg": math.degrees(region.orientation) - 90,
                "squarePerimeter": float(square.perimeter),
                "centroid": [float(v) for v in region.centroid],
                "box": [int(v) for v in square.bbox],
            })
    return sorted(found, key=lambda grain: grain["first"])


rng = np.random.default_rng(11)
cases = []
for connectivity, spacing in [(8, (1.0, 1.0)), (4, (1.0, 1.0)), (8, (0.5, 1.25))]:
    labels = blobs(rng, 23, 31, 3)
    cases.append({
        "connectivity": connectivity, "spacing": spacing, "height": 23, "width": 31,
        "labels": labels.ravel().tolist(), "grains": grains(labels, connectivity, spacing),
    })

values = np.round(rng.gamma(2, 3, 200), 2)
counts, edges = np.histogram(values, 13)
golden = {
    "versions": {"numpy": np.__version__, "scikit-image": skimage.__version__},
    "cases": cases,
    "histogram": {"values": values.tolist(), "bins": 13, "counts": counts.tolist(), "edges": edges.tolist()},
}
TARGET.parent.mkdir(exist_ok=True)
TARGET.write_text(json.dumps(golden, indent=None) + "\n")
