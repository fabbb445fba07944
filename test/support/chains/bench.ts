/** What tests of the detector share: orgs with senders, a running detector, and reads of the ledger. */
import { vi } from 'vitest';
import type { DevChain } from '../../../devnet/dev-chain.ts';
import { startDetector, type Detector, type DetectorOptions } from '../../../detector/service.ts';
import type { ChainConfig } from '../../../src/config/file.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { canonicalAddress, familyOf } from '../../../src/core/chains/address.ts';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import { entryHash, GENESIS_HASH } from '../../../src/core/ledger/entry.ts';
import type { Database } from '../../../src/db/database.ts';
import { ENTRY_COLUMNS, entryOfRow } from '../../../src/db/ledger/entry-columns.ts';
import { type Row } from '../../../src/db/rows.ts';
import { createOrg } from '../../../src/db/access/orgs.ts';
import { registerSender } from '../../../src/db/senders/senders.ts';
import { queryRows } from '../process/query.ts';

/** The configuration under which a development chain is read. */
export function configOf(chain: DevChain, change: Partial<ChainConfig> = {}): ChainConfig {
  return {
    caip2: chain.caip2,
    rpcUrls: [chain.rpcUrl],
    wsUrl: chain.wsUrl,
    tokens: [{ symbol: 'USDC', address: chain.usdc, decimals: 6 }],
    creditsAddress: chain.creditsAddress,
    startBlock: 0,
    devnet: true,
    caps: { perDepositMicros: 1_000_000_000n, outstandingMicros: 25_000_000_000n },
    ...change,
  };
}

export interface LogLine {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** A detector in this process, with the lines that it has logged so far. */
export function runDetector(options: Pick<DetectorOptions, 'chains' | 'databaseUrl'> & Partial<DetectorOptions>): {
  readonly detector: Detector;
  readonly lines: LogLine[];
} {
  const lines: LogLine[] = [];
  const keep = (fields: Readonly<Record<string, unknown>>): void => {
    lines.push({ event: String(fields['event']), ...fields });
  };
  const detector = startDetector({
    senderPolicy: 'first_come',
    clock: systemClock,
    log: { info: keep, warn: keep, error: keep },
    leaseTtlMs: 3_000,
    pollMs: 500,
    ...options,
  });
  return { detector, lines };
}

/** A new org, with these senders bound to it from now on. */
export async function newOrg(db: Database, chain: string, senders: readonly string[]): Promise<string> {
  const org = uuidV7(Date.now());
  await createOrg(db, { id: org, name: 'Test', externalId: null, createdAt: new Date() });
  for (const sender of senders) await bind(db, org, chain, sender);
  return org;
}

/** Binds a sender to an org from `at` on; the address may be written in any form. */
export async function bind(
  db: Database,
  org: string,
  chain: string,
  sender: string,
  at: Date = new Date(),
): Promise<void> {
  const family = familyOf(chain);
  await registerSender(db, {
    id: uuidV7(Date.now()),
    org,
    family,
    address: canonicalAddress(family, sender),
    chain: null,
    label: undefined,
    policy: 'first_come',
    at,
    order: undefined,
  });
}

export interface DepositRow {
  readonly tx_hash: string;
  readonly ordinal: number;
  readonly state: string;
  readonly reason: string | null;
  readonly amount: string;
  readonly from_address: string;
  readonly block_time: Date;
  readonly org: string | null;
  readonly entry_seq: string | null;
  readonly revision: number;
}

/** Every stored deposit of a chain, in block order. */
export async function listAllDeposits(db: Database, chain: string): Promise<DepositRow[]> {
  const result = await queryRows<DepositRow>(
    db,
    `SELECT tx_hash, ordinal, state, reason, amount, from_address, block_time, org, entry_seq, revision FROM deposit
     WHERE chain = ? ORDER BY block_number, tx_hash, ordinal`,
    [chain],
  );
  return result.rows;
}

/** The org's balance by the ledger, in micros. */
export async function balanceOf(db: Database, org: string): Promise<bigint> {
  const result = await queryRows<{ available: string }>(
    db,
    'SELECT available FROM entry WHERE wallet = ? ORDER BY seq DESC LIMIT 1',
    [walletId({ kind: 'org', id: org })],
  );
  return BigInt(result.rows[0]?.available ?? '0');
}

/** Recomputes the hash chain of every wallet; returns the number of checked entries, throws at the first that differs. */
export async function verifyHashChains(db: Database): Promise<number> {
  const result = await queryRows<Row>(db, `SELECT ${ENTRY_COLUMNS} FROM entry e ORDER BY wallet, seq`);
  let before: { wallet: string; hash: string } | undefined;
  for (const row of result.rows) {
    const { hash, ...entry } = entryOfRow(row);
    const previous = before?.wallet === entry.wallet ? before.hash : GENESIS_HASH;
    if (entryHash(previous, entry) !== hash) throw new Error(`entry ${entry.wallet} ${entry.seq} does not verify`);
    before = { wallet: entry.wallet, hash };
  }
  return result.rows.length;
}

/** Waits until a check passes: a detector's log and status follow what it commits. */
export async function soon(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 20_000, interval: 50 });
}

/** Waits until the condition holds; a timeout shows the last value seen. */
export async function eventually<Value>(
  look: () => Promise<Value>,
  holds: (value: Value) => boolean,
  timeoutMs = 60_000,
): Promise<Value> {
  const endMs = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > endMs) throw new Error(`not in time; last seen: ${JSON.stringify(value, null, 1)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
