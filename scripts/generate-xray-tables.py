#!/usr/bin/env python3
"""Writes packages/core/src/xray/generated/*.ts and the golden values of its tests from the Elam tables in xraydb.

    pip install xraydb==4.5.8 && python scripts/generate-xray-tables.py

Source: W. T. Elam, B. D. Ravel, J. R. Sieber, Radiation Physics and Chemistry 63 (2002) 121, doi:10.1016/S0969-806X(01)00227-4
(public domain), as distributed in xraydb (MIT). Where the tables have gaps, the rule and its source stand beside the code below and
in packages/core/src/xray/README.md. The same input gives the same files.
"""
import json
import math
import os
import random
import sqlite3
import warnings

import numpy as np
import xraydb
from scipy.interpolate import CubicSpline

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
XRAY = os.path.join(HERE, "..", "packages", "core", "src", "xray")
DATABASE = sqlite3.connect(os.path.join(os.path.dirname(xraydb.__file__), "xraydb.sqlite"))
LAST = 98
TOP_EV = 120_000.0
SCATTERING_NODES = 40
LEVELS = ["K", "L1", "L2", "L3", "M1", "M2", "M3", "M4", "M5"]
ELECTRONS = {"K": 2, "L1": 2, "L2": 2, "L3": 4, "M1": 2, "M2": 2, "M3": 4, "M4": 4, "M5": 6}
# Lines below this energy cannot be seen by a silicon detector; K lines are kept, because Li and Be have no other.
LOWEST_LINE_EV = 100.0
# IUPAC spelling.
NAMES = {"aluminum": "aluminium", "cesium": "caesium"}
# J. A. Bearden, Rev. Mod. Phys. 39 (1967) 78, doi:10.1103/RevModPhys.39.78: lines that the Elam tables lack or, for Li,
# give as the forbidden K-L1. Energies in eV. Ca and Sc: shares as for Ti, their next neighbour.
BEARDEN = {("Li", "Ka"): 54.3, ("Ca", "La"): 341.3, ("Ca", "Lb1"): 344.9, ("Sc", "La"): 395.4, ("Sc", "Lb1"): 399.6}
# 4d electrons of the elements before Rh (8), where the tables have no lines from N4,5: shares fall in proportion.
FOUR_D = {"Y": 1, "Zr": 2, "Nb": 4, "Mo": 5, "Tc": 5, "Ru": 7}
# Elam's name -> merged line. Lines that share a level and that no silicon detector separates become one.
MERGED = {
    "Ka1": "Ka", "Ka2": "Ka", "Kb1": "Kb", "Kb3": "Kb", "Kb5": "Kb", "Kb2": "Kb2", "Kb4": "Kb2",
    "La1": "La", "La2": "La", "Lb1": "Lb1", "Lb2,15": "Lb2", "Lb3": "Lb3", "Lb4": "Lb4", "Lb5": "Lb5", "Lb6": "Lb6",
    "Lg1": "Lg1", "Lg2": "Lg2", "Lg3": "Lg3", "Lg6": "Lg6", "Ll": "Ll", "Ln": "Ln",
    "Ma": "Ma", "Mb": "Mb", "Mg": "Mg", "Mz": "Mz",
}  # fmt: skip


def rows(query, *values):
    return DATABASE.execute(query, values).fetchall()


def number(value, digits=6):
    return f"{value:.{digits}g}"


ELEMENTS = rows("select atomic_number, element, name, molar_mass, density from elements where atomic_number <= ? order by 1", LAST)


def levels_of(symbol):
    found = rows("select iupac_symbol, absorption_edge, fluorescence_yield, jump_ratio from xray_levels where element = ?", symbol)
    return {name: {"edge": edge, "yield": fluorescence, "jump": jump} for name, edge, fluorescence, jump in found}


