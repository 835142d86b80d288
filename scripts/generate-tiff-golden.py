"""Writes packages/core/src/formats/tiff/golden/tiffs.json: small TIFF files by tifffile and libtiff, with the values that they hold.

Run with a Python that has numpy, tifffile and Pillow (which writes LZW, PackBits and predictor 3 with libtiff):

    python scripts/generate-tiff-golden.py && npx biome format --write packages/core/src/formats/tiff/golden
"""
import base64
import io
import json
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

target = Path(__file__).parent.parent / "packages/core/src/formats/tiff/golden/tiffs.json"
random = np.random.default_rng(7)
ramp = np.arange(5 * 7).reshape(5, 7)


def encoded(page):
    kind = page.dtype.newbyteorder("<") if page.dtype.kind != "i" or page.dtype.itemsize < 8 else np.dtype("<i2")
    return f"{kind.str[1:]} {base64.b64encode(page.astype(kind).tobytes()).decode()}"


def case(name, array, pages=None, names=(), pixel_size_um=None, **options):
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, array, **options)
    return entry(name, buffer, [array] if pages is None else pages, names, pixel_size_um)


def libtiff_case(name, array, compression, predictor=1):
    buffer = io.BytesIO()
    Image.fromarray(array).save(buffer, "TIFF", compression=compression, tiffinfo={317: predictor})
    return entry(name, buffer, [array], (), None)


def entry(name, buffer, pages, names, pixel_size_um):
    return {
        "name": name,
        "file": base64.b64encode(buffer.getvalue()).decode(),
        "pages": [encoded(np.asarray(page)) for page in pages],
        "names": list(names),
        "pixelSizeUm": pixel_size_um,
    }


stack = np.stack([ramp, ramp + 100]).astype("u2")
colours = random.integers(0, 255, (5, 7, 3)).astype("u1")
noisy = random.integers(0, 60000, (20, 33)).astype("u2")
tiles = random.integers(0, 255, (20, 33)).astype("u1")
bits = random.integers(0, 2, (5, 11)).astype(bool)
cases = [
    case("8 bit", ramp.astype("u1")),
    case("16 bit, big-endian, 5 strips", (ramp * 1000).astype("u2"), byteorder=">", rowsperstrip=1),
    case("16 bit signed", (ramp - 20).astype("i2")),
    case("32 bit", (ramp * 100000).astype("u4")),
    case("float, big-endian", (ramp / 4).astype("f4"), byteorder=">"),
    case("double", ramp / 8),
    case("BigTIFF", ramp.astype("u2"), bigtiff=True),
    case("deflate", noisy, compression="zlib", rowsperstrip=6),
    case("deflate, predictor 2", noisy, compression="zlib", predictor=2, rowsperstrip=7),
    libtiff_case("LZW, float, predictor 3", (noisy / 7).astype("f4"), "tiff_lzw", 3),
    libtiff_case("deflate, float, predictor 3", (noisy / 7).astype("f4"), "tiff_adobe_deflate", 3),
    libtiff_case("LZW, predictor 2", noisy, "tiff_lzw", 2),
    libtiff_case("LZW, long table", np.repeat(random.integers(0, 250, (60, 90)).astype("u1"), 2, axis=0), "tiff_lzw"),
    libtiff_case("LZW, one value", np.full((200, 300), 7, "u1")[:9, :50], "tiff_lzw"),
    libtiff_case("PackBits", np.repeat(tiles, 3, axis=1), "packbits"),
    case("tiles, deflate", tiles, tile=(16, 16), compression="zlib"),
    case("pages", stack, list(stack), photometric="minisblack", metadata=None),
    case("colours", colours, [colours.max(axis=2)], photometric="rgb"),
    case("colours in planes", np.moveaxis(colours, 2, 0), [colours.max(axis=2)], photometric="rgb", planarconfig="separate"),
    case("white is zero", ramp.astype("u1"), [255 - ramp], photometric="miniswhite"),
    case("bitmap", bits, [bits.astype(int)], photometric="minisblack"),
    case("centimetres", ramp.astype("u1"), resolution=(20000, 10000), resolutionunit="CENTIMETER", pixel_size_um=[0.5, 1]),
    case("inches are for printing", ramp.astype("u1"), resolution=(96, 96), resolutionunit="INCH"),
    case(
        "ImageJ stack with labels", stack, list(stack), ["Fe", "Si"], [0.5, 0.25], imagej=True, resolution=(2, 4),
        metadata={"unit": "um", "Labels": ["Fe", "Si"], "axes": "ZYX"},
    ),
    case(
        "OME-TIFF with channels", stack, list(stack), ["Fe Ka", "Si Ka"], [0.1, 0.2], ome=True,
        metadata={"axes": "CYX", "PhysicalSizeX": 100, "PhysicalSizeXUnit": "nm", "PhysicalSizeY": 0.2, "Channel": {"Name": ["Fe Ka", "Si Ka"]}},
    ),
]
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps(cases, indent=2) + "\n")
print(target, target.stat().st_size)
