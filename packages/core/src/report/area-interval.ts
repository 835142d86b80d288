/**
 * Half the 95 % interval of the area of each class, as a share of all pixels: 1.96 sqrt(sum p (1 - p)) / n, the spread of the number of
 * pixels in a class when each pixel belongs to it with its probability p and pixels are independent. Float32 [pixels x classes] in,
 * float64 [classes] out.
 */
export function areaIntervals(membership: Float32Array, classes: number): Float64Array {
  const variance = new Float64Array(classes);
  for (let i = 0; i < membership.length; i++) {
    const p = membership[i]!;
    variance[i % classes]! += p * (1 - p);
  }
  const pixels = membership.length / classes;
  return variance.map((value) => (1.96 * Math.sqrt(value)) / pixels);
}
