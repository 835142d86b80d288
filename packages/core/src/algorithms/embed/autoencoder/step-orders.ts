/** What a team does together, as the lead says it and as it lies in shared memory. Between two orders all wait for each other. */
export type StepOrder =
  /** The first `rows` pixels, as presented, to the output. */
  | { readonly what: "there"; readonly rows: number }
  /** The same and back: the gradients of their activations, for the mean objective of a batch of `batch` pixels. */
  | { readonly what: "there-and-back"; readonly rows: number; readonly batch: number }
  /**
   * The gradients of the weights by these pixels: added to what is there or, by the first piece of a batch, put in its place. With a learning rate, by the last piece, a
   * step of Adam by it, for which nobody waits: each takes it with the weights whose gradients it has made.
   */
  | { readonly what: "gradients"; readonly rows: number; readonly isFirst: boolean; readonly learningRate: number | undefined };

const THERE = 0;
const THERE_AND_BACK = 1;
const GRADIENTS = 2;

/** Puts an order into memory that helpers see. */
export function writeOrder(order: StepOrder, values: Float64Array): void {
  values.set(valuesOf(order));
}

function valuesOf(order: StepOrder): readonly number[] {
  switch (order.what) {
    case "there":
      return [THERE, order.rows];
    case "there-and-back":
      return [THERE_AND_BACK, order.rows, order.batch];
    case "gradients":
      return [GRADIENTS, order.rows, order.isFirst ? 1 : 0, order.learningRate ?? Number.NaN];
  }
}

/** The order that lies in memory. */
export function readOrder([what, rows = 0, second = 0, rate = 0]: Float64Array): StepOrder {
  switch (what) {
    case THERE:
      return { what: "there", rows };
    case THERE_AND_BACK:
      return { what: "there-and-back", rows, batch: second };
    default:
      return { what: "gradients", rows, isFirst: second === 1, learningRate: Number.isNaN(rate) ? undefined : rate };
  }
}
