/** The entry that credits a deposit. Its key is the deposit's revision, so every process that writes it gets the same one. */
import { Refusal } from '../../src/core/errors.ts';
import { formatEntryId, ledgerKey } from '../../src/core/ids.ts';
import type { CreditCommand } from '../../src/core/ledger/commands.ts';
import { inputHash, type Entry } from '../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../src/core/ledger/head.ts';
import { usdcAccount } from '../../src/core/ledger/vocabulary.ts';
import { formatUsd } from '../../src/core/money.ts';
import type { DueCredit } from '../../src/db/deposits/dues.ts';
import type { ChainContext } from '../chain/context.ts';

/** Writes the entry of a decided credit, or returns the one written before. A refusal is logged and returned. */
export async function writeCredit(context: ChainContext, due: DueCredit): Promise<Entry | Refusal> {
  const { chain, ledger, log } = context;
  const command: CreditCommand = {
    op: 'credit',
    type: 'DEPOSIT',
    amountMicros: due.amountMicros,
    contra: usdcAccount(chain),
    terms: DEPOSIT_TERMS,
    giftCards: due.giftCards,
    deposit: due.id,
    packOrder: due.packOrder ?? undefined,
    notes: { reference: due.txHash, remark: `USDC deposit on ${chain}` },
  };
  const name = `${due.id}:${due.revision}`;
  const canonical = `deposit:${name}:${due.amountMicros}:${due.wallet}:${due.packOrder ?? ''}`;
  try {
    const { entries } = await ledger.submit({
      wallet: due.wallet,
      command,
      key: ledgerKey('deposit', name),
      inputHash: inputHash(canonical),
    });
    const [entry] = entries;
    if (!entry) throw new Error('a credit without an entry');
    return entry;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.error({ event: 'deposit.credit_refused', chain, txHash: due.txHash, deposit: due.id, code: error.code });
    return error;
  }
}

/** The log fields of a credit and its entry. */
export function creditFields({ chain }: ChainContext, due: DueCredit, entry: Entry): Readonly<Record<string, unknown>> {
  return {
    chain,
    txHash: due.txHash,
    deposit: due.id,
    org: due.org,
    amountUsd: formatUsd(due.amountMicros),
    entry: formatEntryId(due.wallet, BigInt(entry.seq)),
    balanceUsd: formatUsd(entry.available),
    giftCards: due.giftCards,
    provisional: due.provisional,
  };
}
