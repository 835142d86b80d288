/** Made materials: alloys, carbides, nitrides, oxides, cement, glasses; rows as in `silicates.ts`. Alloys and glasses are compositions by atoms. */
export const materialRows = `aluminium;Al;2.7;1
magnesium;Mg;1.74;2
titanium;Ti;4.51;1
chromium;Cr;7.19;2
manganese;Mn;7.3;2
cobalt;Co;8.9;2
molybdenum;Mo;10.28;2
tungsten;W;19.3;1
tantalum;Ta;16.7;2
niobium;Nb;8.57;2
zirconium;Zr;6.52;2
vanadium;V;6.0;2
rhenium;Re;21.0;3
rhodium;Rh;12.4;3
hafnium;Hf;13.3;3
indium;In;7.31;2
silicon;Si;2.33;1
germanium;Ge;5.32;2
boron;B;2.34;3
beryllium;Be;1.85;3
yttrium;Y;4.47;3
gadolinium;Gd;7.9;3
steel 304;Fe0.695Cr0.19Ni0.085Mn0.015Si0.015;7.9;1
steel 316;Fe0.66Cr0.182Ni0.112Mo0.014Mn0.017Si0.015;8.0;1
steel 430;Fe0.81Cr0.18Mn0.005Si0.005;7.7;2
steel 2205;Fe0.67Cr0.235Ni0.055Mo0.018Mn0.015Si0.007;7.8;2
manganese steel;Fe0.87Mn0.13;7.9;3
silicon steel;Fe0.94Si0.06;7.65;2
Invar;Fe0.65Ni0.35;8.1;2
Kovar;Fe0.54Ni0.29Co0.17;8.36;3
Inconel 625;Ni0.64Cr0.247Mo0.056Nb0.023Fe0.034;8.44;2
Inconel 718;Ni0.52Cr0.211Fe0.193Nb0.032Mo0.018Ti0.011Al0.011;8.19;2
Hastelloy C276;Ni0.61Cr0.19Mo0.105Fe0.06Co0.025W0.012;8.89;2
Monel 400;Ni0.66Cu0.31Fe0.02Mn0.01;8.8;2
Nichrome;Ni0.78Cr0.22;8.4;2
Constantan;Cu0.57Ni0.43;8.9;3
Stellite 6;Co0.585Cr0.315W0.014Ni0.03Fe0.03Si0.025;8.4;3
brass;Cu0.65Zn0.35;8.5;1
bronze;Cu0.95Sn0.05;8.8;1
aluminium bronze;Cu0.82Al0.18;7.6;2
cupronickel;Cu0.74Ni0.26;8.9;2
nickel silver;Cu0.63Ni0.18Zn0.19;8.7;3
aluminium 6061;Al0.984Mg0.011Si0.006;2.7;2
aluminium 7075;Al0.94Zn0.024Mg0.029Cu0.007;2.8;2
aluminium 2024;Al0.966Cu0.019Mg0.017;2.78;2
aluminium-silicon;Al0.88Si0.12;2.66;2
magnesium AZ91;Mg0.915Al0.08Zn0.003;1.8;2
Ti-6Al-4V;Ti0.862Al0.102V0.036;4.43;1
nitinol;NiTi;6.45;2
titanium aluminide;TiAl;3.8;2
trititanium aluminide;Ti3Al;4.2;3
nickel aluminide;NiAl;5.9;2
gamma prime;Ni3Al;7.5;2
iron aluminide;FeAl;5.6;3
theta phase;Al2Cu;4.35;2
magnesium silicide;Mg2Si;1.99;2
Al13Fe4;Al13Fe4;3.85;3
laves phase;Fe2Mo;9.3;3
laves phase Nb;Fe2Nb;8.6;3
Cu6Sn5;Cu6Sn5;8.28;2
Cu3Sn;Cu3Sn;8.9;2
Ni3Sn4;Ni3Sn4;8.65;3
Ag3Sn;Ag3Sn;9.9;3
tin-lead solder;Sn0.74Pb0.26;8.4;2
SAC305 solder;Sn0.96Ag0.033Cu0.009;7.4;2
gold-tin solder;Au0.71Sn0.29;14.5;3
sterling silver;Ag0.88Cu0.12;10.4;2
iron-platinum;FePt;15;3
iron-cobalt;FeCo;8.1;3
samarium-cobalt;SmCo5;8.6;3
neodymium magnet;Nd2Fe14B;7.6;2
iron-chromium sigma;FeCr;7.6;3
tungsten carbide;WC;15.6;1
ditungsten carbide;W2C;17.2;3
titanium carbide;TiC;4.93;2
tantalum carbide;TaC;14.5;3
niobium carbide;NbC;7.8;2
vanadium carbide;VC;5.8;3
zirconium carbide;ZrC;6.7;3
chromium carbide;Cr23C6;6.97;2
chromium carbide Cr7C3;Cr7C3;6.9;2
chromium carbide Cr3C2;Cr3C2;6.68;3
molybdenum carbide;Mo2C;9.1;3
boron carbide;B4C;2.52;2
silicon nitride;Si3N4;3.2;2
aluminium nitride;AlN;3.26;2
boron nitride;BN;2.2;2
gallium nitride;GaN;6.15;2
chromium nitride;CrN;5.9;3
zirconium nitride;ZrN;7.3;3
titanium diboride;TiB2;4.5;2
zirconium diboride;ZrB2;6.1;3
lanthanum hexaboride;LaB6;4.7;3
molybdenum disilicide;MoSi2;6.3;3
nickel silicide;NiSi;5.9;3
iron silicide;FeSi;6.1;3
gallium arsenide;GaAs;5.32;1
gallium phosphide;GaP;4.14;3
indium phosphide;InP;4.81;2
indium arsenide;InAs;5.67;3
gallium antimonide;GaSb;5.61;3
cadmium telluride;CdTe;5.85;2
cadmium selenide;CdSe;5.82;3
zinc selenide;ZnSe;5.27;3
zinc telluride;ZnTe;6.34;3
CIGS;CuIn0.7Ga0.3Se2;5.75;3
perovskite MAPbI3;CH6NPbI3;4.16;3
silicon dioxide glass;SiO2;2.2;1
soda-lime glass;Na0.162Ca0.066Mg0.035Al0.01Si0.43O1.06;2.5;1
borosilicate glass;Si0.48B0.135Na0.046Al0.016O1.21;2.23;2
E-glass;Si0.31Al0.094Ca0.136B0.068Mg0.025O0.96;2.58;2
lead glass;Si0.42Pb0.11K0.08Na0.03O1.005;3.1;3
NIST glass K411;Mg0.364Si0.904Ca0.276Fe0.201O2.648;2.95;3
NIST glass K412;Mg0.4796Al0.1818Si0.7548Ca0.2719Fe0.1386O2.6724;3;3
basaltic glass;Si0.827Al0.295Fe0.145Mg0.179Ca0.196Na0.077K0.01Ti0.02O2.71;2.8;2
rhyolitic glass;Si1.25Al0.255Na0.12K0.1Fe0.017Ca0.014O3.0;2.35;2
andesitic glass;Si0.99Al0.335Fe0.085Mg0.06Ca0.11Na0.115K0.035Ti0.012O2.83;2.55;2
alite;Ca3SiO5;3.15;1
belite;Ca2SiO4;3.31;1
tricalcium aluminate;Ca3Al2O6;3.03;1
ferrite phase;Ca4Al2Fe2O10;3.77;1
C-S-H;Ca1.7SiO3.7·1.8H2O;2.6;2
monosulphate;Ca4Al2SO4(OH)12·6H2O;2.02;3
yttria-stabilised zirconia;Zr0.852Y0.148O1.926;6.0;2
yttrium aluminium garnet;Y3Al5O12;4.55;2
barium titanate;BaTiO3;6.02;2
strontium titanate;SrTiO3;5.12;2
lead zirconate titanate;PbZr0.52Ti0.48O3;7.7;2
lithium cobalt oxide;LiCoO2;5.06;2
lithium iron phosphate;LiFePO4;3.6;2
NMC 111;LiNi0.333Mn0.333Co0.333O2;4.7;2
NMC 811;LiNi0.8Mn0.1Co0.1O2;4.75;2
lithium manganese oxide;LiMn2O4;4.28;2
lithium titanate;Li4Ti5O12;3.5;3
lanthanum strontium manganite;La0.8Sr0.2MnO3;6.5;3
gadolinia-doped ceria;Ce0.9Gd0.1O1.95;7.2;3
YBCO;YBa2Cu3O7;6.3;3
bismuth ferrite;BiFeO3;8.3;3
aluminium titanate;Al2TiO5;3.7;3
magnesium aluminate;MgAl2O4;3.58;2
zinc oxide;ZnO;5.61;2
indium tin oxide;In1.8Sn0.2O3;7.1;2
tin dioxide;SnO2;6.95;2
cerium dioxide;CeO2;7.2;2
hafnium dioxide;HfO2;9.7;3
tantalum pentoxide;Ta2O5;8.2;3
yttrium oxide;Y2O3;5.0;3
lanthanum oxide;La2O3;6.5;3
sodium chloride;NaCl;2.17;3
epoxy;C21H25O5Cl0.1;1.2;1
polyethylene;CH2;0.95;2
PTFE;C2F4;2.2;2
PVC;C2H3Cl;1.4;2
polyimide;C22H10N2O5;1.42;3
PMMA;C5H8O2;1.18;2
silicone;C2H6OSi;1.0;2
`;
