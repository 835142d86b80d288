/**
 * Colours of groups of minerals and materials, and which names belong to which group. The choice is this project's own: there is no agreed
 * standard. Hues follow what maps of automated mineralogy customarily look like: quartz pale, feldspars pink and orange, micas brown, chlorite,
 * amphiboles and pyroxenes green, carbonates blue, sulphides yellow and red, oxides dark. Lightness and hue were then moved as little as sets
 * any two of the groups at least 8.9 apart for normal vision (see `colourDistance`); some pairs are closer for other kinds of vision.
 */
export type MineralGroup = keyof typeof mineralGroups;

/** Group: colour; names as the phase library has them, series included. What is not named here goes by its formula. */
export const mineralGroups = {
  quartz: ["#f6f8ca", "quartz;cristobalite;tridymite;coesite;stishovite;opal;silicon dioxide glass"],
  plagioclase: ["#ffc0ca", "plagioclase;albite;anorthite"],
  "alkali feldspar": [
    "#e28647",
    "alkali feldspar;orthoclase;microcline;sanidine;hyalophane;celsian;buddingtonite;reedmergnerite",
  ],
  feldspathoid: ["#d5a5e5", "scapolite;marialite;meionite;nosean;hauyne;lazurite;cancrinite"],
  zeolite: ["#ffe6d6", ""],
  glass: [
    "#e6dcf2",
    "basaltic glass;andesitic glass;rhyolitic glass;soda-lime glass;borosilicate glass;E-glass;lead glass;NIST glass K411;NIST glass K412",
  ],
  biotite: [
    "#814527",
    "biotite;aluminian biotite;titanian biotite;titanian aluminian biotite;phlogopite;annite;titanian phlogopite;fluorophlogopite;eastonite;siderophyllite;zinnwaldite;stilpnomelane",
  ],
  "white mica": [
    "#cfa663",
    "white mica;phengitic mica;muscovite;paragonite;margarite;phengite;illite;celadonite;glauconite;lepidolite",
  ],
  chlorite: ["#588b2e", "chlorite;clinochlore;chamosite;pennantite;sudoite;cookeite;berthierine"],
  clay: ["#b69982", "kaolinite;halloysite;dickite;montmorillonite;beidellite;nontronite;saponite;vermiculite;pyrophyllite"],
  serpentine: ["#98c38f", "serpentine and greenalite;lizardite;antigorite;chrysotile;greenalite;amesite;garnierite;hisingerite"],
  talc: ["#c7e2b6", "talc;minnesotaite;sepiolite"],
  amphibole: [
    "#00673b",
    "hornblende;magnesio-hornblende;ferro-hornblende;actinolite;tremolite;ferro-actinolite;pargasitic amphibole;pargasite;ferro-pargasite;edenite;tschermakite;kaersutite;anthophyllite;gedrite;cummingtonite;grunerite",
  ],
  "sodic amphibole": ["#354e72", "sodic amphibole;glaucophane;riebeckite;arfvedsonite;richterite"],
  clinopyroxene: [
    "#26a165",
    "augite;aluminian clinopyroxene;diopside;hedenbergite;johannsenite;pigeonite;esseneite;calcium Tschermak pyroxene",
  ],
  orthopyroxene: ["#7fc071", "orthopyroxene;enstatite;ferrosilite"],
  "sodic pyroxene": ["#55b794", "omphacite;aegirine-augite;jadeite;aegirine;kosmochlor;spodumene"],
  olivine: ["#a8c62f", "olivine;manganoan olivine;forsterite;fayalite;tephroite;monticellite;kirschsteinite;ringwoodite"],
  garnet: [
    "#ad3646",
    "garnet;garnet (pyralspite);garnet (ugrandite);chrome garnet;pyrope;almandine;spessartine;grossular;andradite;uvarovite;majorite;knorringite;schorlomite",
  ],
  epidote: ["#c1d472", "epidote series;epidote;clinozoisite;zoisite;piemontite;pumpellyite-Mg;lawsonite;prehnite;vesuvianite"],
  "aluminium silicate": ["#7caecd", "kyanite;andalusite;sillimanite;mullite;topaz;staurolite;chloritoid"],
  cordierite: ["#a397da", "cordierite series;cordierite;sekaninaite;beryl;osumilite;milarite"],
  tourmaline: ["#363258", "tourmaline;dravite;schorl;elbaite;uvite"],
  "calcium silicate": ["#d0f0f0", "wollastonite;pseudowollastonite;larnite;belite;alite;C-S-H;rankinite;tobermorite;xonotlite"],
  melilite: ["#dccf96", "melilite;gehlenite;akermanite"],
  zircon: ["#da3ece", "zircon;zircon-hafnon;hafnon;baddeleyite;yttria-stabilised zirconia"],
  titanite: ["#be7544", "titanite;malayaite"],
  phosphate: ["#4ae5ea", "apatite"],
  "rare earths and thorium": ["#1e8887", "monazite;monazite-Ce;monazite-La;monazite-Nd;xenotime-Y;allanite-Ce;thorite;cheralite"],
  calcite: ["#7ab2ff", "calcite;magnesian calcite;aragonite;vaterite"],
  dolomite: ["#3b81db", "dolomite series;dolomite;ankerite;kutnohorite;huntite"],
  "other carbonate": [
    "#274bb0",
    "magnesite-siderite;siderite-rhodochrosite;siderite;magnesite;rhodochrosite;smithsonite;strontianite;witherite;natron",
  ],
  sulphate: ["#a378f4", "barite-celestine;jarosite-alunite"],
  halide: ["#80dfc9", ""],
  "borate, nitrate and tungstate": ["#c9beff", "wolframite;scheelite-powellite"],
  pyrite: ["#f7d206", "pyrite;marcasite"],
  "iron sulphide": ["#ce9500", "pyrrhotite;troilite;pentlandite"],
  "copper sulphide": ["#ffa200", "chalcopyrite;fahlore"],
  "zinc sulphide": ["#dd1e12", "sphalerite;sphalerite with iron;wurtzite"],
  "lead sulphide": ["#870004", "galena"],
  "arsenide and antimonide": ["#ec6468", "arsenopyrite"],
  "other sulphide": ["#efe06c", ""],
  magnetite: ["#1c1c22", "magnetite;titanomagnetite;ulvospinel;magnesioferrite;maghemite;wustite"],
  hematite: ["#540b04", "hematite"],
  ilmenite: ["#543c57", "ilmenite;ilmenite series;ilmenite-hematite;geikielite;pyrophanite;pseudobrookite series"],
  "titanium oxide": ["#7b4860", "rutile;anatase;brookite"],
  spinel: [
    "#596479",
    "spinel;spinel series;chromian spinel;gahnite series;chromite;magnesiochromite;hercynite;gahnite;magnesium aluminate",
  ],
  hydroxide: ["#926000", ""],
  "manganese oxide": ["#3b2a1e", ""],
  "light oxide": ["#b0b7c5", "corundum"],
  "other oxide": ["#6f6457", "columbite"],
  carbon: ["#454344", "graphite;diamond"],
  "metal and alloy": [
    "#89a5aa",
    "gold-silver;iron-nickel;copper-zinc;copper-tin;copper-nickel;tin-lead;aluminium-magnesium;titanium-aluminium;iron-chromium-nickel;silver-copper",
  ],
  gold: ["#efbb4d", "gold;electrum"],
  "carbide, nitride and their like": ["#758ba4", "sinoite"],
  organic: ["#c9bfac", ""],
  uranium: ["#003834", "uraninite-thorianite;uraninite"],
} as const satisfies Readonly<Record<string, readonly [colour: string, names: string]>>;

const groupByName: ReadonlyMap<string, MineralGroup> = new Map(
  Object.entries(mineralGroups).flatMap(([group, [, names]]) =>
    names
      .split(";")
      .filter((name) => name !== "")
      .map((name): [string, MineralGroup] => [name.toLowerCase(), group as MineralGroup]),
  ),
);

/** Group that the table gives a name of the phase library; capitals do not matter. Undefined: the table does not name it. */
export function groupOfName(name: string): MineralGroup | undefined {
  return groupByName.get(name.toLowerCase());
}
