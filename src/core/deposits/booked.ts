/** Compares what the ledger has of deposits with the deposits themselves. */

/** What one wallet's entries against one account come to for one deposit. Micros. */
export interface BookedNet {
  readonly wallet: string;
  readonly account: string;
  /** Null when the entries name none. */
  readonly deposit: string | null;
  readonly netMicros: bigint;
}

/** A deposit of a wallet, by the account that its chain is in the ledger. Micros. */
export interface BookedDeposit {
  readonly wallet: string;
  readonly account: string;
  readonly deposit: string;
  readonly amountMicros: bigint;
  readonly isCredited: boolean;
}

/** A deposit, or an entry without one, with what the ledger has of it and what it should have. */
export interface ComparedDeposit {
  readonly wallet: string;
  readonly account: string;
  readonly deposit: string | null;
  readonly ledgerMicros: bigint;
  readonly sourceMicros: bigint;
}

/**
 * A credited deposit has its amount in its wallet; one that is not credited has nothing in any wallet. While a credit or a
 * reversal is in progress, both are right.
 * @returns all of them, in order of wallet and deposit
 */
export function compareBooked(deposits: readonly BookedDeposit[], nets: readonly BookedNet[]): ComparedDeposit[] {
  const byKey = new Map(deposits.map((one) => [keyOf(one), one]));
  const compared = nets.map(({ wallet, account, deposit, netMicros }): ComparedDeposit => {
    const key = keyOf({ wallet, account, deposit });
    const source = byKey.get(key);
    byKey.delete(key);
    return { wallet, account, deposit, ledgerMicros: netMicros, sourceMicros: dueOf(source, netMicros) };
  });
  for (const one of byKey.values()) {
    const { wallet, account, deposit } = one;
    compared.push({ wallet, account, deposit, ledgerMicros: 0n, sourceMicros: dueOf(one, 0n) });
  }
  return compared.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** What the ledger should have of a deposit of which it has a net. */
function dueOf(deposit: BookedDeposit | undefined, netMicros: bigint): bigint {
  if (deposit === undefined) return 0n;
  const isUnderWay = !deposit.isCredited && (netMicros === 0n || netMicros === deposit.amountMicros);
  return isUnderWay ? netMicros : deposit.amountMicros;
}

function keyOf({ wallet, account, deposit }: Pick<ComparedDeposit, 'wallet' | 'account' | 'deposit'>): string {
  return `${wallet} ${account} ${deposit ?? ''}`;
}

/** What names no deposit comes last. */
function orderOf({ wallet, account, deposit }: ComparedDeposit): string {
  return `${wallet} ${deposit ?? '~'} ${account}`;
}
