/** What runs beside the rounds of a chain: balances, tokens and rescans. Its troubles never stop a round. */
import { LeaseLost, type Lease } from '../../src/db/leases.ts';
import { closeAudit, hasCreditedSince, openAudit } from '../../src/db/chains/audit-position.ts';
import type { Auditing } from './balance-gap.ts';
import type { ChainContext } from '../chain/context.ts';
import type { Reach } from '../scan/reach.ts';
import { checkBalances, readOutgoing, watchAddresses } from './balances.ts';
import { carryOnRescan, orderDailyRescan } from './rescan.ts';
import { RpcFault } from '../rpc/fault.ts';
import type { RpcPool } from '../rpc/pool.ts';
import { watchTokens } from './tokens.ts';

/** From one audit to the next, unless something was credited in between. */
const EVERY_MS = 60_000;

/** The audits of one chain; remembers only when the last one was. */
export class ChainAudit {
  readonly #context: ChainContext;
  #auditedAtMs = 0;
  #problem: string | undefined;

  constructor(context: ChainContext) {
    this.#context = context;
  }

  /**
   * Goes on with a rescan, and audits the chain when that is due: after a minute, or after a credit.
   * @throws LeaseLost when another leads. Every other trouble is kept and logged, once.
   */
  async run(pool: RpcPool, lease: Lease, reach: Reach): Promise<void> {
    const { db, chain, clock, log } = this.#context;
    const auditing: Auditing = { context: this.#context, pool, lease, reach };
    try {
      const startedAtMs = clock.nowMs();
      if (await this.#isDue(startedAtMs)) {
        await audit(auditing);
        this.#auditedAtMs = startedAtMs;
      }
      await carryOnRescan(auditing);
      this.#problem = undefined;
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      const problem = error instanceof Error ? error.message : String(error);
      const isNew = problem !== this.#problem;
      this.#problem = problem;
      if (isNew) {
        const fields = { event: 'chain.audit_failed', chain, problem };
        if (error instanceof RpcFault) log.warn(fields);
        else log.error(fields);
      }
      const failed = { chain, problem, at: new Date(clock.nowMs()) };
      await closeAudit(db, lease, failed).catch(() => undefined);
    }
  }

  async #isDue(nowMs: number): Promise<boolean> {
    if (nowMs - this.#auditedAtMs >= EVERY_MS) return true;
    const { db, chain } = this.#context;
    return hasCreditedSince(db, chain, new Date(this.#auditedAtMs));
  }
}

/** One audit of a chain at the block up to which it has just been read. @throws RpcFault, LeaseLost. */
export async function audit(auditing: Auditing): Promise<void> {
  const { context, lease, reach } = auditing;
  const { chain, db, startBlock, clock } = context;
  const { target } = reach;
  const position = await openAudit(db, lease, { chain, startBlock, noticesFrom: target.number });
  await orderDailyRescan(auditing);
  const isHeard = await watchTokens(auditing, position, target);
  const addressesKnown = await watchAddresses(auditing, position);
  const isRead = await readOutgoing(auditing, position, target);
  // Reckoned without all that went out, every balance would seem to lack it.
  if (isRead) await checkBalances(auditing, position, target);
  const problem = isRead && isHeard ? undefined : 'still reading what left our addresses';
  await closeAudit(db, lease, { chain, addressesKnown, block: target.number, problem, at: new Date(clock.nowMs()) });
}
