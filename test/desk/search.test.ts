/** One search over everything: what each form of a text finds, who may ask, and that every look-up goes by an index. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSearch } from '../../src/core/desk/search.ts';
import { walletId } from '../../src/core/ids.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { LEDGER_STATEMENTS, searchStatement } from '../../src/db/desk/search.ts';
import { isRow, rowsOf, type Bindings, type Row } from '../../src/db/rows.ts';
import { searchReply } from '../../src/http/admin/search.ts';
import { pathsOfErrors } from '../support/asserts.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { startTestApi, STARKNET, TOKENS, type Answer, type TestApi } from '../support/http/api.ts';
import { makeFullOrg, type FullOrg } from '../support/http/two-orgs.ts';

let api: TestApi;
let admin: string;
let globex: FullOrg;
let acme: string;
let order: string;
beforeAll(async () => {
  api = await startTestApi();
  admin = await api.createKey({ kind: 'admin' });
  globex = await makeFullOrg(api, 'Globex');
  acme = await api.createOrg('Acme Robotics');
  await api.createOrg('ACME Rockets');
  await api.db.raw("UPDATE org SET external_id = 'crm-77' WHERE id = ?", [acme]);
  const { rows } = (await api.db.raw('SELECT order_id FROM order_checkout WHERE session = ?', [
    globex.ids.session,
  ])) as { rows: { order_id: string }[] };
  order = rows[0]?.order_id ?? '';
  await api.db.raw(
    `UPDATE order_checkout SET payment = 'pi_3Found', charge = 'ch_3Found', customer = 'cus_Found' WHERE order_id = ?`,
    [order],
  );
  await api.db.raw(
    `INSERT INTO order_refund (account, id, order_id, amount_minor, state, read_at)
     VALUES ('stripe', 're_3Found', ?, 1, 'succeeded', now())`,
    [order],
  );
  await api.db.raw(
    `INSERT INTO order_dispute (account, id, order_id, status, amount_minor, withdrawn_minor, reason, opened_at, read_at)
     VALUES ('stripe', 'dp_3Found', ?, 'needs_response', 1, 0, 'fraudulent', now(), now())`,
    [order],
  );
  await api.db.raw(
    `INSERT INTO org_member (org, user_id, role, first_seen_at, last_seen_at)
     VALUES (?, 'ada@acme.test', 'owner', now(), now())`,
    [acme],
  );
  await api.call('POST', '/admin/users/zoe@users.test/suspend', { key: admin, body: { suspended: false } });
}, 60_000);
afterAll(async () => api.stop());

async function ask(q: string, more = ''): Promise<Answer> {
  return api.call('GET', `/admin/search?q=${encodeURIComponent(q)}${more}`, { key: admin });
}

/** What is found, as `kind id`. */
async function find(q: string): Promise<string[]> {
  const { status, json } = await ask(q);
  expect([q, status]).toEqual([q, 200]);
  return searchReply.parse(json).results.map(({ kind, id }) => `${kind} ${id}`);
}

describe('GET /admin/search', () => {
  it('finds what has an id by the id, and by its beginning', async () => {
    const { ids, wallet } = globex;
    for (const [kind, id] of [
      ['org', ids.org],
      ['deposit', ids.deposit],
      ['order', ids.order],
      ['sender', ids.sender],
      ['webhook', ids.endpoint],
      ['approval', ids.approval],
    ] as const) {
      expect(await find(id)).toEqual([`${kind} ${id}`]);
      expect(await find(id.toUpperCase().slice(0, 30))).toContain(`${kind} ${id}`);
    }
    expect(await find(wallet)).toEqual([`org ${ids.org}`]);
    expect(await find(walletId({ kind: 'user', id: 'zoe@users.test' }))).toEqual(['user zoe@users.test']);
  });

  it('finds a deposit by its transaction and by its sender, whole or begun, in any case', async () => {
    const { deposit, tx } = globex.ids;
    const shouted = `0x${tx.slice(2).toUpperCase()}`;
    for (const text of [tx, shouted, tx.slice(0, 12), ` ${tx}\n`])
      expect(await find(text)).toEqual([`deposit ${deposit}`]);
    const { json } = await ask(tx);
    expect(searchReply.parse(json).results[0]).toMatchObject({
      title: `${tx}, confirming`,
      orgId: globex.ids.org,
      orgName: 'Acme',
    });
  });

  it('finds an address as a sender, as what deposits came from, and as an address that was given', async () => {
    const [, , , , own = '', , given = ''] = globex.marks;
    const found = await find(own);
    expect(found).toContain(`deposit ${globex.ids.deposit}`);
    expect(found).toContain(`sender ${globex.ids.sender}`);
    expect(await find(given)).toEqual([`deposit_address ${given}`]);
  });

  it('finds a Starknet transaction without its leading zeros', async () => {
    const digits = '7'.repeat(61);
    const { id } = await writeDeposit(api.db, { chain: STARKNET, token: TOKENS.starknet, txHash: `0x000${digits}` });
    expect(await find(`0x${digits}`)).toEqual([`deposit ${id}`]);
  });

  it('finds entries and holds by their public ids, and an entry by its command and its lot', async () => {
    const { wallet, ids } = globex;
    const entry = `entry ent_${wallet}_1`;
    for (const prefix of ['ent', 'cmd', 'lot']) expect(await find(`${prefix}_${wallet}_1`)).toEqual([entry]);
    expect(await find(ids.hold)).toEqual([`hold ${ids.hold}`]);
    expect(await find(`ent_${wallet}_999`)).toEqual([]);
  });

  it('finds an order by the ids that its provider has for it, and a dispute by its own', async () => {
    for (const id of [globex.ids.session, 'pi_3Found', 'ch_3Found', 'cus_Found', 're_3Found']) {
      expect([id, await find(id)]).toEqual([id, [`order ${order}`]]);
    }
    expect(await find('dp_3Found')).toEqual(['dispute dp_3Found']);
    // They are ids, not words: another case is another id.
    expect(await find('pi_3found')).toEqual([]);
  });

  it('finds orgs by the beginning of their name in either case, and by their external id', async () => {
    expect(await find('acme robo')).toEqual([`org ${acme}`]);
    expect(await find('ACME ROBOTICS')).toEqual([`org ${acme}`]);
    expect(await find('crm-77')).toEqual([`org ${acme}`]);
    expect(await find('robotics')).toEqual([]);
    const { json } = await ask('acme r', '&limit=1');
    expect(searchReply.parse(json)).toMatchObject({ results: [{ kind: 'org' }], more: ['org'] });
  });

  it('takes no character for a pattern', async () => {
    for (const text of ['%', '_', 'Acme%', '*', "'", '\\', '0x%', '\u{10ffff}']) expect(await find(text)).toEqual([]);
  });

  it('finds people by the beginning of their id, and webhooks by that of their address', async () => {
    expect(await find('ada@')).toEqual(['member ada@acme.test']);
    expect(await find('zoe@users.test')).toEqual(['user zoe@users.test']);
    expect(await find('https://receiver.inv')).toContain(`webhook ${globex.ids.endpoint}`);
  });

  it('refuses what is no text to search for', async () => {
    for (const query of ['', '?q=', '?q=%20%20', '?q=%00', `?q=${'a'.repeat(256)}`]) {
      expect(pathsOfErrors(await api.call('GET', `/admin/search${query}`, { key: admin }))).toEqual(['q']);
    }
    expect(pathsOfErrors(await ask('acme', '&limit=101'))).toEqual(['limit']);
    expect(pathsOfErrors(await ask('acme', '&kind=org'))).toEqual(['kind']);
  });

  it('is for operators and platform finance alone', async () => {
    const platform = await api.createKey({ kind: 'platform' });
    for (const key of [globex.ownKey, platform]) {
      const answer = await api.call('GET', '/admin/search?q=acme', { key, headers: { 'coffer-org': globex.ids.org } });
      expect([answer.status, answer.json['code']]).toEqual([403, 'FORBIDDEN']);
    }
    expect((await api.call('GET', '/admin/search?q=acme')).status).toBe(401);
  });
});