def corrected_levels(symbol, z):
    """M yields: the tables give M5 of La to Pr as 0 or well below M4 (at least M4's is used) and M2 of some elements as ten times
    its neighbours (at most twice M3's is used)."""
    levels = levels_of(symbol)
    if z >= 57:
        if z <= 59:
            levels["M5"]["yield"] = max(levels["M4"]["yield"], levels["M5"]["yield"])
        levels["M2"]["yield"] = min(levels["M2"]["yield"], 2 * levels["M3"]["yield"])
    return levels


def shares_of(symbol, z, levels):
    """{line: (level, energy eV, share of the level's radiative decay)}"""
    found = {}
    for name, initial, energy, share in rows(
        "select siegbahn_symbol, initial_level, emission_energy, intensity from xray_transitions where element = ?", symbol
    ):
        line = MERGED.get(name)
        if line is None or (line[0] == "M" and z < 57):
            continue
        level = "M5" if initial == "M4,5" else initial
        found.setdefault(line, []).append((level, energy, share))
    lines = {}
    for line, parts in found.items():
        total = sum(share for _, _, share in parts)
        lines[line] = (parts[0][0], sum(energy * share for _, energy, share in parts) / total, total)
    supplement(symbol, z, levels, lines)
    return {line: parts for line, parts in lines.items() if line[0] == "K" or parts[1] >= LOWEST_LINE_EV}


def supplement(symbol, z, levels, lines):
    def difference(upper, lower):
        return levels[upper]["edge"] - levels[lower]["edge"]

    if symbol == "Li":
        lines["Ka"] = ("K", 54.3, 1.0)
    if (symbol, "La") in BEARDEN:
        titanium = shares_of("Ti", 22, corrected_levels("Ti", 22))
        for line in ("La", "Lb1", "Ll", "Ln"):
            level, _, share = titanium[line]
            energy = BEARDEN.get((symbol, line)) or lines[line][1]
            lines[line] = (level, energy, share)
    if symbol in FOUR_D:
        rhodium = shares_of("Rh", 45, corrected_levels("Rh", 45))
        for line, level, lower in (("Lb2", "L3", "N5"), ("Lg1", "L2", "N4")):
            if lower not in levels:
                levels[lower] = {"edge": 2.0}
            lines[line] = (level, difference(level, lower), rhodium[line][2] * FOUR_D[symbol] / 8)
    elif "Lb2" in lines and levels["N5"]["edge"] > 10:
        # The tables average N4 and N5, of which the N5 line is nine times stronger.
        lines["Lb2"] = ("L3", difference("L3", "N5"), lines["Lb2"][2])
    if z >= 57:
        if "N7" in levels and levels["N7"]["edge"] > 10:
            lines["Ma"] = ("M5", difference("M5", "N7"), lines["Ma"][2])
        lines["Mz"] = ("M5", difference("M5", "N3"), lines["Mz"][2])
        lines["M2N4"] = ("M2", difference("M2", "N4"), 1.0)


def vacancies_of(symbol, levels):
    """{level: (ionised directly, all vacancies)}, relative: electrons far above the edges (Bethe: electrons of the level / its edge
    energy), then Coster-Kronig transfer within the shell."""
    transfer = {}
    for initial, final, probability in rows(
        "select initial_level, final_level, total_transition_probability from Coster_Kronig where element = ?", symbol
    ):
        transfer.setdefault(final, []).append((initial, probability))
    direct = {level: ELECTRONS[level] / levels[level]["edge"] for level in LEVELS if level in levels and levels[level]["edge"] > 0}
    return {
        level: (own, own + sum(direct.get(initial, 0) * min(probability, 1) for initial, probability in transfer.get(level, [])))
        for level, own in direct.items()
    }


def weights_of(levels, lines, vacancies):
    """Relative strength within the family: vacancies x fluorescence yield x share. Strongest = 1."""
    strength = {line: vacancies[level][1] * levels[level]["yield"] * share for line, (level, _, share) in lines.items()}
    strongest = {}
    for line, value in strength.items():
        strongest[line[0]] = max(strongest.get(line[0], 0), value)
    return {line: value / strongest[line[0]] for line, value in strength.items() if strongest[line[0]] > 0}


