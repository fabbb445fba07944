import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { depositId, uuidV7 } from '../../src/core/ids.ts';
import { DEPOSIT_TERMS } from '../../src/core/ledger/head.ts';
import { freezeChain, releaseChain } from '../../src/db/chains/freezes.ts';
import { saveWorkerReports } from '../../src/db/chains/status.ts';
import { balanceReply, debitReply, depositsReply, ledgerReply, packsReply } from '../../src/http/treasury/schemas.ts';
import { EVM, EVM_TOO, STARKNET, startTestApi, type TestApi } from '../support/http/api.ts';
import { auditWallet, connect, depositOf } from '../support/ledger/wallets.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(async () => api.stop());

async function addDeposit(
  org: string,
  deposit: { readonly state: string; readonly micros: bigint; readonly block: number; readonly atMs: number },
): Promise<string> {
  const txHash = `0x${deposit.block.toString(16).padStart(64, '0')}`;
  const id = depositId({ chain: EVM, token: '0x5dc', txHash, ordinal: 0 });
  const at = new Date(deposit.atMs);
  await api.db.raw(
    `INSERT INTO deposit (id, chain, token, tx_hash, ordinal, from_address, to_address, amount, block_number, block_hash,
       block_time, state, org, observed_at, updated_at)
     VALUES (?, ?, '0x5dc', ?, 0, '0xaa', '0xcc', ?, ?, '0xbb', ?, ?, ?, ?, ?)`,
    [id, EVM, txHash, String(deposit.micros), deposit.block, at, deposit.state, org, at, at],
  );
  return id;
}

describe('GET /treasury/packs', () => {
  it('lists the five packs for everybody who is signed in, without an org', async () => {
    const key = await api.createKey({ kind: 'platform', scopes: [] });
    const { status, json } = await api.call('GET', '/treasury/packs', { key });
    expect(status).toBe(200);
    expect(
      packsReply.parse(json).packs.map(({ name, amountUsd, freeGiftCards }) => [name, amountUsd, freeGiftCards]),
    ).toEqual([
      ['Tester', '2.00', 1],
      ['Starter', '5.00', 2],
      ['Growth', '25.00', 10],
      ['Scale', '50.00', 25],
      ['Pro', '100.00', 50],
    ]);
  });
});

describe('GET /treasury/balance', () => {
  it('is zero and suspended for a new org', async () => {
    const { key } = await api.createCustomer();
    const { status, json } = await api.call('GET', '/treasury/balance', { key });
    expect(status).toBe(200);
    expect(balanceReply.parse(json)).toMatchObject({
      totalUsd: '0.00',
      availableUsd: '0.00',
      heldUsd: '0.00',
      pendingUsd: '0.00',
      debtUsd: '0.00',
      freeGiftCards: 0,
      status: 'SUSPENDED',
      lowBalanceThresholdUsd: null,
      criticalThresholdUsd: null,
    });
  });

  it('tells deposits from what is left of them, and what is pending', async () => {
    const { key, org } = await api.createCustomer(10n);
    await api.call('POST', '/treasury/debit', { key, body: { serviceType: 'AI_API', amountUsd: '2.5' } });
    await addDeposit(org, { state: 'confirming', micros: 3_000_000n, block: 101, atMs: Date.now() });
    await addDeposit(org, { state: 'observed', micros: 1n, block: 102, atMs: Date.now() });
    await addDeposit(org, { state: 'orphaned', micros: 9_000_000n, block: 103, atMs: Date.now() });
    const { json } = await api.call('GET', '/treasury/balance', { key });
    expect(json).toMatchObject({ totalUsd: '10.00', availableUsd: '7.50', pendingUsd: '3.000001', status: 'OK' });
  });

  it('goes by the thresholds of the org', async () => {
    const { key, org } = await api.createCustomer(10n);
    const statusAt = async (low: number | null, critical: number | null): Promise<unknown> => {
      await api.db.raw('UPDATE org_settings SET low_balance_threshold = ?, critical_threshold = ? WHERE org = ?', [
        low,
        critical,
        org,
      ]);
      return (await api.call('GET', '/treasury/balance', { key })).json['status'];
    };
    expect(await statusAt(10_000_000, null)).toBe('OK');
    expect(await statusAt(10_000_001, 10_000_000)).toBe('LOW');
    expect(await statusAt(20_000_000, 10_000_001)).toBe('CRITICAL');
  });

  it('counts an expired lot as gone before its entry is written', async () => {
    const { key, wallet } = await api.createCustomer(1n);
    const deposit = depositOf(wallet, 4n);
    const terms = {
      ...DEPOSIT_TERMS,
      source: 'grant',
      priority: 1,
      promotional: true,
      expiresAtMs: Date.now() + 3_600_000,
    } as const;
    await api.writer.submit({
      ...deposit,
      command: { op: 'credit', type: 'GRANT', amountMicros: 4_000_000n, contra: 'expenses:promo', terms },
    });
    expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({
      totalUsd: '1.00',
      availableUsd: '5.00',
    });
    api.advance(3_600_001);
    expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({
      totalUsd: '1.00',
      availableUsd: '1.00',
    });
  });
});

