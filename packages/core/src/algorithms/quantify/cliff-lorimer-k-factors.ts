/**
 * The k-factors of SIGMA for 120 kV, Ka lines, by mass, relative to iron: C_a / C_Fe = k I_a / I_Fe. They hold for the detector that they were measured or
 * computed for; SIGMA does not say which. They are the preset of users of SIGMA; for work to be published, give those of the own instrument.
 */
export const sigma120kv: Readonly<Record<string, number>> = {
  Mg_Ka: 1.02,
  Al_Ka: 0.86,
  Si_Ka: 0.76,
  P_Ka: 0.77,
  S_Ka: 0.83,
  K_Ka: 0.86,
  Ca_Ka: 0.88,
  Ti_Ka: 0.86,
  Cr_Ka: 0.9,
  Mn_Ka: 1.04,
  Fe_Ka: 1,
  Co_Ka: 0.98,
  Ni_Ka: 1.07,
  Cu_Ka: 1.17,
  Zn_Ka: 1.19,
  Nb_Ka: 2.14,
  Mo_Ka: 3.8,
  Ag_Ka: 9.52,
};

/** Beam energy that the table is for. */
export const SIGMA_TABLE_KEV = 120;
