/** Rate limits of keys, orgs and addresses: counted here, with shares of the common count leased in the background. */
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Logger } from 'pino';
import type { Clock } from '../../core/clock.ts';
import { Refusal } from '../../core/errors.ts';
import { Share, type Limit } from '../../core/access/rate-limit.ts';
import type { Database } from '../../db/database.ts';
import { dropOldShares, leaseShare } from '../../db/access/rate-shares.ts';
import { addLimitHeaders } from '../server/limit-headers.ts';
import { FailedCall } from '../server/problem.ts';

/** Most subjects of one kind that are counted at once; beyond it the oldest is forgotten and its count starts again. */
const SUBJECTS_MAX = 50_000;
const LEASES_AT_ONCE_MAX = 4;
/** How long shares are kept in the database. Windows are at most an hour. */
const KEPT_MS = 2 * 3_600_000;
const SWEEP_INTERVAL_MS = 600_000;

/** Limits by what they count; undefined means no limit. */
export interface RateLimitRules {
  readonly perKey?: Limit | undefined;
  readonly perPerson: Limit | undefined;
  readonly perOrg?: Limit | undefined;
  readonly perAddress?: Limit | undefined;
  readonly failedSignIns: Limit | undefined;
  /** What nobody has to sign in for, by address. */
  readonly openCalls: Limit | undefined;
  /** Webhooks of payment providers that nothing signed. */
  readonly unsignedWebhooks: Limit | undefined;
}

export interface RateLimitOptions {
  readonly rules: RateLimitRules;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly addressOf: (request: IncomingMessage) => string;
}

/** The subjects that are counted under one limit: keys, orgs or addresses. */
class Counter {
  readonly name: string;
  readonly limit: Limit;
  /** The limit in the form of the `RateLimit-Policy` header. */
  readonly policy: string;
  private readonly shares = new Map<string, Share>();

  constructor(name: string, limit: Limit) {
    this.name = name;
    this.limit = limit;
    this.policy = `"${name}";q=${limit.requests};w=${limit.windowMs / 1_000}`;
  }

  shareOf(subject: string): Share {
    let share = this.shares.get(subject);
    if (share === undefined) {
      this.shares.set(subject, (share = new Share(this.limit)));
      const [oldest] = this.shares.size > SUBJECTS_MAX ? this.shares.keys() : [];
      if (oldest !== undefined) this.shares.delete(oldest);
    }
    return share;
  }
}

/** Counts every request of this process. Counting never waits: a request within its limits proceeds at once. */
export class RateLimits {
  private readonly options: RateLimitOptions;
  private readonly keys: Counter | undefined;
  private readonly people: Counter | undefined;
  private readonly open: Counter | undefined;
  private readonly orgs: Counter | undefined;
  private readonly addresses: Counter | undefined;
  private readonly failures: Counter | undefined;
  private readonly unsigned: Counter | undefined;
  private readonly waiting: (() => Promise<void>)[] = [];
  private leasing = 0;
  private sweptAtMs: number;

  constructor(options: RateLimitOptions) {
    const { perKey, perPerson, perOrg, perAddress, failedSignIns, openCalls, unsignedWebhooks } = options.rules;
    const counter = (name: string, limit: Limit | undefined): Counter | undefined => limit && new Counter(name, limit);
    this.options = options;
    this.keys = counter('key', perKey);
    this.people = counter('person', perPerson);
    this.open = counter('open', openCalls);
    this.orgs = counter('org', perOrg);
    this.addresses = counter('address', perAddress);
    this.failures = counter('sign-in', failedSignIns);
    this.unsigned = counter('webhook', unsignedWebhooks);
    this.sweptAtMs = options.clock.nowMs();
  }

  /** Counts a request by its address. @throws FailedCall with a Refusal RATE_LIMITED. */
  countAddress(request: IncomingMessage): void {
    if (this.addresses) this.count(request, this.addresses, subjectOf(this.options.addressOf(request)));
  }

  /** Whether too many sign-ins from the address of the request have failed. */
  hasFailedOften(request: IncomingMessage): boolean {
    if (!this.failures) return false;
    const address = subjectOf(this.options.addressOf(request));
    return this.failures.shareOf(address).isSpent(this.options.clock.nowMs());
  }

  /**
   * To be called before the look-up of a key that no process has accepted before.
   * @throws FailedCall with a Refusal RATE_LIMITED after too many failed sign-ins from the address of the request.
   */
  checkFailures(request: IncomingMessage): void {
    if (!this.failures || !this.hasFailedOften(request)) return;
    throw this.refusal(request, this.failures, subjectOf(this.options.addressOf(request)));
  }

