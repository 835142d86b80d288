/** The neighbours that a search has found so far: by keys, float32, or as they are answered, float64 and ties by index. */
import { distanceOf, insert as insertKey, keyOf, NONE, positionOf } from "./neighbour-keys";
import { BEFORE_ALL, KEYS, keyBytes, keysOf, LANES, LEAF_POINTS, Search, setLimit } from "./search-memory";
import { squaredDistance, UNDERFLOW } from "./squared-distance";

/** No keys but those that fill up rows to an even number, and no limits but for places that no query has. */
export function beginKeys(search: Search): void {
  const bytes = <usize>search.queries * keyBytes(search);
  for (let i: usize = 0; i < bytes; i += 8) store<f64>(search.scratch + KEYS + i, keyOf(Infinity, NONE));
  for (let i: u32 = 0; i < LEAF_POINTS; i++) setLimit(search, i, i < search.queries ? Infinity : 0);
  if ((search.k & 1) == 0) for (let i: u32 = 0; i < search.queries; i++) store<f64>(keysOf(search, i), BEFORE_ALL);
}

/**
 * Measures the keys that were kept. A point that was not has a float32 distance of at least that of the last key; where that is not surely more than the k-th distance, the query is made
 * ready to be asked again, and no other. Returns how many are.
 */
export function settle(search: Search): u32 {
  const bytes = keyBytes(search);
  const begin: usize = (search.k & 1) == 0 ? 8 : 0;
  let open: u32 = 0;
  for (let query: u32 = 0; query < search.queries; query++) {
    const keys = keysOf(search, query);
    const own = search.queryCoordinates + ((<usize>query * search.dimensions) << 2);
    let kept: u32 = 0;
    for (let j = begin; j < bytes; j += 8) {
      const position = positionOf(load<f64>(keys + j));
      if (position == NONE) break;
      const distance = squaredDistance(search.coordinates + ((<usize>position * search.dimensions) << 2), own, search.dimensions);
      put(search, query, kept, distance, load<i32>(search.order + (<usize>position << 2)));
      kept++;
    }
    const last = load<f64>(search.foundDistance + ((<usize>((query + 1) * search.k) - 1) << 3));
    const limit = <f64>distanceOf(load<f64>(keys + bytes - 8));
    const isSettled = last * (1 + 2 * <f64>search.loss) + UNDERFLOW < limit && limit < Infinity;
    setLimit(search, query, isSettled ? -1 : Infinity);
    if (isSettled) continue;
    open++;
    for (let j: u32 = query * search.k; j < (query + 1) * search.k; j++) {
      store<f64>(search.foundDistance + (<usize>j << 3), Infinity);
      store<i32>(search.foundIndex + (<usize>j << 2), -1);
    }
  }
  return open;
}

/** Keeps points by their float32 distances. */
export function keepNear(search: Search, leaf: u32, query: u32, point: u32, passing: i32, low: v128, high: v128): void {
  const lanes = search.scratch + LANES;
  v128.store(lanes, low);
  v128.store(lanes, high, 16);
  const first = load<u32>(search.start + (<usize>leaf << 2)) + point;
  const keys = keysOf(search, query);
  const bytes = keyBytes(search);
  let near = passing;
  while (near != 0) {
    const lane = ctz(near);
    near &= near - 1;
    if (first + lane != search.own + query) insertKey(keys, bytes, keyOf(load<f32>(lanes + (<usize>lane << 2)), first + lane));
  }
  setLimit(search, query, distanceOf(load<f64>(keys + bytes - 8)));
}

/** Puts a candidate no farther than the last into its place; the last one drops out. */
export function insert(search: Search, query: u32, candidate: f64, id: i32): void {
  const last = <usize>((query + 1) * search.k - 1);
  const lastIndex = load<i32>(search.foundIndex + (last << 2));
  if (candidate == load<f64>(search.foundDistance + (last << 3)) && lastIndex >= 0 && id > lastIndex) return;
  put(search, query, search.k - 1, candidate, id);
}

/** Puts a candidate before those of the first `kept` that come after it; of more than k the last one drops out. */
@inline
function put(search: Search, query: u32, kept: u32, candidate: f64, id: i32): void {
  const distances = search.foundDistance + ((<usize>query * search.k) << 3);
  const indices = search.foundIndex + ((<usize>query * search.k) << 2);
  let place = <usize>kept;
  while (place > 0) {
    const before = load<f64>(distances + ((place - 1) << 3));
    const indexBefore = load<i32>(indices + ((place - 1) << 2));
    if (before < candidate || (before == candidate && indexBefore < id)) break;
    if (place < <usize>search.k) {
      store<f64>(distances + (place << 3), before);
      store<i32>(indices + (place << 2), indexBefore);
    }
    place -= 1;
  }
  if (place == <usize>search.k) return;
  store<f64>(distances + (place << 3), candidate);
  store<i32>(indices + (place << 2), id);
}