describe('every look-up', () => {
  let db: DatabasePool;
  beforeAll(async () => {
    db = openDatabase(api.database.appUrl, 1);
    // A small table is read whole where that is cheap; what is asked here is whether it has to be.
    await db.raw('SET enable_seqscan = off');
  });
  afterAll(async () => db.destroy());

  it.each([
    ['an id', '0198c2a5-7b1e-7abc-8def-0123456789ab'],
    ['the beginning of an id', '0198c2a5'],
    ['a hash', `0x${'12'.repeat(32)}`],
    ['a hash without zeros', `0x${'12'.repeat(30)}`],
    ['an address', `0x${'ab'.repeat(20)}`],
    ['an entry', 'ent_0198c2a5-7b1e-7abc-8def-0123456789ab_7'],
    ['an id of a provider', 'cs_test_a1b2'],
    ['the address of a webhook', 'https://hooks.acme.test/'],
    ['a name', 'Acme'],
  ])('goes by an index for %s', async (_, text) => {
    const { sql, bindings } = searchStatement(readSearch(text), 6);
    expect(await readWhole(sql, bindings, 2)).toEqual([]);
  });

  it('goes by an index in the ledger', async () => {
    const [first, last] = ['0198c2a5-0000-0000-0000-000000000000', '0198c2a5-ffff-ffff-ffff-ffffffffffff'];
    expect(await readWhole(LEDGER_STATEMENTS.orgs, { first, last, most: 6 }, 0)).toEqual([]);
    expect(await readWhole(LEDGER_STATEMENTS.entry, { kind: 'hold', wallet: first, seq: '7' }, 0)).toEqual([]);
  });

  /** The tables that a statement reads whole. @param above how many it reads at least, plus one */
  async function readWhole(sql: string, bindings: Bindings, above: number): Promise<unknown[]> {
    const [row] = rowsOf(await db.raw(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, bindings));
    const plans: unknown = row?.['QUERY PLAN'];
    const parts = Array.isArray(plans) ? plans.filter(isRow).flatMap((one) => partsOf(one['Plan'])) : [];
    const reading = parts.filter((part) => typeof part['Relation Name'] === 'string' && part['Actual Loops'] !== 0);
    if (reading.length <= above) throw new Error(`the statement reads ${reading.length} tables`);
    return reading.filter((part) => !goesByIndex(part)).map((part) => [part['Node Type'], part['Relation Name']]);
  }
});

/** The parts of a plan, itself first. */
function partsOf(plan: unknown): Row[] {
  if (!isRow(plan)) return [];
  const inner: unknown = plan['Plans'];
  return [plan, ...(Array.isArray(inner) ? inner.flatMap(partsOf) : [])];
}

/** Whether a part that reads a table finds its rows by a condition on an index. */
function goesByIndex(part: Row): boolean {
  if (part['Node Type'] !== 'Bitmap Heap Scan') return typeof part['Index Cond'] === 'string';
  return partsOf(part).some((inner) => typeof inner['Index Cond'] === 'string');
}
