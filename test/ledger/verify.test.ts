import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anchorDigest, AnchorError, createAnchorKey, readAnchor, signAnchor } from '../../src/core/ledger/anchor.ts';
import { entryHash, GENESIS_HASH } from '../../src/core/ledger/entry.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { findLostHead, readAnchorHeads } from '../../src/db/ledger/anchor.ts';
import { verifyLedger, type VerifyOptions } from '../../src/db/ledger/verify.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { carryOut, openSteppedWriter, writeHistory } from '../support/ledger/history.ts';
import { addWallet, auditWallet, connect, debitOf, depositOf } from '../support/ledger/wallets.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let client: pg.Client;
let db: DatabasePool;
let wallet: string;
let wallets = 0;

/** The tables' owner at work, with what stands in the way put aside. */
async function tamper(...statements: string[]): Promise<void> {
  for (const table of ['entry', 'lot']) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const statement of statements) await client.query(statement, statement.includes('$1') ? [wallet] : []);
  for (const table of ['entry', 'lot']) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

/** The faults of the wallet at hand: [seq, what]. */
async function faultOf(options: VerifyOptions = {}): Promise<readonly [string, string] | undefined> {
  const { faults } = await verifyLedger(db, options);
  const found = faults.filter((fault) => fault.wallet === wallet);
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0] && [found[0].entry.replace(`ent_${wallet}_`, ''), found[0].what];
}

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.ownerUrl);
  db = openDatabase(database.appUrl);
});

afterAll(async () => {
  await db.destroy();
  await client.end();
  await database.drop();
});

beforeEach(async () => {
  wallets += 1;
  wallet = await addWallet(client, `wallet ${wallets}`);
});

describe('verification', () => {
  it('finds nothing wrong with an honest history, and sums its contra accounts', async () => {
    const before = await verifyLedger(db);
    await writeHistory(database.appUrl, wallet);
    expect(await auditWallet(client, wallet)).toHaveLength(21);
    const seen: number[] = [];
    const after = await verifyLedger(db, { onProgress: (done) => seen.push(done.wallets) });
    expect(after.faults).toEqual([]);
    expect(after.missingGuards).toEqual([]);
    expect(after.wallets).toBe(before.wallets);
    expect(after.entries - before.entries).toBe(21);
    expect(seen.at(-1)).toBe(after.wallets);
    const change = (account: string): bigint => (after.contra.get(account) ?? 0n) - (before.contra.get(account) ?? 0n);
    expect(change('assets:usdc:eip155:31337')).toBe(-51_000_000n);
    expect(change('revenue:AI_API')).toBe(21_000_000n);
    // 5 given, of which 2 expired, and a gift card that paid for 1.
    expect(change('expenses:promo')).toBe(-4_000_000n);
    expect(change('revenue:GIFT_CARD')).toBe(1_000_000n);
  });
});

it('finds nothing wrong with a deposit that was clawed back by hand and then by the chain', async () => {
  const { writer } = openSteppedWriter(database.appUrl);
  await writer.submit(depositOf(wallet, 4n));
  const taken = { op: 'debit', contra: 'assets:clawbacks', lotsFirst: [1], mayOwe: true } as const;
  await carryOut(writer, wallet, { ...taken, type: 'CLAWBACK', amountMicros: 3_000_000n });
  await carryOut(writer, wallet, { ...taken, type: 'DEPOSIT_REVERSAL', amountMicros: 4_000_000n });
  await writer.stop();
  expect((await auditWallet(client, wallet)).at(-1)).toMatchObject({ available: -3_000_000n, deposited: 0n });
  expect(await faultOf()).toBeUndefined();
});

