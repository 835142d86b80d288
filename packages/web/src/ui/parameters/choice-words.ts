/** Words for what a parameter may be chosen to be: recipes hold the words that programs know. */

/** Names that are more than their word with a capital. */
const names: Readonly<Record<string, string>> = {
  autoencoder: "Autoencoder",
  "bayesian-gaussian-mixture": "Bayesian Gaussian mixture",
  bce: "Binary cross-entropy",
  bic: "BIC",
  birch: "BIRCH",
  "cliff-lorimer": "Cliff and Lorimer",
  diag: "Diagonal",
  "dirichlet-distribution": "Dirichlet distribution",
  "dirichlet-process": "Dirichlet process",
  eom: "Excess of mass",
  exp: "Exponential",
  "fastica-deflation": "FastICA, one by one",
  "fastica-parallel": "FastICA, together",
  "gaussian-mixture": "Gaussian mixture",
  hdbscan: "HDBSCAN",
  ica: "ICA",
  jade: "JADE",
  kmeans: "k-means",
  "k-means": "k-means",
  "k-means++": "k-means++",
  "kullback-leibler": "Kullback-Leibler",
  logcosh: "Log cosh",
  mae: "Mean absolute error",
  mse: "Mean squared error",
  nmf: "NMF",
  nndsvd: "NNDSVD",
  nndsvda: "NNDSVDa",
  nndsvdar: "NNDSVDar",
  pca: "PCA",
  "sigma-120kv": "SIGMA's, 120 kV",
  "train-all": "Train on all",
  "train-eval": "Train and check",
  umap: "UMAP",
  "variational-autoencoder": "Variational autoencoder",
  xpp: "XPP",
  "z-score": "z-score",
};

/** `UMAP` for `umap`, `Neighbour average` for `neighbour-average`. */
export function choiceWords(value: string): string {
  const known = names[value];
  if (known !== undefined) return known;
  const plain = value.replaceAll("-", " ");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
