"""Writes fixtures/hspy: the variants of HyperSpy files that were seen in the wild, small, by h5py.

    python scripts/generate-hspy-fixtures.py        (h5py 3.16, numpy 2.4)
"""
import json
import os

import h5py
import numpy as np

OUT = os.path.join(os.path.dirname(__file__), "..", "fixtures", "hspy")
CHANNELS = 30


def counts(shape, seed):
    return np.random.default_rng(seed).poisson(0.4, shape)


def experiment(f, name, data, axes, **options):
    group = f.create_group(f"Experiments/{name}")
    group.create_dataset("data", data=data, **options)
    for i, attributes in enumerate(axes):
        group.create_group(f"axis-{i}").attrs.update({"size": data.shape[i], **attributes})
    return group


def axis(name, units, scale, offset=0.0, **more):
    return {"name": name, "units": units, "scale": scale, "offset": offset, **more}


def variants(path):
    expected = {}

    def keep(title, data, energy=-1):
        moved = np.moveaxis(data, energy, -1)
        expected[title] = {"shape": list(moved.shape), "counts": moved.ravel().tolist()}

    with h5py.File(path, "w") as f:
        f.attrs["file_format"] = "HyperSpy"
        f.attrs["file_format_version"] = "3.1"

        data = counts((4, 5, CHANNELS), 1).astype(">i2")
        group = experiment(
            f, "a map in eV", data, [axis("y", "nm", 2.0, navigate=True), axis("x", "nm", 3.0, navigate=True), axis("z", "eV", 10.0, -200.0, navigate=False)],
            chunks=(3, 2, 13), compression="gzip", shuffle=True,
        )
        metadata = group.create_group("metadata")
        metadata.create_group("General").attrs["title"] = "a map in eV"
        metadata.create_group("Signal").attrs["signal_type"] = "EDS_TEM"
        tem = metadata.create_group("Acquisition_instrument/TEM")
        tem.attrs["beam_energy"] = "200"
        tem.create_group("Detector/EDS").attrs["live_time"] = 1.5
        metadata.create_group("Sample").create_dataset("elements", data=np.array([b"Fe", b"Al"]))
        keep("a map in eV", data)

        data = counts((4, 5, CHANNELS), 2).astype("<f4")
        group = experiment(f, "b floats that are counts", data, [{"scale": 1.0, "offset": 0.0}, {"scale": 1.0, "offset": 0.0}, {"name": "Energy", "scale": 0.01, "offset": 0.2}])
        for i, navigate in enumerate([True, True, False]):
            group[f"axis-{i}"].attrs["navigate"] = navigate
        keep("b floats that are counts", data)

        data = counts((6, CHANNELS), 3).astype("u1") / 4
        group = experiment(f, "c line of intensities", data, [axis("x", "\u00b5m", 0.5, navigate=True), axis("Energy", "keV", 0.01, navigate=False)], chunks=(2, 30))
        sample = group.create_group("metadata/Sample")
        sample.create_dataset("_list_elements", data=["O", "Si"], dtype=h5py.string_dtype())
        keep("c line of intensities", data)

        data = counts((2, 3, 4, CHANNELS), 4).astype("<i8")
        experiment(
            f, "d tilt series", data,
            [axis("tilt", "deg", 5.0, -5.0, navigate=True), axis("y", "nm", 1.0, navigate=True), axis("x", "nm", 1.0, navigate=True), axis("Energy", "keV", 0.01, navigate=False)],
            chunks=(2, 2, 2, 30), compression="lzf",
        )
        keep("d tilt series", data)

        data = counts((CHANNELS, 3, 4), 5).astype("<u2")
        experiment(f, "e energy first", data, [axis("Energy", "keV", 0.01), axis("y", "nm", 1.0), axis("x", "nm", 1.0)], chunks=(8, 2, 3))
        keep("e energy first", data, energy=0)

        data = counts((CHANNELS,), 6).astype("<u4")
        group = experiment(f, "f spectrum", data, [axis("Energy", "keV", 0.01, -0.1, navigate=False)])
        eds = group.create_group("metadata/Acquisition_instrument/SEM/Detector/EDS")
        eds.attrs["live_time"] = 20.0
        group["metadata/Acquisition_instrument/SEM"].attrs["beam_energy"] = 15
        elements = group.create_group("metadata/Sample/_list_2_elements")
        elements.attrs["0"] = "Cu"
        elements.attrs["1"] = "Zn"
        keep("f spectrum", data)

        experiment(f, "g picture", np.arange(12, dtype="<f4").reshape(3, 4), [axis("y", "nm", 2.0, navigate=False), axis("x", "nm", 4.0, navigate=False)])
        experiment(f, "h text", np.array([b"ab", b"cd"]), [axis("x", "nm", 2.0)])
        f.create_group("Experiments/i nothing")
    return expected


def oldest(path):
    data = counts((3, 4, CHANNELS), 7).astype("<u4")
    with h5py.File(path, "w") as f:
        group = experiment(f, "old", data, [axis("y", "nm", 1.0), axis("x", "nm", 1.0), axis("Energy", "keV", 0.02)])
        mapped = group.create_group("mapped_parameters")
        mapped.attrs.update({"record_by": np.bytes_("spectrum"), "signal_type": np.bytes_("EDS_SEM"), "title": np.bytes_("old")})
        mapped.create_group("SEM").attrs.update({"beam_energy": 10.0, "tilt_stage": 5.0})
        mapped.create_group("SEM/EDS").attrs.update({"elevation_angle": 35.0, "energy_resolution_MnKa": 130.0})
        mapped.create_group("Sample").create_dataset("elements", data=np.array([b"Mn"]))
        group.create_group("original_parameters").attrs["BEAMKV"] = 10.0
    return {"old": {"shape": list(data.shape), "counts": data.ravel().tolist()}}


def phases(path):
    """A map of phases as HyperSpy itself saves it: rows, columns, phases, and their names in the metadata."""
    import hyperspy.api as hs

    data = np.random.default_rng(8).random((3, 4, 5)).astype("<f4")
    signal = hs.signals.Signal1D(data)
    signal.metadata.set_item("Signal.phases", ["Olivine", "Fe oxide 1", "Mg carbonate", "Glass", "Rest"])
    for name, scale, i in (("y", 2.0, 1), ("x", 4.0, 0)):
        axis = signal.axes_manager.navigation_axes[i]
        axis.name, axis.scale, axis.units = name, scale, "um"
    signal.save(path, overwrite=True)
    return {"phases": {"shape": list(data.shape), "counts": data.ravel().astype(float).tolist()}}


def main():
    os.makedirs(OUT, exist_ok=True)
    expected = {**variants(os.path.join(OUT, "variants.hspy")), **oldest(os.path.join(OUT, "oldest.hdf5"))}
    with open(os.path.join(OUT, "phases.json"), "w") as out:
        json.dump(phases(os.path.join(OUT, "phases.hspy")), out)
        out.write("\n")
    with open(os.path.join(OUT, "expected.json"), "w") as out:
        json.dump(expected, out, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main()