describe('A56 verification finds, when the tables’ owner', () => {
  beforeEach(async () => {
    await writeHistory(database.appUrl, wallet);
    if (await faultOf()) throw new Error('the history is wrong before anybody touched it');
  });

  it('edits any column of a row', async () => {
    const edits: Readonly<Record<string, string>> = {
      at: "at + interval '1 millisecond'",
      available_delta: 'available_delta + 1',
      held_delta: 'held_delta - 1',
      available: 'available + 1',
      held: 'held + 1',
      deposited: 'deposited + 1',
      lot: 'lot + 1',
      lot_left: 'lot_left + 1',
      hold: 'hold + 1',
      key: 'gen_random_uuid()',
      gift_delta: 'gift_delta + 1',
      gift_available: 'gift_available + 1',
      gift_held: 'gift_held + 1',
      type: "'GAS_SUBSIDY'",
      service: "'GAS_SUBSIDY'",
      contra: "'revenue:GAS_SUBSIDY'",
      input_hash: "'\\x0000000000000000'",
      deposit: 'gen_random_uuid()',
      pack_order: 'gen_random_uuid()',
      reference: "'another'",
      app_id: "'another'",
      description: "'another'",
      hash: "sha256('another')",
      user_id: "'another'",
      team_id: "'another'",
      idempotency_key: "'another'",
      text_hash: "sha256('another')",
      card_paid: '1',
      action: "'another'",
      pricing: "'another'",
      restricted_to: "'another'",
      // A charge that took more than the row brings: of another, the sum of its refunds would be a fault beside it.
      refund_of: '3',
    };
    // The table itself wants both of a price's columns or neither, a restriction only where a lot is opened, and a charge only on a refund.
    const checks = ['entry_pricing', 'entry_restriction', 'entry_refund_of'];
    await client.query(`ALTER TABLE entry ${checks.map((check) => `DROP CONSTRAINT ${check}`).join(', ')}`);
    const { rows } = await client.query<{ column_name: string }>(
      `SELECT column_name FROM information_schema.columns WHERE table_name = 'entry'`,
    );
    const others = ['wallet', 'seq', 'part'];
    expect(rows.map((row) => row.column_name).toSorted()).toEqual([...Object.keys(edits), ...others].toSorted());
    for (const [column, value] of Object.entries(edits)) {
      await client.query('CREATE TABLE kept AS SELECT * FROM entry WHERE wallet = $1 AND seq = 7', [wallet]);
      await tamper(`UPDATE entry SET ${column} = ${value} WHERE wallet = $1 AND seq = 7`);
      expect([column, ...((await faultOf()) ?? [])].slice(0, 2)).toEqual([column, '7']);
      await tamper(`UPDATE entry SET ${column} = (SELECT ${column} FROM kept) WHERE wallet = $1 AND seq = 7`);
      await client.query('DROP TABLE kept');
    }
    expect(await faultOf()).toBeUndefined();
  });

  it('edits a time by less than a millisecond', async () => {
    await tamper(`UPDATE entry SET at = at + interval '1 microsecond' WHERE wallet = $1 AND seq = 7`);
    expect(await faultOf()).toEqual(['7', 'its time is not a whole number of milliseconds']);
  });

  it('edits a row and makes its hash anew', async () => {
    const seven = (await auditWallet(client, wallet)).slice(5, 7);
    const [before, edited] = seven;
    if (!before || !edited) throw new Error('no such entries');
    const hash = entryHash(before.hash, { ...edited, description: 'another' });
    await tamper(`UPDATE entry SET description = 'another', hash = '\\x${hash}' WHERE wallet = $1 AND seq = 7`);
    expect(await faultOf()).toEqual(['8', 'its hash does not follow from its columns and the row before it']);
  });

  it('deletes a row in the middle', async () => {
    await tamper('DELETE FROM entry WHERE wallet = $1 AND seq = 18');
    expect(await faultOf()).toEqual(['18', 'is missing: the next row is 19']);
  });

  it('deletes a row and closes the gap', async () => {
    await tamper(
      'DELETE FROM entry WHERE wallet = $1 AND seq = 18',
      'UPDATE entry SET seq = seq + 999 WHERE wallet = $1 AND seq > 18',
      'UPDATE entry SET seq = seq - 1000 WHERE wallet = $1 AND seq > 18',
    );
    expect((await faultOf())?.[0]).toBe('18');
  });

  it('inserts a row in the middle', async () => {
    await tamper(
      'UPDATE entry SET seq = seq + 1000 WHERE wallet = $1 AND seq > 18',
      `INSERT INTO entry SELECT wallet, 19, at, available_delta, held_delta, available, held, deposited, lot, lot_left,
         hold, gen_random_uuid(), gift_delta, gift_available, gift_held, type, service, part, contra, input_hash, deposit,
         pack_order, reference, app_id, description, hash FROM entry WHERE wallet = $1 AND seq = 18`,
      'UPDATE entry SET seq = seq - 999 WHERE wallet = $1 AND seq > 1000',
    );
    expect((await faultOf())?.[0]).toBe('19');
  });

  it('appends a row of his own making', async () => {
    await tamper(
      `INSERT INTO entry SELECT wallet, 22, at, available_delta, held_delta, available + available_delta, held,
         deposited + available_delta, 22, available_delta, NULL, gen_random_uuid(), gift_delta, gift_available, gift_held,
         type, service, part, contra, input_hash, deposit, pack_order, reference, app_id, description, sha256('guess')
       FROM entry WHERE wallet = $1 AND seq = 21`,
    );
    expect((await faultOf())?.[0]).toBe('22');
  });

  it('puts two rows in another order', async () => {
    await tamper(
      'UPDATE entry SET seq = 1000 WHERE wallet = $1 AND seq = 18',
      'UPDATE entry SET seq = 18 WHERE wallet = $1 AND seq = 19',
      'UPDATE entry SET seq = 19 WHERE wallet = $1 AND seq = 1000',
    );
    expect((await faultOf())?.[0]).toBe('18');
  });

  it('moves a row to another wallet', async () => {
    const other = await addWallet(client, `other ${wallets}`);
    await tamper(
      `UPDATE entry SET wallet = '${other}', seq = 1 WHERE wallet = $1 AND seq = 21`,
      `UPDATE lot SET wallet = '${other}', lot = 1 WHERE wallet = $1 AND lot = 21`,
    );
    const { faults } = await verifyLedger(db);
    expect(faults.find((fault) => fault.wallet === other)?.entry).toBe(`ent_${other}_1`);
  });

  it('writes something that cannot be read', async () => {
    await tamper('UPDATE entry SET lot = -1 WHERE wallet = $1 AND seq = 7');
    expect((await faultOf())?.[0]).toBe('7');
  });

  it('cuts the tail but not what hangs on it', async () => {
    await tamper('DELETE FROM entry WHERE wallet = $1 AND seq = 21');
    expect(await faultOf()).toEqual(['21', 'is missing: there is a lot that it opened']);
  });

  it.each([
    ['raises an open lot', 'UPDATE lot_open SET amount_left = 1 WHERE wallet = $1 AND lot = 1', '1'],
    ['drops an open lot', 'DELETE FROM lot_open WHERE wallet = $1 AND lot = 21', '21'],
    ['adds an open lot', 'INSERT INTO lot_open VALUES ($1, 3, 5, NULL)', '3'],
    ['lets a lot live longer', 'UPDATE lot_open SET expires_at = now() WHERE wallet = $1 AND lot = 21', '21'],
    ['raises what a lot began with', 'UPDATE lot SET amount = amount + 1 WHERE wallet = $1 AND lot = 2', '2'],
    ['drops the terms of a lot', 'DELETE FROM lot WHERE wallet = $1 AND lot = 2', '2'],
    [
      'adds the terms of a lot',
      'INSERT INTO lot SELECT wallet, 4, source, amount, priority, promotional, refundable, transferable, expires_at, opened_at FROM lot WHERE wallet = $1 AND lot = 2',
      '4',
    ],
    ['drops an open hold', 'DELETE FROM hold_open WHERE wallet = $1 AND hold = 9', '9'],
    ['adds an open hold', "INSERT INTO hold_open VALUES ($1, 5, now() + interval '1 day')", '5'],
    [
      'lets an extended hold end at another time',
      "UPDATE hold_open SET expires_at = expires_at + interval '1 day' WHERE wallet = $1 AND hold = 9",
      '9',
    ],
  ])('%s', async (_name, statement, seq) => {
    await tamper(statement);
    expect((await faultOf())?.[0]).toBe(seq);
  });

  it('drops the wallet itself', async () => {
    await tamper('DELETE FROM wallet WHERE id = $1');
    expect(await faultOf()).toEqual(['1', 'its wallet is not in the table of wallets']);
  });
});

