/**
 * Squared distances from points to centres: what `referenceCentres` of algorithms/cluster/nearest-centres/reference-centres.ts does, bit for bit. Two points lie in one
 * vector; each sum runs over the dimensions from the first to the last.
 */

/** Where things lie in memory; float64 unless said otherwise. */
@unmanaged
class Points {
  dimensions: u32;
  /** Values from one column of `data` to the next, even. */
  stride: u32;
  /** [dimensions x stride] */
  data: usize;
  clusters: u32;
  /** [clusters x dimensions] */
  centres: usize;
  /** Int32 [stride]: nearest centre of each point. */
  labels: usize;
  /** [stride]: squared distance to it. */
  distances: usize;
  /** [stride]: squared distance to the nearest of the centres chosen so far. */
  closest: usize;
}

@inline
function squaredDistance(place: usize, stride: usize, centre: usize, dimensions: usize): v128 {
  let difference = f64x2.sub(v128.load(place), v128.load64_splat(centre));
  let sum = f64x2.mul(difference, difference);
  for (let c: usize = 1; c < dimensions; c++) {
    place += stride;
    difference = f64x2.sub(v128.load(place), v128.load64_splat(centre + (c << 3)));
    sum = f64x2.add(sum, f64x2.mul(difference, difference));
  }
  return sum;
}

/** Gives the points from `first`, an even number, to before `behind` to the nearest centre, the first of equals. Returns 1 where that changes a label, else 0. */
export function assign(points: Points, first: u32, behind: u32): u32 {
  const d = <usize>points.dimensions;
  const stride = <usize>points.stride << 3;
  const behindCentres = points.centres + ((<usize>points.clusters * d) << 3);
  let changed: u32 = 0;
  for (let i = <usize>first; i < <usize>behind; i += 2) {
    const place = points.data + (i << 3);
    let smallest = f64x2.splat(Infinity);
    let nearest = i64x2.splat(0);
    let label = nearest;
    const one = i64x2.splat(1);
    if (d == 2) {
      const x = v128.load(place);
      const y = v128.load(place + stride);
      for (let centre = points.centres; centre < behindCentres; centre += 16) {
        const dx = f64x2.sub(x, v128.load64_splat(centre));
        const dy = f64x2.sub(y, v128.load64_splat(centre, 8));
        const sum = f64x2.add(f64x2.mul(dx, dx), f64x2.mul(dy, dy));
        nearest = v128.bitselect(label, nearest, f64x2.lt(sum, smallest));
        smallest = f64x2.pmin(smallest, sum);
        label = i64x2.add(label, one);
      }
    } else {
      for (let centre = points.centres; centre < behindCentres; centre += d << 3) {
        const sum = squaredDistance(place, stride, centre, d);
        nearest = v128.bitselect(label, nearest, f64x2.lt(sum, smallest));
        smallest = f64x2.pmin(smallest, sum);
        label = i64x2.add(label, one);
      }
    }
    v128.store(points.distances + (i << 3), smallest);
    changed |= setLabel(points.labels + (i << 2), <u32>i64x2.extract_lane(nearest, 0));
    if (i + 1 < <usize>behind) changed |= setLabel(points.labels + (i << 2) + 4, <u32>i64x2.extract_lane(nearest, 1));
  }
  return changed;
}

@inline
function setLabel(address: usize, label: u32): u32 {
  const isOther = <u32>(load<u32>(address) != label);
  store<u32>(address, label);
  return isOther;
}

/** Sum over all `count` points, one after the other, of their squared distance to the nearest of the chosen centres and the point `index`. */
export function potentialWith(points: Points, count: u32, index: u32): f64 {
  const d = <usize>points.dimensions;
  const stride = <usize>points.stride << 3;
  centreAt(points, index);
  let sum: f64 = 0;
  for (let i: usize = 0; i < <usize>count; i += 2) {
    const own = squaredDistance(points.data + (i << 3), stride, points.centres, d);
    const least = f64x2.pmin(v128.load(points.closest + (i << 3)), own);
    sum += f64x2.extract_lane(least, 0);
    if (i + 1 < <usize>count) sum += f64x2.extract_lane(least, 1);
  }
  return sum;
}

/** Chooses the point `index` as a centre. */
export function choose(points: Points, count: u32, index: u32): void {
  const d = <usize>points.dimensions;
  const stride = <usize>points.stride << 3;
  centreAt(points, index);
  for (let i: usize = 0; i < <usize>count; i += 2) {
    const own = squaredDistance(points.data + (i << 3), stride, points.centres, d);
    v128.store(points.closest + (i << 3), f64x2.pmin(v128.load(points.closest + (i << 3)), own));
  }
}

/** Copies a point to where the first centre lies. */
@inline
function centreAt(points: Points, index: u32): void {
  let place = points.data + (<usize>index << 3);
  for (let c: usize = 0; c < <usize>points.dimensions; c++) {
    store<f64>(points.centres + (c << 3), load<f64>(place));
    place += <usize>points.stride << 3;
  }
}