def spline(x, y, second, at):
    """Cubic spline with given second derivatives, as Elam, Ravel and Sieber interpolate; at an edge the value above it."""
    hi = np.clip(np.searchsorted(x, at, side="right"), 1, len(x) - 1)
    lo = hi - 1
    h = x[hi] - x[lo]
    a, b = (x[hi] - at) / h, (at - x[lo]) / h
    return a * y[lo] + b * y[hi] + (h * h / 6) * ((a**3 - a) * second[lo] + (b**3 - b) * second[hi])


def attenuation_of(symbol):
    log_energy, photo, curvature = (
        np.array(json.loads(column))
        for column in rows(
            "select log_energy, log_photoabsorption, log_photoabsorption_spline from photoabsorption where element = ?", symbol
        )[0]
    )
    scatter_energy, coherent, coherent2, incoherent, incoherent2 = (
        np.array(json.loads(column))
        for column in rows(
            "select log_energy, log_coherent_scatter, log_coherent_scatter_spline, log_incoherent_scatter,"
            " log_incoherent_scatter_spline from scattering where element = ?",
            symbol,
        )[0]
    )
    last = int(np.searchsorted(log_energy, math.log(TOP_EV))) + 1
    # Cm has one node out of order, 4.000 keV after its M5 edge at 4.009 keV: left out.
    ordered = np.concatenate([[True], np.diff(log_energy) >= 0])
    ordered[last:] = False
    log_energy, photo, curvature = log_energy[ordered], photo[ordered], curvature[ordered]
    grid = np.linspace(math.log(100.0), math.log(TOP_EV), SCATTERING_NODES)
    # The scattering tables repeat the nodes at the edges, where the curve is smooth: keep one of each.
    keep = np.concatenate([[True], np.diff(scatter_energy) > 1e-9])
    nodes = scatter_energy[keep]
    total = np.log(
        np.exp(spline(nodes, coherent[keep], coherent2[keep], grid))
        + np.exp(spline(nodes, incoherent[keep], incoherent2[keep], grid))
    )
    bend = CubicSpline(grid, total, bc_type="natural")(grid, 2)
    return {
        "photo": (np.round(log_energy, 5), np.round(photo, 5), curvature),
        "scattering": (np.round(total, 5), bend),
    }


def check_attenuation(tables):
    """The largest relative difference to xraydb over energies 0.1 to 100 keV that lie on no node."""
    worst = 0.0
    energies = np.exp(np.linspace(math.log(100.3), math.log(99_000), 3001))
    for _, symbol, *_ in ELEMENTS:
        x, y, second = tables[symbol]["photo"]
        total, bend = tables[symbol]["scattering"]
        grid = np.linspace(math.log(100.0), math.log(TOP_EV), SCATTERING_NODES)
        own = np.exp(spline(x, y, second, np.log(energies))) + np.exp(spline(grid, total, bend, np.log(energies)))
        reference = xraydb.mu_elam(symbol, energies)
        error = np.abs(own / reference - 1)
        far = np.min(np.abs(np.log(energies)[:, None] - x[None, :]), axis=1) > 2e-5
        far &= (symbol != "Cm") | (energies < 3000) | (energies > 4300)
        worst = max(worst, float(error[far].max()))
    return worst


def write(name, comment, body):
    text = f"// Written by scripts/generate-xray-tables.py from xraydb {xraydb.__version__}; do not edit.\n// {comment}\n\n{body}"
    with open(os.path.join(XRAY, "generated", name), "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{name}: {len(text)} bytes")


def packed(values, digits=6):
    return " ".join(number(float(value), digits) for value in values)