describe('POST /treasury/debit', () => {
  it('takes the money once and says what it did', async () => {
    const { key, wallet } = await api.createCustomer(10n);
    const body = {
      serviceType: 'SKU_PURCHASE',
      amountUsd: '0.000001',
      description: 'A\nb ü 🎁',
      reference: 'r-1',
      appId: 'app',
    };
    const { status, json, headers } = await api.call('POST', '/treasury/debit', { key, body });
    expect(status).toBe(200);
    expect(debitReply.parse(json)).toMatchObject({
      entryId: `ent_${wallet}_2`,
      type: 'SKU_MARGIN',
      serviceType: 'SKU_PURCHASE',
      amountUsd: '0.000001',
      availableUsd: '9.999999',
      heldUsd: '0.00',
      description: 'A\nb ü 🎁',
      reference: 'r-1',
      appId: 'app',
      entries: [
        {
          id: `ent_${wallet}_2`,
          amountUsd: '-0.000001',
          availableDeltaUsd: '-0.000001',
          availableAfterUsd: '9.999999',
        },
      ],
    });
    expect(headers.get('idempotency-key')).toBe(json['idempotencyKey']);
    expect(headers.get('idempotency-replayed')).toBeNull();
    const client = await connect(api.database.ownerUrl);
    const entries = await auditWallet(client, wallet);
    await client.end();
    expect(entries.at(-1)).toMatchObject({ type: 'SKU_MARGIN', contra: 'revenue:SKU_PURCHASE', available: 9_999_999n });
  });

  it.each([
    ['SKU_PURCHASE', 'SKU_MARGIN'],
    ['GIFT_CARD', 'GIFT_REDEEM'],
    ['AI_API', 'AI_API_CALL'],
    ['GAS_SUBSIDY', 'GAS_SUBSIDY'],
  ])('%s is a %s entry', async (serviceType, type) => {
    const { key } = await api.createCustomer(1n);
    const { json } = await api.call('POST', '/treasury/debit', { key, body: { serviceType, amountUsd: '1' } });
    expect(json).toMatchObject({ type, serviceType, availableUsd: '0.00' });
  });

  it('refuses what the balance does not cover, to the micro', async () => {
    const { key } = await api.createCustomer(1n);
    const { status, json, headers } = await api.call('POST', '/treasury/debit', {
      key,
      body: { serviceType: 'AI_API', amountUsd: '1.000001' },
    });
    expect(status).toBe(402);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(json).toMatchObject({ code: 'CREDIT_INSUFFICIENT', availableUsd: '1.00', requiredUsd: '1.000001' });
    expect((await api.call('GET', '/treasury/balance', { key })).json).toMatchObject({ availableUsd: '1.00' });
  });

  it.each(['X402', 'PAY_BUTTON', 'KYC_VERIFICATION', 'ADDRESS_SCREENING'])(
    'refuses the reserved %s',
    async (serviceType) => {
      const { key } = await api.createCustomer(1n);
      const { status, json } = await api.call('POST', '/treasury/debit', {
        key,
        body: { serviceType, amountUsd: '1' },
      });
      expect([status, json['code']]).toEqual([400, 'SERVICE_TYPE_RESERVED']);
    },
  );

  it('draws on several lots in one answer', async () => {
    const { key, wallet } = await api.createCustomer(1n);
    await api.writer.submit(depositOf(wallet, 2n));
    const { json } = await api.call('POST', '/treasury/debit', {
      key,
      body: { serviceType: 'AI_API', amountUsd: '2.50' },
    });
    const reply = debitReply.parse(json);
    expect(reply).toMatchObject({ amountUsd: '2.50', availableUsd: '0.50' });
    expect(reply.entries.map(({ amountUsd }) => amountUsd)).toEqual(['-1.00', '-1.50']);
  });
});

