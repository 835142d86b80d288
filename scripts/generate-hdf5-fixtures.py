"""Writes fixtures/hdf5: small HDF5 files by h5py with every structure that our reader knows, and what h5py reads in them.

    python scripts/generate-hdf5-fixtures.py        (h5py 3.16, numpy 2.4)
"""
import hashlib
import json
import os

import h5py
import numpy as np

OUT = os.path.join(os.path.dirname(__file__), "..", "fixtures", "hdf5")


def numbers(shape, dtype):
    """Distinct, reproducible values that fit every type used here."""
    total = int(np.prod(shape)) if shape else 1
    return ((np.arange(total) * 37 + 11) % 113).astype(dtype).reshape(shape)


def fill(f, latest):
    plain = f.create_group("plain")
    for dtype in ["i1", "u1", "<i2", ">i2", "<u2", "<i4", ">u4", "<i8", ">u8", "<f2", "<f4", ">f4", "<f8", ">f8"]:
        plain.create_dataset(dtype.replace("<", "little-").replace(">", "big-"), data=numbers((3, 5), dtype))
    plain.create_dataset("scalar", data=np.float64(2.5))
    plain.create_dataset("empty", data=h5py.Empty("f8"))
    plain.create_dataset("bool", data=np.array([True, False, True]))
    if f.userblock_size:
        return
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4, 3))
    made = h5py.h5d.create(plain.id, b"compact", h5py.h5t.STD_I16LE, space, dcpl=compact)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, numbers((4, 3), "<i2"))

    chunked = f.create_group("chunked")
    for name, options in {
        "gzip": {"compression": "gzip"},
        "gzip-shuffle-checksum": {"compression": "gzip", "shuffle": True, "fletcher32": True},
        "lzf": {"compression": "lzf", "shuffle": True},
        "bare": {},
        "checksum": {"fletcher32": True},
    }.items():
        chunked.create_dataset(name, data=numbers((7, 11, 13), "<u4"), chunks=(3, 4, 13), **options)
    chunked.create_dataset("one-chunk", data=numbers((7, 9), "<i2"), chunks=(7, 9))
    chunked.create_dataset("one-chunk-gzip", data=numbers((7, 9), "<i2"), chunks=(7, 9), compression="gzip")
    growing = chunked.create_dataset("growing", shape=(7, 50), maxshape=(7, None), chunks=(3, 4), dtype="<u2", compression="gzip")
    growing[...] = numbers((7, 50), "<u2")
    both = chunked.create_dataset("growing-both", shape=(9, 50), maxshape=(None, None), chunks=(3, 7), dtype="<u2")
    both[...] = numbers((9, 50), "<u2")
    both_gzip = chunked.create_dataset("growing-both-gzip", shape=(12, 10), maxshape=(None, None), chunks=(1, 2), dtype="u1", compression="gzip")
    both_gzip[...] = numbers((12, 10), "u1")
    holes = chunked.create_dataset("holes", shape=(8, 8), chunks=(2, 2), dtype="<i4", fillvalue=-7)
    holes[2:4, 4:6] = 3
    chunked.create_dataset("many-chunks", data=numbers((2100 if latest else 80,), "u1"), chunks=(2,))
    chunked.create_dataset("many-chunks-growing", data=numbers((2100 if latest else 40,), "u1"), chunks=(1,), maxshape=(None,))
    limited = chunked.create_dataset("limited", shape=(5, 6), maxshape=(10, 20), chunks=(2, 4), dtype="<i2")
    limited[...] = numbers((5, 6), "<i2")

    text = f.create_group("text")
    text.create_dataset("fixed", data=np.array([b"Fe", b"Si", b"O"], dtype="S2"))
    text.create_dataset("variable", data=["Fe_Ka", "µm", ""], dtype=h5py.string_dtype())
    ragged = text.create_dataset("ragged", shape=(3,), dtype=h5py.vlen_dtype("<i4"))
    for i in range(3):
        ragged[i] = np.arange(i + 1)
    pair = np.dtype([("name", "S4"), ("energy", "<f8"), ("window", "<i2", (2,))])
    text.create_dataset("compound", data=np.array([(b"Fe", 6.4, (1, 2)), (b"O", 0.525, (3, 4))], dtype=pair))

    attributes = f.create_group("attributes")
    attributes.attrs["text"] = "a µm"
    attributes.attrs["bytes"] = np.bytes_("fixed")
    attributes.attrs["integer"] = 42
    attributes.attrs["float"] = 0.25
    attributes.attrs["yes"] = True
    attributes.attrs["list"] = [1, 2, 3]
    attributes.attrs["texts"] = ["a", "bc"]
    attributes.attrs["nothing"] = h5py.Empty("f4")
    many = f.create_group("many-attributes")
    for i in range(40):
        many.attrs[f"name-{i:02d}"] = f"value {i}"
    if latest:
        many.attrs["huge"] = np.arange(1500, dtype="<i4")

    links = f.create_group("links")
    for i in range(30 if latest else 10):
        links.create_group(f"group-{i:02d}")
    links["hard"] = f["plain/little-i2"]
    links["soft"] = h5py.SoftLink("/plain/little-i4")
    links["relative"] = h5py.SoftLink("group-03")
    links["broken"] = h5py.SoftLink("/nowhere")
    links["circle"] = h5py.SoftLink("/links/circle")
    links["elsewhere"] = h5py.ExternalLink("other.h5", "/x")
    f["named-type"] = np.dtype("<f8")


def describe(f):
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and item.shape is not None and item.dtype.kind in "iuf":
            values = np.asarray(item[()], dtype="<f8")
            found[name] = {"shape": list(item.shape), "sum": float(values.sum()), "sha256": hashlib.sha256(values.tobytes()).hexdigest()}

    f.visititems(visit)
    return found


def main():
    os.makedirs(OUT, exist_ok=True)
    expected = {}
    for name, options in {
        "earliest.h5": {"libver": "earliest"},
        "v110.h5": {"libver": ("v110", "v110")},
        "user-block.h5": {"libver": ("earliest", "v108"), "userblock_size": 1024},
    }.items():
        path = os.path.join(OUT, name)
        with h5py.File(path, "w", **options) as f:
            fill(f, latest="v110" in name)
            expected[name] = describe(f)
    with open(os.path.join(OUT, "expected.json"), "w") as out:
        json.dump(expected, out, indent=1, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main()
