"""Writes packages/core/src/formats/phenom/golden/elids.json: small Element Identification files and plain bzip2 streams, with what they hold.

The layout is that of packages/core/src/formats/phenom/README.md; RosettaSciIO reads each file here and must find the same counts.

    python scripts/generate-elid-fixtures.py && npx biome format --write packages/core/src/formats/phenom/golden

(needs numpy, tifffile, rosettasciio)
"""
import base64
import bz2
import io
import json
import math
import struct
import tempfile
from pathlib import Path

import numpy as np
import tifffile
from rsciio.phenom import file_reader

target = Path(__file__).parent.parent / "packages/core/src/formats/phenom/golden/elids.json"
random = np.random.default_rng(11)
XML = (
    '<?xml version="1.0"?><FeiImage><pixelWidth unit="nm">500</pixelWidth><pixelHeight unit="nm">500</pixelHeight>'
    "<time>2024-02-28T10:11:12</time><samplePosition><x>0.001</x><y>-0.002</y></samplePosition>"
    "<acquisition><scan><detectors><SED><gain>0</gain></SED></detectors><spotSize>4</spotSize><scanScale>1</scanScale></scan></acquisition></FeiImage>"
)


def u32(value):
    return struct.pack("<I", value)


def f64(*values):
    return struct.pack(f"<{len(values)}d", *values)


def text(value):
    return u32(len(value.encode())) + value.encode()


def listed(values):
    return u32(len(values)) + bytes(values)


def varuint(values):
    out = bytearray()
    for value in values:
        value = int(value)
        while value >= 128:
            out.append(value & 127 | 128)
            value >>= 7
        out.append(value)
    return bytes(out)


def picture():
    buffer = io.BytesIO()
    tifffile.imwrite(buffer, np.arange(20, dtype="u1").reshape(4, 5), metadata=None, extratags=[(34683, "s", 0, XML, True)])
    return u32(buffer.getbuffer().nbytes) + buffer.getvalue()


def conditions(version):
    elevation = 30.0 if version == 0 else math.radians(30)
    out = f64(15000, elevation, math.radians(45), 12.5, 14, 2e-6, 1e-7, 126.5) + text("instrument 1")
    if version >= 1:
        out += f64(0.01, 0.008, 2.5e-5, 0.03, math.radians(10))
    if version >= 3:
        out += f64(0.5) + bytes([1, 1])
    return out


def common(version, counts, order):
    out = u32(0) + f64(-40, 10) + u32(len(counts)) + varuint(counts) + conditions(version)
    out += listed([14, 8]) + listed([6]) + u32(1) + struct.pack("<i", 3) + u32(1) + bytes([14, 1, 2])
    out += b"\1" + struct.pack("<i", order) + u32(1) + bytes([26, 1])
    if version >= 2:
        out += b"\1"
    if version >= 4:
        out += listed([1, 2, 3])
    return out


def pixels(version, data, shape, each):
    out = b"".join(u32(size) for size in shape) + u32(data.shape[-1]) + f64(-40, 10) + conditions(version)
    count = data.size // data.shape[-1]
    return out + bytes([each, 0]) + varuint(data.ravel()) + f64(*([0.5] * (count if each else 1))) + f64(0.4)


def elid(version):
    spot = [0, 5, 0, 300, 70000, 0]
    line = random.poisson(1, (4, 6))
    area = random.poisson(0.6, (2, 3, 6))
    analyses = [
        b"\2" + common(version, spot, 1) + f64(0.1, 0.2),
        b"\3" + common(version, line.sum(0), 2) + f64(-0.1, 0, 0.3, 0) + pixels(version, line, [4], 1) + b"\0",
        b"\4" + common(version, area.sum((0, 1)), 3) + f64(-0.25, -0.5, 0.25, 0.5) + u32(1) + f64(1) + pixels(version, area, [3, 2], 0),
        b"\5" + common(version, spot, 4) + u32(1) + u32(2),
        b"\6" + common(version, spot, 5) + f64(0, 0, 0.1, 0.1),
    ]
    body = b"EID2" + struct.pack("<i", version) + u32(1) + picture() + text("Grain") + u32(len(analyses)) + b"".join(analyses)
    if version >= 1:
        body += u32(0) + u32(1) + b"\7" + common(version, spot, 6) + text("built") + u32(1) + u32(0) + f64(0.5)
    packed = bz2.compress(body)
    expected = [spot, line.tolist(), area.tolist(), spot, spot]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.elid"
        path.write_bytes(packed)
        read = [signal for signal in file_reader(str(path)) if signal["metadata"].get("Signal")]
    assert [signal["data"].tolist() for signal in read] == expected
    return {"version": version, "file": base64.b64encode(packed).decode(), "expected": [" ".join(map(str, np.ravel(values))) for values in expected]}


def stream(name, data, level=9):
    return {
        "name": name,
        "file": base64.b64encode(b"".join(bz2.compress(part, level) for part in data)).decode(),
        "length": sum(len(part) for part in data),
        "sum": int(sum(np.frombuffer(part, "u1").sum() for part in data)),
        "head": b"".join(data)[:40].hex(),
    }


streams = [
    stream("empty", [b""]),
    stream("one byte", [b"a"]),
    stream("all bytes", [bytes(range(256)) * 3]),
    stream("runs of 3, 4, 5, 255, 259, 260", [b"aaabbbbccccc" + b"d" * 255 + b"e" * 259 + b"f" * 260]),
    stream("a long run", [bytes(3_000_000)]),
    stream("several blocks", [b"".join(struct.pack("<H", i % 977) for i in range(60_000))], 1),
    stream("random", [random.integers(0, 256, 1000).astype("u1").tobytes()]),
    stream("two streams", [b"first", b"second"]),
]
target.parent.mkdir(exist_ok=True)
files = [elid(version) for version in range(5)]
target.write_text(json.dumps({"streams": streams, "files": files}, indent=2) + "\n")
print(target, target.stat().st_size)
