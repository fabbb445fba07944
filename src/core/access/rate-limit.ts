/**
 * Rate limits: how many requests a subject may make in a window of time, counted by several processes that do not have
 * to ask each other for each request. A process begins every window with a first share of its own and leases further
 * shares of the rest from a common count. It admits requests from its own share without asking.
 */

export interface Limit {
  readonly requests: number;
  readonly windowMs: number;
}

/** One part in this many of a limit is the first share, which a process admits before it has asked. */
const FIRST_SHARES = 10;
/** Least time between two leases of one process for one limit. */
export const LEASE_INTERVAL_MS = 1_000;

/** A lease to ask the common count for. */
export interface ShareRequest {
  readonly windowAtMs: number;
  /** The first share, held without a lease: to be added to the common count once; 0 afterwards. */
  readonly unasked: number;
}

/** The share that every process begins a window with, in requests. */
export function firstShareOf({ requests }: Limit): number {
  return Math.ceil(requests / FIRST_SHARES);
}

/**
 * How many requests a lease grants: half of what is left, so that other processes get a part, and not less than a first
 * share as long as so much is left.
 * @param taken what all processes hold, including the first share of the asking one.
 */
export function shareOf(limit: Limit, taken: number): number {
  const left = Math.max(0, limit.requests - taken);
  return Math.min(left, Math.max(firstShareOf(limit), Math.ceil(left / 2)));
}

/**
 * One limit of one subject, as one process counts it. When a window begins, the process holds a first share and does
 * not know the common count. Once half of its share is used it leases more, one lease at a time; the outcome of a lease
 * adds to the share and makes the common count known. A failed lease changes nothing and is repeated. The next window
 * begins from the first share again, and the outcome of a lease from an earlier window is ignored.
 */
export class Share {
  private readonly limit: Limit;
  private windowAtMs = -1;
  /** Requests that this process may admit in the window, and how many of them it has admitted. */
  private held = 0;
  private used = 0;
  /** What all processes hold of the limit, as far as this process knows. */
  private taken = 0;
  private isKnown = false;
  private isLeasing = false;
  private leasedAtMs = -Infinity;

  constructor(limit: Limit) {
    this.limit = limit;
  }

  /** Counts a request; false when it exceeds what this process may admit now. */
  take(nowMs: number): boolean {
    this.turn(nowMs);
    if (this.used >= this.held) return false;
    this.used += 1;
    return true;
  }

  /** Whether the next request would be refused. */
  isSpent(nowMs: number): boolean {
    this.turn(nowMs);
    return this.used >= this.held;
  }

  /** The lease to ask for now: when half of the share is used, at most once a second, and one at a time. */
  findLease(nowMs: number): ShareRequest | undefined {
    const isEnough = this.used * 2 < this.held || (this.isKnown && this.taken >= this.limit.requests);
    if (isEnough || this.isLeasing || nowMs - this.leasedAtMs < LEASE_INTERVAL_MS) return undefined;
    this.isLeasing = true;
    this.leasedAtMs = nowMs;
    return { windowAtMs: this.windowAtMs, unasked: this.isKnown ? 0 : this.held };
  }

  /** Takes the outcome of a lease: what was granted, and what all processes hold now; undefined when asking failed. */
  leased(lease: ShareRequest, outcome: { readonly granted: number; readonly taken: number } | undefined): void {
    this.isLeasing = false;
    if (!outcome || lease.windowAtMs !== this.windowAtMs) return;
    this.held += outcome.granted;
    this.taken = outcome.taken;
    this.isKnown = true;
  }

  /** What is left of the limit, as far as this process knows, and the seconds until the window ends. */
  standing(nowMs: number): { readonly left: number; readonly resetSeconds: number; readonly retrySeconds: number } {
    this.turn(nowMs);
    const resetSeconds = Math.max(1, Math.ceil((this.windowAtMs + this.limit.windowMs - nowMs) / 1_000));
    const left = Math.max(0, this.limit.requests - this.taken + this.held - this.used);
    const isAllTaken = this.isKnown && this.taken >= this.limit.requests;
    return { left, resetSeconds, retrySeconds: isAllTaken ? resetSeconds : Math.ceil(LEASE_INTERVAL_MS / 1_000) };
  }

  private turn(nowMs: number): void {
    const windowAtMs = nowMs - (nowMs % this.limit.windowMs);
    if (windowAtMs === this.windowAtMs) return;
    this.windowAtMs = windowAtMs;
    this.held = firstShareOf(this.limit);
    this.used = 0;
    this.taken = this.held;
    this.isKnown = false;
  }
}
