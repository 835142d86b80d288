import { describe, expect, test } from "vitest";
import { phaseLibrary } from "../../xray/phases/phase-library.js";
import { colourDistance, worstColourDistance } from "./colour-vision.js";
import { farColour } from "./far-colour.js";
import { groupOfFormula } from "./formula-group.js";
import { coloursOfMinerals, LEAST_MINERAL_DISTANCE, mineralColour } from "./mineral-colours.js";
import { groupOfName, type MineralGroup, mineralGroups } from "./mineral-groups.js";
import { classColour, classColours } from "./palette.js";

const { phases, solidSolutions } = phaseLibrary();
const groups = Object.entries(mineralGroups) as [MineralGroup, readonly [string, string]][];

describe("the table", () => {
  test("has a colour for every name that the library can give, with a capital too", () => {
    const without = [...phases, ...solidSolutions]
      .map(({ name }) => name)
      .filter((name) => mineralColour(`${name.charAt(0).toUpperCase()}${name.slice(1)}`) === undefined);
    expect(without).toEqual([]);
    expect(solidSolutions.filter(({ name }) => groupOfName(name) === undefined)).toEqual([]);
  });

  test("names what the library knows, and nothing twice", () => {
    const library = new Set([...phases, ...solidSolutions].map(({ name }) => name));
    const named = groups.flatMap(([, [, names]]) => names.split(";").filter((name) => name !== ""));
    expect(named.filter((name) => !library.has(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  test("has colours that normal vision tells apart, written as edits take them", () => {
    let least = { distance: Infinity, pair: "" };
    for (const [i, [name, [colour]]] of groups.entries()) {
      expect(colour).toMatch(/^#[0-9a-f]{6}$/);
      for (const [other, [second]] of groups.slice(0, i)) {
        const distance = colourDistance(colour, second, "normal");
        if (distance < least.distance) least = { distance, pair: `${name} and ${other}` };
      }
    }
    expect(least.distance, least.pair).toBeGreaterThan(8.9);
  });

  test("puts phases that it does not name where their formulas belong", () => {
    const expected: Readonly<Record<string, MineralGroup>> = {
      ...{ nepheline: "feldspathoid", natrolite: "zeolite", coffinite: "uranium", gypsum: "sulphate", fluorapatite: "phosphate" },
      ...{
        halite: "halide",
        fluorite: "halide",
        malachite: "other carbonate",
        bornite: "copper sulphide",
        boulangerite: "lead sulphide",
      },
      ...{
        molybdenite: "other sulphide",
        cobaltite: "arsenide and antimonide",
        goethite: "hydroxide",
        pyrolusite: "manganese oxide",
      },
      ...{
        cassiterite: "other oxide",
        periclase: "light oxide",
        jacobsite: "magnetite",
        brass: "metal and alloy",
        epoxy: "organic",
      },
      ...{
        "tungsten carbide": "carbide, nitride and their like",
        willemite: "olivine",
        scheelite: "borate, nitrate and tungstate",
      },
    };
    for (const [name, group] of Object.entries(expected)) {
      expect(groupOfName(name), name).toBeUndefined();
      expect(groupOfFormula(phases.find((phase) => phase.name === name)!.formula!), name).toBe(group);
    }
    expect(groupOfFormula("C")).toBe("carbon");
    expect(groupOfFormula("CaCO3")).toBe("calcite");
  });
});

describe("colours of named classes", () => {
  const named = (name: string, colour = classColour(0)) => ({ name, colour });
  const quartz = mineralGroups.quartz[0];

  test("sets and mixtures go by the first of them, numbers do not matter, other names are no minerals", () => {
    expect(["Quartz", "quartz 2", "Quartz / cristobalite / …", "Quartz + Albite"].map((name) => mineralColour(name))).toEqual(
      Array(4).fill(quartz),
    );
    expect(["Si-O", "Quartz vein", "Groundmass", ""].map((name) => mineralColour(name))).toEqual(Array(4).fill(undefined));
    expect(mineralColour("Steel 304")).toBe(mineralGroups["metal and alloy"][0]);
    const formulas = new Map([["slag", "Ca2SiO4"]]);
    expect(mineralColour("Slag", formulas)).toBe(mineralGroups["calcium silicate"][0]);
    expect(mineralColour("Slag")).toBeUndefined();
  });

  test("classes without such a name keep theirs; the rest get that of their mineral", () => {
    const classes = [named("Ca-Al"), named("Quartz", classColour(1)), named("Calcite", classColour(2))];
    expect(coloursOfMinerals(classes)).toEqual([classColour(0), quartz, mineralGroups.calcite[0]]);
    expect(coloursOfMinerals([])).toEqual([]);
  });

  test("the later of two that would look alike gets the nearest class colour that is free, and no standard one is lost to it", () => {
    const colours = coloursOfMinerals(["Albite", "Anorthite", "Quartz", "Quartz 2", "Calcite"].map((name) => named(name)));
    expect([colours[0], colours[2], colours[4]]).toEqual([mineralGroups.plagioclase[0], quartz, mineralGroups.calcite[0]]);
    expect(classColours).toEqual(expect.arrayContaining([colours[1], colours[3]]));
    for (const [i, one] of colours.entries()) {
      for (const other of colours.slice(0, i))
        expect(worstColourDistance(one, other)).toBeGreaterThanOrEqual(LEAST_MINERAL_DISTANCE);
    }
    const free = classColours.filter((colour) =>
      [0, 2, 3, 4].every((i) => worstColourDistance(colour, colours[i]!) >= LEAST_MINERAL_DISTANCE),
    );
    const away = free.map((colour) => colourDistance(colour, mineralGroups.plagioclase[0], "normal"));
    expect(free[away.indexOf(Math.min(...away))]).toBe(colours[1]);
  });

  test("more classes of one mineral than there are colours all get one", () => {
    const colours = coloursOfMinerals(Array.from({ length: 40 }, (_, i) => named(`Quartz ${i + 2}`)));
    expect(colours.every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true);
  });
});

describe("the colour far from the neighbours", () => {
  const touching = (length: number) => Float64Array.of(0, length, 0, length, 0, 1, 0, 1, 0);

  test("is free, and looks least like what is touched most", () => {
    const colours = [classColour(0), classColour(22), classColour(4)];
    const chosen = farColour(0, colours, touching(1000));
    expect(colours).not.toContain(chosen);
    const free = classColours.filter((colour) => colour === colours[0] || !colours.includes(colour));
    const farthest = Math.max(...free.map((colour) => worstColourDistance(colour, colours[1]!)));
    expect(worstColourDistance(chosen, colours[1]!)).toBe(farthest);
  });

  test("of a class that touches none is the farthest from all; a class alone keeps the first", () => {
    const colours = [classColour(0), classColour(1)];
    const chosen = farColour(0, colours, new Float64Array(4));
    const distances = classColours.filter((one) => one !== colours[1]).map((one) => worstColourDistance(one, colours[1]!));
    expect(worstColourDistance(chosen, colours[1]!)).toBe(Math.max(...distances));
    expect(farColour(0, [classColour(3)], new Float64Array(1))).toBe(classColour(0));
  });

  test("may be one of another class where all are taken", () => {
    const colours = [...classColours, "#123456"];
    expect(classColours).toContain(farColour(30, colours, new Float64Array(31 * 31)));
  });
});
