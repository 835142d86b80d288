"""Writes fixtures/emd: small files by h5py in the layouts of Velox and of Berkeley's EMD, and the counts that went into them.

    python scripts/generate-emd-fixtures.py        (h5py 3.16, numpy 2.4)
"""
import json
import os

import h5py
import numpy as np

OUT = os.path.join(os.path.dirname(__file__), "..", "fixtures", "emd")
HEIGHT, WIDTH, FRAMES, CHANNELS = 3, 4, 3, 64


def text(group, name, value):
    group.create_dataset(name, data=np.array([json.dumps(value)], dtype=object), dtype=h5py.string_dtype())


def column(group, value, frames=1):
    data = np.zeros((60000, frames), "u1")
    encoded = np.frombuffer(json.dumps(value).encode(), "u1")
    data[: len(encoded), :] = encoded[:, None]
    group.create_dataset("Metadata", data=data, chunks=(60000, 1), compression="gzip")


def metadata(detector, **more):
    detectors = {
        f"Detector-{i}": {
            "DetectorName": f"SuperX{i}",
            "DetectorType": "AnalyticalDetector",
            "Dispersion": "10",
            "OffsetEnergy": "-100",
            "ElevationAngle": "0.31415926535897931",
            "AzimuthAngle": str(np.pi / 4 * i),
            "LiveTime": "0.5",
            "RealTime": "0.6",
        }
        for i in (1, 2)
    }
    return {
        "Acquisition": {"AcquisitionStartDatetime": {"DateTime": "1700000000"}},
        "Optics": {"AccelerationVoltage": "200000"},
        "Stage": {"Position": {"x": "1e-6", "y": "-2e-6", "z": "0"}, "AlphaTilt": "0.1"},
        "Scan": {"ScanSize": {"width": "16", "height": "12"}, "ScanArea": {"left": "0.25", "right": "0.5", "top": "0", "bottom": "0.25"}},
        "Detectors": detectors,
        "BinaryResult": {
            "Detector": detector,
            "PixelSize": {"width": "5e-09", "height": "4e-09"},
            "PixelUnitX": "m",
            "PixelUnitY": "m",
            "Offset": {"x": "1e-08", "y": "-2e-08"},
        },
        **more,
    }


def stream(counts):
    """counts: frames, y, x, channel. Counts of a pixel come in any order; 65535 ends it."""
    rng = np.random.default_rng(1)
    values = []
    for frame in counts:
        for pixel in frame.reshape(-1, CHANNELS):
            values.extend(rng.permutation(np.repeat(np.arange(CHANNELS), pixel)).tolist())
            values.append(65535)
    return np.array(values, "<u2").reshape(-1, 1)


def velox_root(f):
    text(f, "Version", {"format": "Velox", "version": "11"})
    text(f, "Info", {"applicationVersion": "3.0"})


def velox(path):
    rng = np.random.default_rng(7)
    expected = {}
    with h5py.File(path, "w") as f:
        velox_root(f)
        for i in (1, 2):
            counts = rng.poisson(0.05, (FRAMES, HEIGHT, WIDTH, CHANNELS))
            counts[:, :, :, 10] += i
            group = f.create_group(f"Data/SpectrumStream/{i:032x}")
            values = stream(counts)
            if i == 2:
                values = values[:-1]  # the last pixel of the last frame is not closed
            group.create_dataset("Data", data=values, chunks=(16, 1), maxshape=(None, 1))
            column(group, metadata(f"SuperX{i}"), FRAMES)
            text(group, "AcquisitionSettings", {"bincount": str(CHANNELS), "StreamEncoding": "uint16"})
            expected[f"SuperX{i}"] = counts.sum(0).reshape(-1).tolist()
            expected[f"SuperX{i} frame 1"] = counts[1].reshape(-1).tolist()
        spectrum = f.create_group("Data/Spectrum/00")
        spectrum.create_dataset("Data", data=np.arange(CHANNELS, dtype="<u4").reshape(-1, 1))
        column(spectrum, metadata("SuperX1"))
        for name, data in {
            "aa": np.arange(HEIGHT * WIDTH * 2, dtype="<u2").reshape(HEIGHT, WIDTH, 2),
            "bb": np.arange(HEIGHT * WIDTH, dtype="<f4").reshape(HEIGHT, WIDTH, 1) / 4,
            "cc": np.zeros((8, 6, 1), "<i2"),
        }.items():
            image = f.create_group(f"Data/Image/{name}")
            image.create_dataset("Data", data=data)
            column(image, metadata("HAADF"), data.shape[2])
        displays = f.create_group("Displays/ImageDisplay")
        text(displays, "d1", {"title": "Fe", "data": "/SharedProperties/ImageSeriesDataReference/r1"})
        text(f.create_group("SharedProperties/ImageSeriesDataReference"), "r1", {"dataPath": "/Data/Image/bb", "frameIndex": 0})
    return expected


