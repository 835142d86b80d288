/** Series whose members mix: name, then the names of the end members. */
export const solidSolutionRows = `plagioclase;albite;anorthite
alkali feldspar;orthoclase;albite
hyalophane;orthoclase;celsian
olivine;forsterite;fayalite
manganoan olivine;fayalite;tephroite
orthopyroxene;enstatite;ferrosilite
augite;diopside;hedenbergite;enstatite;ferrosilite
aluminian clinopyroxene;diopside;hedenbergite;calcium Tschermak pyroxene;jadeite
aegirine-augite;aegirine;diopside;hedenbergite
omphacite;jadeite;diopside;hedenbergite
garnet (pyralspite);pyrope;almandine;spessartine
garnet;pyrope;almandine;grossular
garnet (ugrandite);grossular;andradite;almandine
chrome garnet;pyrope;uvarovite;almandine
biotite;phlogopite;annite
aluminian biotite;phlogopite;annite;siderophyllite;eastonite
titanian biotite;annite;phlogopite;titanian phlogopite
titanian aluminian biotite;annite;phlogopite;titanian phlogopite;eastonite
white mica;muscovite;paragonite
phengitic mica;muscovite;celadonite
actinolite;tremolite;ferro-actinolite
hornblende;magnesio-hornblende;ferro-hornblende
pargasitic amphibole;pargasite;ferro-pargasite
sodic amphibole;glaucophane;riebeckite
chlorite;clinochlore;chamosite
serpentine and greenalite;lizardite;greenalite
epidote series;clinozoisite;epidote
tourmaline;dravite;schorl
scapolite;marialite;meionite
melilite;gehlenite;akermanite
cordierite series;cordierite;sekaninaite
apatite;fluorapatite;chlorapatite;hydroxylapatite
monazite;monazite-Ce;monazite-La;monazite-Nd;cheralite
titanomagnetite;magnetite;ulvospinel
chromian spinel;chromite;magnesiochromite;spinel;hercynite
spinel series;spinel;hercynite
gahnite series;gahnite;hercynite
ilmenite series;ilmenite;geikielite;pyrophanite
ilmenite-hematite;ilmenite;hematite
pseudobrookite series;pseudobrookite;armalcolite
dolomite series;dolomite;ankerite;kutnohorite
magnesite-siderite;magnesite;siderite
siderite-rhodochrosite;siderite;rhodochrosite
barite-celestine;barite;celestine
zircon-hafnon;zircon;hafnon
wolframite;ferberite;hubnerite
scheelite-powellite;scheelite;powellite
columbite;columbite-Fe;columbite-Mn;tantalite-Fe;tantalite-Mn
uraninite-thorianite;uraninite;thorianite
sphalerite with iron;sphalerite;troilite
fahlore;tetrahedrite;tennantite
jarosite-alunite;jarosite;alunite
gold-silver;gold;silver
iron-nickel;iron;nickel
copper-zinc;copper;zinc
copper-tin;copper;tin
copper-nickel;copper;nickel
tin-lead;tin;lead
aluminium-magnesium;aluminium;magnesium
titanium-aluminium;titanium;aluminium
iron-chromium-nickel;iron;chromium;nickel
silver-copper;silver;copper
`;