describe('GET /treasury/ledger', () => {
  it('pages through everything, newest first, without gap or repetition while more is written', async () => {
    const { key, wallet } = await api.createCustomer(100n);
    for (let n = 0; n < 11; n += 1) {
      await api.call('POST', '/treasury/debit', {
        key,
        body: { serviceType: n % 2 ? 'AI_API' : 'SKU_PURCHASE', amountUsd: '1' },
      });
    }
    const ids: string[] = [];
    let cursor = '';
    for (let page = 0; page < 4; page += 1) {
      const { json } = await api.call('GET', `/treasury/ledger?limit=4${cursor}`, { key });
      const reply = ledgerReply.parse(json);
      ids.push(...reply.entries.map(({ id }) => id));
      await api.writer.submit(depositOf(wallet, 1n));
      if (reply.nextCursor === null) break;
      cursor = `&cursor=${reply.nextCursor}`;
    }
    expect(ids).toEqual(Array.from({ length: 12 }, (_, index) => `ent_${wallet}_${12 - index}`));
  });

  it('filters by type, service and time', async () => {
    const { key, wallet } = await api.createCustomer(10n);
    const marks: string[] = [];
    for (const serviceType of ['AI_API', 'SKU_PURCHASE', 'AI_API']) {
      api.advance(1_000);
      const { json } = await api.call('POST', '/treasury/debit', { key, body: { serviceType, amountUsd: '1' } });
      marks.push(debitReply.parse(json).createdAt);
    }
    const seqs = async (query: string): Promise<string[]> => {
      const { json } = await api.call('GET', `/treasury/ledger?${query}`, { key });
      return ledgerReply.parse(json).entries.map(({ id }) => id.replace(`ent_${wallet}_`, ''));
    };
    expect(await seqs('type=DEPOSIT')).toEqual(['1']);
    expect(await seqs('serviceType=AI_API')).toEqual(['4', '2']);
    expect(await seqs('type=AI_API_CALL&serviceType=SKU_PURCHASE')).toEqual([]);
    expect(await seqs(`from=${marks[1]}`)).toEqual(['4', '3']);
    expect(await seqs(`to=${marks[1]}`)).toEqual(['2', '1']);
    expect(await seqs(`from=${marks[0]}&to=${marks[2]}`)).toEqual(['3', '2']);
    expect(await seqs(`from=${marks[2]}&to=${marks[0]}`)).toEqual([]);
    const shifted = new Date(Date.parse(marks[1] ?? '') + 7_200_000).toISOString().replace('Z', '%2B02:00');
    expect(await seqs(`from=${shifted}`)).toEqual(['4', '3']);
  });

  it('shows the transaction behind a deposit', async () => {
    const { key, org, wallet } = await api.createCustomer();
    const deposit = await addDeposit(org, { state: 'credited', micros: 1_000_000n, block: 500, atMs: Date.now() });
    const { command, ...rest } = depositOf(wallet, 1n);
    await api.writer.submit({ ...rest, command: command.op === 'credit' ? { ...command, deposit } : command });
    const { json } = await api.call('GET', '/treasury/ledger', { key });
    expect(ledgerReply.parse(json).entries[0]).toMatchObject({
      type: 'DEPOSIT',
      amountUsd: '1.00',
      depositId: deposit,
      txHash: `0x${(500).toString(16).padStart(64, '0')}`,
      chain: EVM,
    });
  });
});

describe('GET /treasury/deposits', () => {
  it('lists the deposits of the org with their life, newest first', async () => {
    const { key, org } = await api.createCustomer();
    const other = await api.createOrg();
    await addDeposit(other, { state: 'confirming', micros: 1n, block: 600, atMs: 1_000 });
    const atMs = Date.now();
    const ids: string[] = [];
    for (const block of [601, 602, 603]) {
      ids.push(
        await addDeposit(org, { state: 'confirming', micros: 2_000_000n, block, atMs: atMs + (block > 601 ? 1 : 0) }),
      );
    }
    await api.db.raw(
      `INSERT INTO chain_cursor (chain, start_block, next_block, head_block, credit_block, hard_final_block, scanned_at)
       VALUES (?, 0, 606, 605, 601, 601, now())`,
      [EVM],
    );
    const found: unknown[] = [];
    let cursor = '';
    for (const _ of ids) {
      const { json } = await api.call('GET', `/treasury/deposits?limit=1${cursor}`, { key });
      const reply = depositsReply.parse(json);
      found.push(
        ...reply.deposits.map(({ id, confirmations, confirmationsNeeded }) => [id, confirmations, confirmationsNeeded]),
      );
      cursor = `&cursor=${reply.nextCursor ?? ''}`;
    }
    const [first, ...later] = ids;
    const tied = later
      .toSorted()
      .toReversed()
      .map((id) => [id, id === ids[1] ? 3 : 2, 4]);
    expect(found).toEqual([...tied, [first, 4, 4]]);
    expect(cursor).toBe('&cursor=');
  });
});

