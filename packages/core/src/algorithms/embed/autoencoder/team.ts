/**
 * The threads that train a network or send pixels through it: the one that computes, the lead, and those that a host lends where they share memory and it pays. Of each piece of
 * a batch every member takes some rows there and back, then, when all are back, the gradients of some weights and their step; so they wait for each other twice.
 */
import { ThreadLostError } from "../../../errors.js";
import { arraysIn, kernelMemory } from "../../../kernels/kernel-memory.js";
import { sendHelpers } from "../../../kernels/threads/crew.js";
import { followOrders, ordersTo } from "../../../kernels/threads/orders.js";
import type { Threads, WorkContext } from "../../../spectrum-image/context.js";
import { type Architecture, tensorShapes, weightCount } from "./architecture.js";
import { arithmeticIn, quickestArithmetic } from "./kernel-arithmetic.js";
import { ALONE, type Member } from "./member.js";
import type { Network } from "./network.js";
import { type NetworkPrograms, networkPlan, networkPrograms, roomFor } from "./network-memory.js";
import { stepMember, type TeamWork } from "./step-member.js";
import { readOrder, type StepOrder, writeOrder } from "./step-orders.js";

/** The name of the task whose input is a {@link NetworkTask}. */
export const NETWORK_TASK = "network";

/** More members would have too few rows of a batch for what each packs for itself. */
const MOST_MEMBERS = 4;
/** Fewer multiplications in all take a fraction of a second, and fewer in one piece not much longer than waiting for each other. */
const FEWEST_PRODUCTS = 4_294_967_296;
const FEWEST_PRODUCTS_OF_PIECE = 1_048_576;

export interface Team {
  readonly network: Network;
  /** Has all members do their part; settles when all have. Throws as `Orders.allDone`. */
  carryOut(order: StepOrder): Promise<void>;
}

export interface TeamOptions extends Pick<TeamWork, "objective" | "weightDecay"> {
  /** How many pixels will go through the network in all, which decides whether helping pays. */
  readonly pixels: number;
  /** Fewest multiplications in all that are shared. Default: 4,294,967,296. */
  readonly sharedFrom?: number | undefined;
}

/** What a helper is given. */
export interface NetworkTask {
  readonly programs: NetworkPrograms;
  readonly memory: WebAssembly.Memory;
  readonly work: TeamWork;
  readonly member: Member;
}

const MOST_PIXELS = 64;
const MOST_PRODUCTS = 1 << 25;

/** How many pixels go through a network at once: 64, fewer for large networks, so that no piece of work is long. A function of the network alone. */
export function capacityFor(weights: number): number {
  let pixels = MOST_PIXELS;
  while (pixels > 1 && pixels * weights > MOST_PRODUCTS) pixels /= 2;
  return pixels;
}

/** Does work with a network whose weights are 0, and lets the helpers go, however it ends. When one is lost the work is begun again by this thread alone. */
export async function withTeam<T, C extends WorkContext>(
  architecture: Architecture,
  options: TeamOptions,
  context: C,
  work: (team: Team, context: C) => Promise<T>,
): Promise<T> {
  try {
    return await withMembers(architecture, options, context, work);
  } catch (error) {
    if (!(error instanceof ThreadLostError)) throw error;
    return withMembers(architecture, options, { ...context, threads: undefined }, work);
  }
}

async function withMembers<T, C extends WorkContext>(
  architecture: Architecture,
  options: TeamOptions,
  context: C,
  work: (team: Team, context: C) => Promise<T>,
): Promise<T> {
  const { objective, weightDecay } = options;
  const weights = weightCount(tensorShapes(architecture));
  const shared = { architecture, capacity: capacityFor(weights), objective, weightDecay };
  const members = membersFor(weights, options, context.threads);
  const together = await sharedTeam(shared, members, context);
  if (together === undefined) return work(await lonelyTeam(shared), context);
  try {
    return await work(together, context);
  } finally {
    await together.end();
  }
}

/** 1 where nobody helps. */
function membersFor(
  weights: number,
  { pixels, sharedFrom = FEWEST_PRODUCTS }: TeamOptions,
  threads: Threads | undefined,
): number {
  if (threads === undefined || !threads.sharesMemory || pixels * weights < sharedFrom) return 1;
  if (capacityFor(weights) * weights < Math.min(FEWEST_PRODUCTS_OF_PIECE, sharedFrom)) return 1;
  return Math.min(threads.helpers + 1, MOST_MEMBERS);
}

async function lonelyTeam(work: TeamWork): Promise<Team> {
  const { network, carryOut } = stepMember(work, await quickestArithmetic(work.architecture, work.capacity), ALONE);
  return { network, carryOut: async (order) => carryOut(order) };
}

/** Undefined where one member is all, or there are no kernels or not so much memory. */
async function sharedTeam(
  work: TeamWork,
  members: number,
  { threads, signal }: WorkContext,
): Promise<(Team & { end(): Promise<void> }) | undefined> {
  if (threads === undefined || members < 2) return undefined;
  const programs = await networkPrograms(true);
  const room = roomFor(work.architecture, work.capacity);
  const placed = programs && kernelMemory(networkPlan(room, members), true);
  if (programs === undefined || placed === undefined) return undefined;
  const { words, order: said } = placed.arrays;
  const all = Array.from({ length: members }, (_, number): Member => ({ number, of: members }));
  const own = stepMember(work, await arithmeticIn(placed, room, programs, all[0]!), all[0]!);
  const tasks = all.slice(1).map((member): NetworkTask => ({ programs, memory: placed.memory, work, member }));
  const orders = ordersTo(sendHelpers(threads, NETWORK_TASK, tasks), tasks.length, words, signal);
  return {
    network: own.network,
    async carryOut(order) {
      writeOrder(order, said);
      orders.give();
      own.carryOut(order);
      await orders.allDone();
    },
    end: () => orders.end(),
  };
}

/** What a helper does, order after order, until it is let go. */
export async function helpNetwork({ programs, memory, work, member }: NetworkTask): Promise<void> {
  const room = roomFor(work.architecture, work.capacity);
  const arrays = arraysIn(memory, networkPlan(room, member.of));
  const { carryOut } = stepMember(work, await arithmeticIn({ memory, arrays }, room, programs, member), member);
  followOrders(arrays.words, () => carryOut(readOrder(arrays.order)));
}
