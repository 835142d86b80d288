/** How threads that share a step of training divide it: by rows, there and back, and by weights, whose gradients are sums over all rows. No sum is cut in two. */

/** Rows, outputs or weights, from the first to the one behind the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** One of the threads that share a network: its number, from 0, and how many they are. */
export interface Member {
  readonly number: number;
  readonly of: number;
}

/** A thread that does all. */
export const ALONE: Member = { number: 0, of: 1 };

/** The part of `count` things in a row that falls to a member. Parts differ by two things at most, and begin at an even one: products are made two rows at a time. */
export function shareOf(count: number, { number, of }: Member): Span {
  const edge = (member: number): number => (member === of ? count : 2 * Math.floor((member * count) / (2 * of)));
  return { from: edge(number), to: edge(number + 1) };
}

/** All of `count` things. */
export function allOf(count: number): Span {
  return { from: 0, to: count };
}
