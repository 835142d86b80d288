"""Writes fixtures/h5oina: small files by h5py after Oxford Instruments' public specification of H5OINA, and what is in them.

    python scripts/generate-h5oina-fixtures.py        (h5py 3.16, numpy 2.4)
"""
import json
import os

import h5py
import numpy as np

OUT = os.path.join(os.path.dirname(__file__), "..", "fixtures", "h5oina")
CHANNELS = 40


def one(group, name, value, dtype=None, **attributes):
    data = np.array([[value]], dtype=dtype) if dtype else np.array([[value]], dtype=h5py.string_dtype())
    dataset = group.create_dataset(name, data=data)
    for key, attribute in attributes.items():
        dataset.attrs[key.replace("_", " ")] = attribute


def header(group, width, height, label="Map Data 1", eds=True):
    one(group, "X Cells", width, "<i4")
    one(group, "Y Cells", height, "<i4")
    one(group, "X Step", 0.25, "<f4", Unit="um")
    one(group, "Y Step", 0.0 if height == 1 else 0.5, "<f4", Unit="um")
    one(group, "Beam Voltage", 15.0, "<f4", Unit="kV")
    one(group, "Magnification", 1200.0, "<f4")
    one(group, "Acquisition Date", "2023-04-05T06:07:08")
    one(group, "Analysis Label", label)
    stage = group.create_group("Stage Position")
    for name, value in {"X": 1.5, "Y": -2.0, "Z": 10.0, "Tilt": np.pi / 6, "Rotation": np.pi / 2}.items():
        one(stage, name, value, "<f4")
    if eds:
        one(group, "Channel Width", 10.0, "<f4", Unit="eV")
        one(group, "Start Channel", -200.0, "<f4", Unit="eV")
        one(group, "Number Channels", CHANNELS, "<i4")
        one(group, "Detector Elevation", np.pi / 5, "<f4")
        one(group, "Detector Azimuth", np.pi / 4, "<f4")
        one(group, "Detector Type Id", 7, "<i4", Name="Ultim Max 100")


def counts(size, seed):
    return np.random.default_rng(seed).poisson(0.3, (size, CHANNELS)).astype("<i4")


def eds(slice_group, name, width, height, seed, outside=(), **options):
    group = slice_group.create_group(name)
    header(group.create_group("Header"), width, height, **({"label": options.pop("label")} if "label" in options else {}))
    data = group.create_group("Data")
    size = width * height
    spectrum = counts(size, seed)
    live = np.full((size, 1), 0.002, "<f4")
    for pixel in outside:
        spectrum[pixel] = 0
        live[pixel] = np.nan
    data.create_dataset("Spectrum", data=spectrum, **options)
    data.create_dataset("Live Time", data=live)
    data.create_dataset("Real Time", data=live * 2)
    for kind, entries in {"Window Integral": ["Al K\u03b11", "Fe K\u03b11"], "Peak Area": ["Al K series"], "Composition": ["Al", "O"]}.items():
        maps = data.create_group(kind)
        for i, entry in enumerate(entries):
            values = (np.arange(size, dtype="<f4") * (i + 1)).reshape(size, 1)
            values[list(outside)] = np.nan
            maps.create_dataset(entry, data=values).attrs["Atomic Number"] = 13
    return spectrum


def images(slice_group, width, height, names):
    group = slice_group.create_group("Electron Image")
    header(group.create_group("Header"), width, height, eds=False)
    data = group.create_group("Data")
    for kind, name in names:
        values = (np.arange(width * height) % 251).astype("u1").reshape(-1, 1)
        data.require_group(kind).create_dataset(name, data=values)


def root(f, version, index):
    f.create_dataset("Manufacturer", data=np.array([["Oxford Instruments"]], dtype=h5py.string_dtype()))
    f.create_dataset("Format Version", data=np.array([[version]], dtype=h5py.string_dtype()))
    f.create_dataset("Software Version", data=np.array([["6.2"]], dtype=h5py.string_dtype()))
    f.create_dataset("Index", data=np.array([[i] for i in index], dtype=h5py.string_dtype()))


def summary(spectrum, shape):
    return {
        "shape": list(shape),
        "sum": int(spectrum.sum()),
        "sumSpectrum": spectrum.sum(0).tolist(),
        "countMap": spectrum.sum(1).tolist(),
    }


def main():
    os.makedirs(OUT, exist_ok=True)
    expected = {}
    with h5py.File(os.path.join(OUT, "map-lzf.h5oina"), "w") as f:
        root(f, "7.0", ["1"])
        group = f.create_group("1")
        spectrum = eds(group, "EDS", 7, 5, 1, outside=[0, 1, 34], chunks=(6, CHANNELS), compression="lzf")
        images(group, 14, 10, [("SE", "SE 1"), ("BSE", "Electron Image 2"), ("FSE", "FSD Mixed")])
        ebsd = group.create_group("EBSD")
        header(ebsd.create_group("Header"), 7, 5, eds=False)
        ebsd.create_group("Data").create_dataset("Band Contrast", data=np.arange(35, dtype="u1").reshape(35, 1))
        expected["map-lzf.h5oina"] = [summary(spectrum, (5, 7, CHANNELS))]
    with h5py.File(os.path.join(OUT, "two-detectors.h5oina"), "w") as f:
        root(f, "6.0", ["1"])
        group = f.create_group("1")
        first = eds(group, "EDS1", 4, 3, 2)
        second = eds(group, "EDS2", 4, 3, 3, chunks=(5, 16), compression="gzip", shuffle=True)
        expected["two-detectors.h5oina"] = [summary(first, (3, 4, CHANNELS)), summary(second, (3, 4, CHANNELS))]
    with h5py.File(os.path.join(OUT, "slices.h5oina"), "w") as f:
        root(f, "8.0", ["1", "2", "10"])
        line = eds(f.create_group("1"), "EDS", 6, 1, 4, label="Line")
        point = eds(f.create_group("2"), "EDS", 1, 1, 5, label="Point", compression="lzf", chunks=(1, CHANNELS))
        area = eds(f.create_group("10"), "EDS", 3, 2, 6, label="Feature")
        expected["slices.h5oina"] = [summary(line, (6, CHANNELS)), summary(point, (CHANNELS,)), summary(area, (2, 3, CHANNELS))]
    with h5py.File(os.path.join(OUT, "maps-only.h5oina"), "w") as f:
        root(f, "2.0", ["1"])
        eds(f.create_group("1"), "EDS", 4, 3, 7)
        del f["1/EDS/Data/Spectrum"]
    with open(os.path.join(OUT, "expected.json"), "w") as out:
        json.dump(expected, out, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main()
