"""Writes fixtures/zspy: zip archives by zarr-python 2 in HyperSpy's layout, and the counts in them.

    python scripts/generate-zspy-fixtures.py        (zarr 2.18, numcodecs 0.15)
"""
import json
import os

import numcodecs
import numpy as np
import zarr

OUT = os.path.join(os.path.dirname(__file__), "..", "fixtures", "zspy")
SHAPE = (5, 6, 40)

COMPRESSORS = {
    "blosc-zstd": numcodecs.Blosc(cname="zstd", clevel=1, shuffle=numcodecs.Blosc.SHUFFLE),
    "blosc-lz4": numcodecs.Blosc(cname="lz4", clevel=5, shuffle=numcodecs.Blosc.BITSHUFFLE),
    "zlib": numcodecs.Zlib(level=1),
    "gzip": numcodecs.GZip(level=1),
    "zstd": numcodecs.Zstd(level=1),
    "lz4": numcodecs.LZ4(),
    "none": None,
}


def signal(experiments, name, data, compressor, chunks, separator):
    group = experiments.create_group(name)
    group.create_dataset("data", data=data, chunks=chunks, compressor=compressor, dimension_separator=separator)
    for i, (axis, scale, units) in enumerate([("y", 2.0, "nm"), ("x", 3.0, "nm"), ("Energy", 0.01, "keV")]):
        group.create_group(f"axis-{i}").attrs.update(
            {"_type": "UniformDataAxis", "name": axis, "navigate": i < 2, "is_binned": i == 2, "offset": 0.0, "scale": scale, "size": data.shape[i], "units": units}
        )
    metadata = group.create_group("metadata")
    metadata.create_group("General").attrs["title"] = name
    metadata.create_group("Signal").attrs["signal_type"] = "EDS_SEM"
    metadata.create_group("Acquisition_instrument").create_group("SEM").attrs["beam_energy"] = 15.0
    elements = np.array(["Fe", "O"], dtype=object)
    metadata.create_group("Sample").create_dataset("_list_elements", data=elements, dtype=object, object_codec=numcodecs.VLenUTF8())


def main():
    os.makedirs(OUT, exist_ok=True)
    expected = {}
    path = os.path.join(OUT, "signals.zspy")
    if os.path.exists(path):
        os.remove(path)
    store = zarr.ZipStore(path, mode="w")
    root = zarr.group(store)
    root.attrs.update({"file_format": "ZSpy", "file_format_version": "3.3"})
    experiments = root.create_group("Experiments")
    for i, (name, compressor) in enumerate(COMPRESSORS.items()):
        dtype = ["<u2", "<u4", "|u1", ">i2", "<f4", "<i8", "<f8"][i]
        data = np.random.default_rng(i).poisson(0.3, SHAPE).astype(dtype)
        signal(experiments, name, data, compressor, (2, 4, 40) if i % 2 else (3, 6, 17), "/" if i % 2 else ".")
        expected[name] = {"sumSpectrum": data.sum((0, 1)).tolist(), "countMap": data.sum(2).ravel().tolist()}
    store.close()
    with open(os.path.join(OUT, "expected.json"), "w") as out:
        json.dump(expected, out, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main()