def main():
    os.makedirs(os.path.join(XRAY, "generated"), exist_ok=True)
    element_rows, level_rows, line_rows = [], [], []
    for z, symbol, name, mass, density in ELEMENTS:
        element_rows.append(f"{z} {symbol} {NAMES.get(name, name)} {number(mass)} {number(density)}")
        levels = corrected_levels(symbol, z)
        vacancies = vacancies_of(symbol, levels)
        kept = [name for name in LEVELS if name in levels and levels[name]["edge"] > 0]
        level_rows.append(
            f"{symbol} "
            + " ".join(
                f"{level}:{number(levels[level]['edge'])}:{number(levels[level]['yield'])}:{number(levels[level]['jump'])}"
                f":{number(vacancies[level][1] / vacancies[level][0], 4)}"
                for level in kept
            )
        )
        lines = shares_of(symbol, z, levels) if z >= 3 else {}
        weights = weights_of(levels, lines, vacancies)
        fields = [
            f"{line}:{level}:{number(energy)}:{number(share, 5)}:{number(weights[line], 4)}"
            for line, (level, energy, share) in lines.items()
            if line in weights and weights[line] > 0
        ]
        if fields:
            line_rows.append(f"{symbol} " + " ".join(fields))
    write(
        "elements.ts",
        "Number, symbol, name, atomic weight, density (g/cm3): one element a line.",
        "export const elementRows = `" + "\n".join(element_rows) + "`;\n",
    )
    write(
        "levels.ts",
        "Symbol, then level:edge (eV):fluorescence yield:jump ratio:vacancies over those ionised directly.",
        "export const levelRows = `" + "\n".join(level_rows) + "`;\n",
    )
    write(
        "lines.ts",
        "Symbol, then line:initial level:energy (eV):share of the level's radiative decay:weight in the family.",
        "export const lineRows = `" + "\n".join(line_rows) + "`;\n",
    )
    tables = {symbol: attenuation_of(symbol) for _, symbol, *_ in ELEMENTS}
    print(f"attenuation: largest relative difference to xraydb {check_attenuation(tables):.2e}")
    entries = []
    for _, symbol, *_ in ELEMENTS:
        x, y, second = tables[symbol]["photo"]
        total, bend = tables[symbol]["scattering"]
        entries.append(f"{symbol}|{packed(x, 8)}|{packed(y)}|{packed(second, 4)}|{packed(total)}|{packed(bend, 3)}")
    write(
        "attenuation.ts",
        "Symbol|ln energy (eV)|ln photoabsorption (cm2/g)|its second derivatives|ln scattering on an even grid of ln energy|same.",
        f"/** The even grid of the scattering columns: ln eV. */\nexport const scatteringGrid = {{ from: {math.log(100.0)}, "
        f"to: {math.log(TOP_EV)}, nodes: {SCATTERING_NODES} }};\n\nexport const attenuationRows = `" + "\n".join(entries) + "`;\n",
    )
    golden()


def golden():
    """Values of xraydb itself, off the nodes, for the tests."""
    draw = random.Random(20260101)
    values = []
    for z, symbol, *_ in ELEMENTS:
        nodes = np.array(json.loads(rows("select log_energy from photoabsorption where element = ?", symbol)[0][0]))
        for _ in range(6):
            energy = math.exp(draw.uniform(math.log(110), math.log(100_000)))
            while np.min(np.abs(nodes - math.log(energy))) < 2e-5 or (symbol == "Cm" and 3000 < energy < 4300):
                energy *= 1.01
            energy = float(f"{energy:.6g}")
            values.append([symbol, round(energy / 1000, 9), float(f"{xraydb.mu_elam(symbol, energy):.8g}")])
    os.makedirs(os.path.join(XRAY, "golden"), exist_ok=True)
    with open(os.path.join(XRAY, "golden", "attenuation.json"), "w", encoding="utf-8") as file:
        body = ",\n".join("  " + json.dumps(value) for value in values)
        file.write('{ "source": "xraydb %s, mu_elam: symbol, keV, cm2/g", "values": [\n%s\n] }\n' % (xraydb.__version__, body))


if __name__ == "__main__":
    main()