def pruned(path):
    with h5py.File(path, "w") as f:
        velox_root(f)
        group = f.create_group("Data/SpectrumImage/00")
        group.create_dataset("Data", data=np.arange(100, dtype="u1").reshape(-1, 1))


def pruned_map(path):
    """All detectors and frames summed, row by row and channel by channel: the counts of the pixels, a zero followed by how many more there are."""
    rng = np.random.default_rng(11)
    counts = rng.poisson(0.15, (HEIGHT, WIDTH, CHANNELS))
    counts[1, :, 20] = [3, 1, 4, 300]
    records = b"".join(record(counts[y, :, c]) for y in range(HEIGHT) for c in range(CHANNELS))
    header = bytes(range(30))
    data = bytes.fromhex("8c4696a348b4d718") + len(header).to_bytes(8, "little") + header + records
    with h5py.File(path, "w") as f:
        velox_root(f)
        group = f.create_group("Data/SpectrumImage/00")
        group.create_dataset("Data", data=np.frombuffer(data, "u1").reshape(-1, 1), chunks=(512, 1), maxshape=(None, 1))
        column(group, metadata("SuperX"))
        text(group, "AcquisitionSettings", {"bincount": str(CHANNELS), "StreamEncoding": "uint16"})
        for i, share in ((1, counts // 3), (2, counts - counts // 3)):
            spectrum = f.create_group(f"Data/Spectrum/0{i}")
            spectrum.create_dataset("Data", data=share.sum((0, 1)).astype("<u4").reshape(-1, 1))
            column(spectrum, metadata(f"SuperX{i}"))
    return counts.reshape(-1).tolist()


def record(values):
    if not values.any():
        return b"\0\0"
    out = b""
    x = 0
    while x < len(values):
        run = 1
        while values[x] == 0 and x + run < len(values) and values[x + run] == 0:
            run += 1
        out += int(values[x]).to_bytes(2, "little") + (bytes([run - 1]) if values[x] == 0 else b"")
        x += run
    return len(out).to_bytes(2, "little") + out


def ncem(path):
    rng = np.random.default_rng(3)
    counts = rng.poisson(0.2, (20, 4, 3)).astype("<u2")
    with h5py.File(path, "w") as f:
        f.attrs["version_major"] = 0
        f.attrs["version_minor"] = 2
        f.create_group("microscope").attrs["voltage"] = 200.0
        cube = f.create_group("data/cube")
        cube.attrs["emd_group_type"] = 1
        cube.create_dataset("data", data=counts)
        for i, (name, units, values) in enumerate(
            [("Energy", "[eV]", np.arange(20) * 10.0 - 50), ("y", "[n_m]", np.arange(4) * 2.0), ("x", "[n_m]", np.array([5.0, 8.0]))]
        ):
            dim = cube.create_dataset(f"dim{i + 1}", data=values)
            dim.attrs["name"] = name
            dim.attrs["units"] = units
        picture = f.create_group("data/picture")
        picture.attrs["emd_group_type"] = 1
        picture.create_dataset("data", data=np.arange(12, dtype="<f8").reshape(4, 3))
    return np.moveaxis(counts, 0, -1).reshape(-1).tolist()


def main():
    os.makedirs(OUT, exist_ok=True)
    expected = velox(os.path.join(OUT, "velox.emd"))
    pruned(os.path.join(OUT, "pruned.emd"))
    expected["pruned map"] = pruned_map(os.path.join(OUT, "pruned-map.emd"))
    expected["ncem"] = ncem(os.path.join(OUT, "ncem.emd"))
    with open(os.path.join(OUT, "expected.json"), "w") as out:
        json.dump(expected, out, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main()
