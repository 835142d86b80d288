import { formatCount, formatNumber } from "../../numbers.js";
import { curveFigure } from "../figures/curve-plot.js";
import { fragment, type Markup } from "../markup.js";
import { type Page, paragraph, section } from "../report-page.js";

/** How the training of an autoencoder went. */
export function trainingSection(page: Page): Markup {
  const { autoencoder } = page.analysis.latent ?? {};
  if (autoencoder === undefined || autoencoder.training.trainLoss.length < 2) return fragment();
  const { trainLoss, evaluationLoss, bestEpoch, stoppedEarly } = autoencoder.training;
  const judged = evaluationLoss ?? trainLoss;
  const picture = curveFigure({
    x: Array.from(judged, (_, i) => i + 1),
    y: [...judged],
    xName: "epoch",
    yName: evaluationLoss === undefined ? "Loss of the pixels trained on" : "Loss of the pixels kept out",
    beside: evaluationLoss === undefined ? undefined : { y: [...trainLoss], name: "dashed: pixels trained on" },
    chosen: bestEpoch,
    width: 720,
    height: 280,
    description: `Loss over ${judged.length} epochs of training; the best is epoch ${bestEpoch}.`,
  });
  const end = stoppedEarly ? "It was stopped when the loss no longer fell." : "It ran for all its epochs.";
  const kept =
    evaluationLoss === undefined
      ? ""
      : " Losses that part, the dashed one falling on, would mean that pixels are learnt by heart.";
  return section(
    "training",
    "Training of the autoencoder",
    paragraph(
      `${formatCount(judged.length)} epochs of training. ${end} The smallest loss, ${formatNumber(judged[bestEpoch - 1] ?? 0)}, was at epoch ${bestEpoch}.`,
    ),
    page.figure(picture, `Loss after each epoch; the best is ringed.${kept}`),
  );
}