describe('the state of the service', () => {
  it('is alive and ready, and shows how far each chain has been read, whatever that is', async () => {
    // The file's own has a clock that other tests moved.
    const own = await startTestApi();
    try {
      expect((await own.call('GET', '/healthz')).json).toEqual({ status: 'ok' });
      expect((await own.call('GET', '/readyz')).json['checks']).toEqual([
        { name: 'database', ok: true },
        { name: 'schema', ok: true },
        { name: 'clock', ok: true },
        { name: 'standby', ok: true },
        { name: 'space', ok: true },
        { name: 'ledger', ok: true },
        { name: 'recovery', ok: true },
      ]);
      const chains = async (): Promise<unknown> => {
        const { status, json } = await own.call('GET', '/readyz');
        expect([status, json['status']]).toEqual([200, 'ready']);
        return json['chains'];
      };
      const never = { state: 'waiting', scannedAt: null, headBlock: null, nextBlock: null, rpcs: [] };
      const others = [EVM_TOO, STARKNET].map((chain) => ({ chain, ...never }));
      expect(await chains()).toEqual([{ chain: EVM, ...never }, ...others]);
      const at = new Date();
      const cursor = 'INSERT INTO chain_cursor (chain, start_block, next_block, head_block, scanned_at)';
      await own.db.raw(`${cursor} VALUES (?, 7, 7, 0, ?)`, [EVM, at]);
      expect(await chains()).toEqual([{ chain: EVM, ...never }, ...others]);
      await own.db.raw('UPDATE chain_cursor SET next_block = 43, head_block = 42 WHERE chain = ?', [EVM]);
      const read = { chain: EVM, scannedAt: at.toISOString(), headBlock: 42, nextBlock: 43, rpcs: [] };
      expect(await chains()).toEqual([{ ...read, state: 'running' }, ...others]);
      const says = async (state: string): Promise<void> =>
        saveWorkerReports(own.db, {
          holder: 'its leader',
          rows: [{ chain: EVM, state, headBlock: 42, nextBlock: 43, roundEndedAt: null, problem: null }],
          at: new Date(),
        });
      for (const state of ['failing', 'refused']) {
        await says(state);
        expect(await chains()).toEqual([{ ...read, state }, ...others]);
      }
      await says('running');
      expect(await chains()).toEqual([{ ...read, state: 'running' }, ...others]);
      const freeze = { chain: EVM, kind: 'operator', reason: 'a look', by: 'a test', at } as const;
      await freezeChain(own.db, freeze);
      expect(await chains()).toEqual([{ ...read, state: 'frozen' }, ...others]);
      await releaseChain(own.db, freeze);
      const earlier = new Date(at.getTime() - 5 * 60_000 - 1_000);
      await own.db.raw('UPDATE chain_cursor SET scanned_at = ? WHERE chain = ?', [earlier, EVM]);
      const stale = { ...read, scannedAt: earlier.toISOString(), state: 'behind' };
      expect(await chains()).toEqual([stale, ...others]);
    } finally {
      await own.stop();
    }
  });

  it('fails closed: while the database is away a debit is 503, not ready, and nothing is told of why', async () => {
    const own = await startTestApi();
    try {
      const { key } = await own.createCustomer(1n);
      await own.call('GET', '/treasury/packs', { key });
      await own.database.drop();
      const debit = await own.call('POST', '/treasury/debit', {
        key,
        body: { serviceType: 'AI_API', amountUsd: '1' },
        headers: { 'idempotency-key': uuidV7(Date.now()) },
      });
      expect([debit.status, debit.json['code']]).toEqual([503, 'LEDGER_UNAVAILABLE']);
      expect(debit.headers.get('retry-after')).toMatch(/^[0-9]+$/);
      expect(debit.text).not.toMatch(/pg|postgres|127\.0\.0\.1|test_/i);
      const away = await own.call('GET', '/readyz');
      expect([away.status, away.json['chains']]).toEqual([503, null]);
      expect((await own.call('GET', '/healthz')).status).toBe(200);
    } finally {
      await own.stop();
    }
  });
});
