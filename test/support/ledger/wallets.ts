import pg from 'pg';
import { uuidV7, walletId } from '../../../src/core/ids.ts';
import type { Command } from '../../../src/core/ledger/commands.ts';
import { entryHash, GENESIS_HASH, inputHash, type Entry } from '../../../src/core/ledger/entry.ts';
import { DEPOSIT_TERMS } from '../../../src/core/ledger/head.ts';
import { ENTRY_COLUMNS, entryOfRow } from '../../../src/db/ledger/entry-columns.ts';
import type { Submission } from '../../../src/db/ledger/submission.ts';

/** A connection for one test, which must end it. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Adds the wallet of an org that exists only in the test. */
export async function addWallet(client: pg.Client, name: string): Promise<string> {
  const wallet = walletId({ kind: 'org', id: name });
  await client.query(`INSERT INTO wallet VALUES ($1, 'org', $2, 'USD', now())`, [wallet, name]);
  return wallet;
}

/** All entries of a wallet in order, after checking everything that holds for every wallet. */
export async function auditWallet(client: pg.Client, wallet: string): Promise<Entry[]> {
  const { rows } = await client.query(`SELECT ${ENTRY_COLUMNS} FROM entry e WHERE wallet = $1 ORDER BY seq`, [wallet]);
  const entries = rows.map(entryOfRow);
  let previous = { hash: GENESIS_HASH, available: 0n, held: 0n, atMs: 0, giftAvailable: 0 };
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) throw new Error(`gap before seq ${entry.seq}`);
    if (entry.hash !== entryHash(previous.hash, entry)) throw new Error(`hash of seq ${entry.seq} does not verify`);
    if (entry.available !== previous.available + entry.availableDelta) throw new Error(`available at ${entry.seq}`);
    if (entry.held !== previous.held + entry.heldDelta) throw new Error(`held at ${entry.seq}`);
    if (entry.giftAvailable !== previous.giftAvailable + entry.giftDelta) throw new Error(`gift cards at ${entry.seq}`);
    if (entry.atMs < previous.atMs) throw new Error(`time runs backwards at ${entry.seq}`);
    previous = entry;
  }
  return entries;
}

const USD = 1_000_000n;

/** A deposit of whole dollars. */
export function depositOf(wallet: string, usd: bigint, key: string = uuidV7(Date.now())): Submission {
  const command: Command = {
    op: 'credit',
    type: 'DEPOSIT',
    amountMicros: usd * USD,
    contra: 'assets:usdc:eip155:31337',
    terms: DEPOSIT_TERMS,
  };
  return { wallet, command, key, inputHash: inputHash(`deposit ${usd}`) };
}

/** A flat debit of whole dollars. */
export function debitOf(wallet: string, usd: bigint, key: string = uuidV7(Date.now())): Submission {
  const command: Command = {
    op: 'debit',
    type: 'AI_API_CALL',
    amountMicros: usd * USD,
    contra: 'revenue:AI_API',
    service: 'AI_API',
  };
  return { wallet, command, key, inputHash: inputHash(`debit ${usd}`) };
}
