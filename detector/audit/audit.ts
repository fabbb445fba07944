/** Audits a chain after its rounds: balances, tokens and rescans. A failure here never stops reading or crediting. */
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

/** Time between two audits; a credit brings the next one forward. */
const EVERY_MS = 60_000;

/** The audits of one chain; remembers the time of the last one and its problem. */
export class ChainAudit {
  readonly #context: ChainContext;
  #auditedAtMs = 0;
  #problem: string | undefined;

  constructor(context: ChainContext) {
    this.#context = context;
  }

  /**
   * Audits the chain when that is due, after a minute or after a credit, and continues an open rescan.
   * @throws LeaseLost when another process leads. Any other error is stored, and logged when it is new.
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

/** Runs one audit of a chain at the block up to which it has just been read. @throws RpcFault, LeaseLost. */
export async function audit(auditing: Auditing): Promise<void> {
  const { context, lease, reach } = auditing;
  const { chain, db, startBlock, clock } = context;
  const { target } = reach;
  const position = await openAudit(db, lease, { chain, startBlock, noticesFrom: target.number });
  await orderDailyRescan(auditing);
  // Tokens and balances are read by different calls: what keeps one from being read does not keep the other.
  const heard = await watchTokens(auditing, position, target).catch(faultOf);
  const addressesKnown = await watchAddresses(auditing, position);
  const isRead = await readOutgoing(auditing, position, target);
  // While outgoing transfers are still to be read, every balance would seem to lack them.
  if (isRead) await checkBalances(auditing, position, target);
  if (heard instanceof RpcFault) throw heard;
  const problem = isRead && heard ? undefined : 'still reading what left our addresses';
  await closeAudit(db, lease, { chain, addressesKnown, block: target.number, problem, at: new Date(clock.nowMs()) });
}

/** An RPC's fault as a value. @throws any other error. */
function faultOf(error: unknown): RpcFault {
  if (error instanceof RpcFault) return error;
  throw error;
}