describe('A56 verification names the missing guard, when the tables’ owner', () => {
  it.each([
    ['switches the trigger off', 'ALTER TABLE entry DISABLE TRIGGER entry_append_only', /change entries/],
    ['drops the trigger of lots', 'DROP TRIGGER lot_append_only ON lot', /change lots/],
    ['drops the unique key of commands', 'ALTER TABLE entry DROP CONSTRAINT entry_key_wallet_part_key', /unique key/],
    ['drops the primary key', 'ALTER TABLE entry DROP CONSTRAINT entry_pkey', /primary key/],
    ['drops the check on balances', 'ALTER TABLE entry DROP CONSTRAINT entry_debt', /above zero/],
  ])('%s', async (_name, statement, named) => {
    const bare = await createTestDatabase();
    const owner = await connect(bare.ownerUrl);
    await owner.query(statement);
    const reader = openDatabase(bare.appUrl);
    const { missingGuards } = await verifyLedger(reader);
    await reader.destroy();
    await owner.end();
    await bare.drop();
    expect(missingGuards).toEqual([expect.stringMatching(named)]);
  });
});

describe('A56 an anchor', () => {
  const key = createAnchorKey();

  async function makeAnchor(): Promise<string> {
    const heads = await readAnchorHeads(db);
    return signAnchor({ at: '2026-11-21T00:00:00.000Z', previous: null, heads }, key.privateKeyPem);
  }

  async function chargeThrice(): Promise<void> {
    const { writer } = openSteppedWriter(database.appUrl);
    await writer.submit(depositOf(wallet, 10n));
    for (const usd of [1n, 2n, 3n]) await carryOut(writer, wallet, debitOf(wallet, usd).command);
    await writer.stop();
  }

  it('shows a tail that was cut, which nothing else can', async () => {
    await chargeThrice();
    const anchor = readAnchor(await makeAnchor(), key.publicKeyPem);
    await tamper('DELETE FROM entry WHERE wallet = $1 AND seq > 2');
    expect(await faultOf()).toBeUndefined();
    expect(await faultOf({ anchor })).toEqual(['3', 'is missing: the anchor has 4 entries of this wallet']);
  });

  it('shows a chain that was rewritten as a whole, which nothing else can', async () => {
    await chargeThrice();
    const anchor = readAnchor(await makeAnchor(), key.publicKeyPem);
    let hash = GENESIS_HASH;
    for (const entry of await auditWallet(client, wallet)) {
      // Every debit is half of what it was, and all that follows fits.
      const availableDelta = entry.seq === 1 ? entry.availableDelta : entry.availableDelta / 2n;
      const available = entry.seq === 1 ? entry.available : 10_000_000n - (10_000_000n - entry.available) / 2n;
      hash = entryHash(hash, { ...entry, availableDelta, available, lotLeft: available });
      await tamper(
        `UPDATE entry SET available_delta = ${availableDelta}, available = ${available}, lot_left = ${available},
           hash = '\\x${hash}' WHERE wallet = $1 AND seq = ${entry.seq}`,
      );
    }
    expect(await faultOf()).toBeUndefined();
    expect((await faultOf({ anchor }))?.[0]).toBe('4');
    expect((await findLostHead(db, anchor.heads))?.wallet).toBeDefined();
  });

  it('shows a wallet that is gone with all that belonged to it', async () => {
    await chargeThrice();
    const anchor = readAnchor(await makeAnchor(), key.publicKeyPem);
    await tamper(
      'DELETE FROM entry WHERE wallet = $1',
      'DELETE FROM lot WHERE wallet = $1',
      'DELETE FROM lot_open WHERE wallet = $1',
      'DELETE FROM wallet WHERE id = $1',
    );
    expect(await faultOf()).toBeUndefined();
    expect(await faultOf({ anchor })).toEqual(['1', 'is missing: the anchor has 4 entries of this wallet']);
  });

  it('leaves unproven what was written after it, and everything where there is none', async () => {
    await chargeThrice();
    const anchor = readAnchor(await makeAnchor(), key.publicKeyPem);
    const { writer } = openSteppedWriter(database.appUrl);
    await writer.submit(depositOf(wallet, 1n));
    await writer.stop();
    const since = await verifyLedger(db, { anchor });
    expect(since.unproven.wallets.filter((one) => one.wallet === wallet)).toEqual([{ wallet, fromSeq: 5, toSeq: 5 }]);
    const { unproven } = await verifyLedger(db);
    expect(unproven.wallets.find((one) => one.wallet === wallet)).toEqual({ wallet, fromSeq: 1, toSeq: 5 });
  });

  it('is refused when it was changed, when another key signed it, and when it is none', async () => {
    await chargeThrice();
    const text = await makeAnchor();
    const changed = text.replace(`["${wallet}",4,`, `["${wallet}",2,`);
    expect(changed).not.toBe(text);
    const resealed = text
      .replace(anchorDigest(text), anchorDigest(changed))
      .replace(text.split('\n')[0] ?? '', changed.split('\n')[0] ?? '');
    for (const bad of [changed, resealed, '', '{}\n{}\n']) {
      expect(() => readAnchor(bad, key.publicKeyPem)).toThrow(AnchorError);
    }
    expect(() => readAnchor(text, createAnchorKey().publicKeyPem)).toThrow(AnchorError);
    expect(readAnchor(text, key.privateKeyPem).heads.find((head) => head.wallet === wallet)?.seq).toBe(4);
  });
});