  /** Counts a request whose sign-in failed. */
  countFailure(request: IncomingMessage): void {
    if (!this.failures) return;
    const address = subjectOf(this.options.addressOf(request));
    const share = this.failures.shareOf(address);
    share.take(this.options.clock.nowMs());
    this.leaseFor(this.failures, address, share);
  }

  /** Whether the address of a request has sent as many webhooks that nothing signed as it may. */
  hasTooManyUnsigned(request: IncomingMessage): boolean {
    if (!this.unsigned) return false;
    const address = subjectOf(this.options.addressOf(request));
    return this.unsigned.shareOf(address).isSpent(this.options.clock.nowMs());
  }

  /** Counts a webhook that nothing signed. @throws FailedCall with a Refusal RATE_LIMITED beyond the limit. */
  countUnsigned(request: IncomingMessage): void {
    if (this.unsigned) this.count(request, this.unsigned, subjectOf(this.options.addressOf(request)));
  }

  /** Counts a request for what nobody has to sign in for. @throws FailedCall with a Refusal RATE_LIMITED beyond the limit. */
  countOpen(request: IncomingMessage): void {
    if (this.open) this.count(request, this.open, subjectOf(this.options.addressOf(request)));
  }

  /** Counts a request of a key, by its id. @throws FailedCall with a Refusal RATE_LIMITED. */
  countKey(request: IncomingMessage, key: string): void {
    if (this.keys) this.count(request, this.keys, key);
  }

  /** Counts a request of a person, by their id in the sign-in. @throws FailedCall with a Refusal RATE_LIMITED. */
  countPerson(request: IncomingMessage, user: string): void {
    if (this.people) this.count(request, this.people, user);
  }

  /** Counts a request about an org. @throws FailedCall with a Refusal RATE_LIMITED. */
  countOrg(request: IncomingMessage, org: string): void {
    if (this.orgs) this.count(request, this.orgs, org);
  }

  private count(request: IncomingMessage, counter: Counter, subject: string): void {
    const share = counter.shareOf(subject);
    const nowMs = this.options.clock.nowMs();
    const isThrough = share.take(nowMs);
    this.leaseFor(counter, subject, share);
    if (!isThrough) throw this.refusal(request, counter, subject);
    note(request, counter, share, nowMs);
  }

  private refusal(request: IncomingMessage, counter: Counter, subject: string): FailedCall {
    const share = counter.shareOf(subject);
    const nowMs = this.options.clock.nowMs();
    this.leaseFor(counter, subject, share);
    note(request, counter, share, nowMs);
    const { retrySeconds } = share.standing(nowMs);
    const { requests, windowMs } = counter.limit;
    const detail = `the limit of ${requests} requests in ${windowMs / 1_000} s (${counter.name}) is used up; try again in ${retrySeconds} s`;
    const refusal = new Refusal('RATE_LIMITED', detail, { details: { limit: counter.name } });
    return new FailedCall(refusal, { 'Retry-After': String(retrySeconds) });
  }

  /** Leases a larger share in the background, LEASES_AT_ONCE_MAX at a time; a failed lease is tried again later. */
  private leaseFor(counter: Counter, subject: string, share: Share): void {
    const { db, clock, log } = this.options;
    const lease = share.findLease(clock.nowMs());
    if (!lease) return;
    this.waiting.push(async () => {
      try {
        share.leased(lease, await leaseShare(db, `${counter.name}:${subject}`, counter.limit, lease));
      } catch (error) {
        share.leased(lease, undefined);
        log.warn({ err: error, limit: counter.name }, 'no share of a rate limit could be leased');
      }
    });
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.leasing >= LEASES_AT_ONCE_MAX) return;
    this.leasing += 1;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) await next();
    await this.sweep();
    this.leasing -= 1;
  }

  private async sweep(): Promise<void> {
    const { db, clock, log } = this.options;
    const nowMs = clock.nowMs();
    if (nowMs - this.sweptAtMs < SWEEP_INTERVAL_MS) return;
    this.sweptAtMs = nowMs;
    try {
      await dropOldShares(db, new Date(nowMs - KEPT_MS));
    } catch (error) {
      log.warn({ err: error }, 'old shares of rate limits were not dropped');
    }
  }
}

function note(request: IncomingMessage, { name, policy }: Counter, share: Share, nowMs: number): void {
  const { left, resetSeconds } = share.standing(nowMs);
  addLimitHeaders(request, policy, `"${name}";r=${left};t=${resetSeconds}`);
}

/** An IPv4 address unchanged; of an IPv6 address the first 64 bits, the network of one subscriber (RFC 6177). */
function subjectOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0');
  return `${[...groups, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
