/** Pixels of a .bcf file that hold single pulses: what `PixelSpectrum` of formats/bcf/unpack-pixel.ts makes of them, number for number. */

const HEADER: usize = 22;

/**
 * Unpacks pixels of one line, `most` at most, and says how many. `place` is int32 [3], from where to where: address of the next byte, least x of the next pixel, entries
 * written. Stops before a pixel that is not whole before `end`, is packed in another way, has no room left among `room` entries, or must not be so (its x, its size, a channel beyond the axis):
 * whoever called looks at it. `counts` is uint16 [channels, made a multiple of 32], all 0 before and after. `orders`, uint8 [256 x 16]: the bytes of those of eight numbers whose bit
 * is set, moved to the front. Writes of each x, those left out included, where its entries end (int32 [width]), and the entries: uint16 [room] each, channels rising; what it
 * writes up to eight entries behind the last means nothing.
 */
export function unpackPixels(
  place: usize,
  end: usize,
  most: u32,
  width: u32,
  channels: u32,
  counts: usize,
  orders: usize,
  ends: usize,
  channel: usize,
  count: usize,
  room: u32,
): u32 {
  let at: usize = load<u32>(place);
  let next = load<u32>(place, 4);
  let entries = load<u32>(place, 8);
  const behind = counts + (((<usize>channels + 31) & ~31) << 1);
  let done: u32 = 0;
  while (done < most) {
    if (end < at + HEADER) break;
    const x = load<u32>(at);
    const packing: u32 = load<u16>(at, 12);
    const pulses: u32 = load<u16>(at, 16);
    const size = load<u32>(at, 18);
    if (x < next || x >= width || packing > 1 || pulses > room - entries) break;
    const least = packing === 0 ? pulses << 1 : ((pulses * 3 + 3) >> 2) << 1;
    if (size < least || size > <u32>(end - at - HEADER)) break;
    const data = at + HEADER;
    const fits = packing === 0 ? add16(data, pulses, channels, counts) : add12(data, pulses, channels, counts);
    if (!fits) {
      memory.fill(counts, 0, behind - counts);
      break;
    }
    for (; next < x; next++) store<u32>(ends + (<usize>next << 2), entries);
    entries = emptied(counts, behind, orders, channel, count, entries);
    store<u32>(ends + (<usize>x << 2), entries);
    next = x + 1;
    at = data + size;
    done += 1;
  }
  store<u32>(place, <u32>at);
  store<u32>(place, next, 4);
  store<u32>(place, entries, 8);
  return done;
}

/** False when a channel lies beyond the axis. */
function add16(data: usize, pulses: u32, channels: u32, counts: usize): bool {
  const end = data + (<usize>pulses << 1);
  for (let at = data; at < end; at += 2) {
    const c: u32 = load<u16>(at);
    if (c >= channels) return false;
    countOne(counts, c);
  }
  return true;
}

/** Four pulses are three words, the most significant bits first. Reads up to six bytes behind them. */
function add12(data: usize, pulses: u32, channels: u32, counts: usize): bool {
  let at = data;
  let left = pulses;
  for (; left >= 4; left -= 4) {
    const words = load<u64>(at);
    at += 6;
    const a = <u32>(words >> 4) & 0xfff;
    const b = ((<u32>words & 15) << 8) | (<u32>(words >> 24) & 0xff);
    const c = ((<u32>(words >> 16) & 0xff) << 4) | (<u32>(words >> 44) & 15);
    const d = <u32>(words >> 32) & 0xfff;
    if (a >= channels || b >= channels || c >= channels || d >= channels) return false;
    countOne(counts, a);
    countOne(counts, b);
    countOne(counts, c);
    countOne(counts, d);
  }
  if (left === 0) return true;
  const words = load<u64>(at);
  const a = <u32>(words >> 4) & 0xfff;
  const b = ((<u32>words & 15) << 8) | (<u32>(words >> 24) & 0xff);
  const c = ((<u32>(words >> 16) & 0xff) << 4) | (<u32>(words >> 44) & 15);
  if (a >= channels || (left > 1 && b >= channels) || (left > 2 && c >= channels)) return false;
  countOne(counts, a);
  if (left > 1) countOne(counts, b);
  if (left > 2) countOne(counts, c);
  return true;
}

@inline
function countOne(counts: usize, channel: u32): void {
  const at = counts + (<usize>channel << 1);
  store<u16>(at, load<u16>(at) + 1);
}

/** Writes what is counted as entries, in the order of the channels, and makes it 0. Gives the number of entries then. */
function emptied(counts: usize, behind: usize, orders: usize, channel: usize, count: usize, before: u32): u32 {
  let entries = <usize>before << 1;
  const zero = i16x8.splat(0);
  let channels = i16x8(0, 1, 2, 3, 4, 5, 6, 7);
  for (let at = counts; at < behind; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
      entries = withoutZeros(a, channels, orders, channel, count, entries);
      entries = withoutZeros(b, i16x8.add(channels, i16x8.splat(8)), orders, channel, count, entries);
      entries = withoutZeros(c, i16x8.add(channels, i16x8.splat(16)), orders, channel, count, entries);
      entries = withoutZeros(d, i16x8.add(channels, i16x8.splat(24)), orders, channel, count, entries);
      v128.store(at, zero);
      v128.store(at, zero, 16);
      v128.store(at, zero, 32);
      v128.store(at, zero, 48);
    }
    channels = i16x8.add(channels, i16x8.splat(32));
  }
  return <u32>(entries >> 1);
}

@inline
function withoutZeros(eight: v128, own: v128, orders: usize, channel: usize, count: usize, entries: usize): usize {
  const bits = i16x8.bitmask(i16x8.ne(eight, i16x8.splat(0)));
  const order = v128.load(orders + (<usize>bits << 4));
  v128.store(channel + entries, i8x16.swizzle(own, order));
  v128.store(count + entries, i8x16.swizzle(eight, order));
  return entries + (<usize>popcnt(bits) << 1);
}
