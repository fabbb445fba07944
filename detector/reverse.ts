/** Takes back what was credited for transfers that the chain took back. */
import { Refusal } from '../src/core/errors.ts';
import { formatEntryId, ledgerKey } from '../src/core/ids.ts';
import type { DebitCommand } from '../src/core/ledger/commands.ts';
import { inputHash } from '../src/core/ledger/entry.ts';
import { usdcAccount } from '../src/core/ledger/vocabulary.ts';
import { formatUsd } from '../src/core/money.ts';
import { closeReversals, decideReversals, type DueReversal } from '../src/db/deposit-reversals.ts';
import type { Lease } from '../src/db/leases.ts';
import type { ChainContext } from './context.ts';

const BATCH_SIZE_MAX = 256;

/**
 * Reverses every credited deposit that left the chain, once per revision; what was spent already becomes debt. Each is
 * an alarm. What stopped before its end is finished by the next call.
 * @throws LeaseLost, Refusal LEDGER_UNAVAILABLE.
 */
export async function reverseOrphans(context: ChainContext, lease: Lease): Promise<void> {
  const { db, chain, clock } = context;
  for (;;) {
    const at = new Date(clock.nowMs());
    const due = await decideReversals(db, lease, { chain, limit: BATCH_SIZE_MAX, at });
    if (due.length === 0) return;
    const refusals = await Promise.all(due.map(async (one) => writeReversal(context, one)));
    const written = due.filter((_, index) => refusals[index] === undefined);
    await closeReversals(db, lease, written, at);
    const away = refusals.find((refusal) => refusal?.code === 'LEDGER_UNAVAILABLE');
    if (away) throw away;
    if (written.length === 0) return;
  }
}

async function writeReversal(context: ChainContext, due: DueReversal): Promise<Refusal | undefined> {
  const { chain, ledger, log } = context;
  const command: DebitCommand = {
    op: 'debit',
    type: 'DEPOSIT_REVERSAL',
    amountMicros: due.amountMicros,
    contra: usdcAccount(chain),
    lotFirst: due.entrySeq,
    mayOwe: true,
    deposit: due.id,
    notes: { reference: due.txHash, description: `USDC deposit on ${chain} taken back by the chain` },
  };
  const name = `${due.id}:${due.revision}:reversal`;
  const fields = { chain, txHash: due.txHash, deposit: due.id, org: due.org, amountUsd: formatUsd(due.amountMicros) };
  try {
    const { entries } = await ledger.submit({
      wallet: due.wallet,
      command,
      key: ledgerKey('deposit', name),
      inputHash: inputHash(`deposit:${name}:${due.amountMicros}:${due.wallet}`),
    });
    const last = entries.at(-1);
    log.error({
      event: 'deposit.reversed',
      ...fields,
      entry: formatEntryId(due.wallet, BigInt(last?.seq ?? 0)),
      balanceUsd: formatUsd(last?.available ?? 0n),
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.error({ event: 'deposit.reversal_refused', ...fields, code: error.code });
    return error;
  }
}
