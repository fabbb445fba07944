/**
 * How many requests somebody may make in a window of time, counted by several processes without asking each other for
 * each one. A process begins every window with a first share of its own, and leases further shares of what is left from
 * a common count; what it holds, it gives out by itself.
 */

export interface Limit {
  readonly requests: number;
  readonly windowMs: number;
}

/** The part of a limit that a process gives out before it has asked. */
const FIRST_SHARES = 10;
/** Least time between two leases of one process for one limit. */
export const LEASE_INTERVAL_MS = 1_000;

/** What is to be asked of the common count. */
export interface ShareRequest {
  readonly windowAtMs: number;
  /** Given out, or to be given out, without having been asked for. */
  readonly unasked: number;
}

/** What every process begins a window with. */
export function firstShareOf({ requests }: Limit): number {
  return Math.ceil(requests / FIRST_SHARES);
}

/**
 * How much of what is left goes to one who asks: half of it, so that others get theirs, and not less than a first share
 * as long as there is one.
 * @param taken what all processes have, the first share of the asking one included.
 */
export function shareOf(limit: Limit, taken: number): number {
  const left = Math.max(0, limit.requests - taken);
  return Math.min(left, Math.max(firstShareOf(limit), Math.ceil(left / 2)));
}

/** One limit of one subject, as one process counts it. */
export class Share {
  private readonly limit: Limit;
  private windowAtMs = -1;
  /** What this process may give out in the window, and what of it is gone. */
  private held = 0;
  private used = 0;
  /** What all processes have of the limit, as far as is known here. */
  private taken = 0;
  private isKnown = false;
  private isLeasing = false;
  private leasedAtMs = -Infinity;

  constructor(limit: Limit) {
    this.limit = limit;
  }

  /** Counts a request; false: it is one too many here and now. */
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

  /** What to ask for now, when half of what is held is gone; at most once a second, and one at a time. */
  findLease(nowMs: number): ShareRequest | undefined {
    const isEnough = this.used * 2 < this.held || (this.isKnown && this.taken >= this.limit.requests);
    if (isEnough || this.isLeasing || nowMs - this.leasedAtMs < LEASE_INTERVAL_MS) return undefined;
    this.isLeasing = true;
    this.leasedAtMs = nowMs;
    return { windowAtMs: this.windowAtMs, unasked: this.isKnown ? 0 : this.held };
  }

  /** What came of a lease: so much more is held, and so much all processes have; undefined: it could not be asked for. */
  leased(lease: ShareRequest, outcome: { readonly granted: number; readonly taken: number } | undefined): void {
    this.isLeasing = false;
    if (!outcome || lease.windowAtMs !== this.windowAtMs) return;
    this.held += outcome.granted;
    this.taken = outcome.taken;
    this.isKnown = true;
  }

  /** What is left of the limit, as far as is known here; and how long until the window ends. */
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
