/** Disputes below the threshold are given up by the service, once; the others, inquiries and answered ones are not. */
import { beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { DisputeDesk } from '../../src/core/billing/dispute-desk.ts';
import { createKeyLine, openVault } from '../../src/core/access/vault.ts';
import { walletId } from '../../src/core/ids.ts';
import { openUserWallet } from '../../src/db/access/users.ts';
import { listSteps } from '../../src/db/billing/orders.ts';
import { eraseEvidence, findEvidence, purgeEvidence, storeEvidence } from '../../src/db/billing/evidence.ts';
import { audited } from '../../src/db/database.ts';
import { concedeDisputes } from '../../src/jobs/disputes.ts';
import { openDisputeDesk } from '../../src/payments/dispute-desk.ts';
import { openMemoryAccount } from '../support/billing/account.ts';
import { useCardBench, type CardOrder } from '../support/billing/card-bench.ts';
import { queryRows } from '../support/process/query.ts';
import type { ProviderStep } from '../support/billing/provider.ts';

const bench = useCardBench();
let account: ReturnType<typeof openMemoryAccount>;
let desk: DisputeDesk;
beforeAll(() => {
  account = openMemoryAccount();
  const line = createKeyLine();
  desk = openDisputeDesk({
    db: audited(bench().db),
    writer: bench().ledger,
    clock: systemClock,
    mode: 'live',
    vault: openVault(() => line),
    findAccount: async () => Promise.resolve(account),
  });
});

/** An order at the account of the desk, after these steps. Price in cents. */
async function ordered(priceMinor: bigint, ...steps: readonly ProviderStep[]): Promise<CardOrder> {
  const made = await bench().order({ priceMinor, bound: false });
  await account.createCheckout({
    order: made.order,
    name: 'credit',
    currency: 'usd',
    priceMinor,
    successUrl: 'https://shop.example/yes',
    cancelUrl: 'https://shop.example/no',
    expiresAtMs: Date.now() + 3_600_000,
  });
  const order = { ...made, provider: account.of(made.order) };
  await bench().bind(order);
  for (const step of steps) for (const fact of order.provider.take(step)) await bench().settle(fact);
  return order;
}

const statusOf = async ({ order }: CardOrder): Promise<unknown> =>
  (await queryRows<{ status: string }>(bench().db, 'SELECT status FROM order_dispute WHERE order_id = ?', [order]))
    .rows[0]?.status;

async function concede(belowMicros: bigint, with_: Pick<DisputeDesk, 'accept'> = desk): Promise<string[]> {
  const troubled: string[] = [];
  const means = { db: audited(bench().db), clock: systemClock, desk: with_, belowMicros };
  await concedeDisputes(means, (dispute) => troubled.push(dispute));
  return troubled;
}

test('what is below the threshold is given up, once, on its timeline, with its event and in the audit log', async () => {
  const [small, even, inquiry, answered] = [
    await ordered(999n, 'pay', 'dispute'),
    await ordered(1_000n, 'pay', 'dispute'),
    await ordered(500n, 'pay', 'inquiry'),
    await ordered(500n, 'pay', 'dispute'),
  ];
  await desk.submit(`dp_${answered.order}`);
  expect(await concede(0n)).toEqual([]);
  expect(await statusOf(small)).toBe('needs_response');
  expect(await concede(10_000_000n)).toEqual([]);
  expect([await statusOf(small), await statusOf(even), await statusOf(inquiry), await statusOf(answered)]).toEqual([
    'lost',
    'needs_response',
    'warning_needs_response',
    'needs_response',
  ]);
  const { db } = bench();
  const steps = (await listSteps(db, [small.order])).get(small.order) ?? [];
  expect(steps.slice(-2).map(({ what, source }) => [what, source])).toEqual([
    ['dispute_conceded', 'clock'],
    ['dispute_closed', 'provider'],
  ]);
  const pending = await queryRows<{ kind: string }>(
    db,
    "SELECT kind FROM event_pending WHERE log = ? AND kind = 'dispute.closed'",
    [small.org],
  );
  expect(pending.rows).toHaveLength(1);
  const audit = await queryRows<{ subject: string; actor: string }>(
    db,
    'SELECT subject, actor FROM audit WHERE subject_id = ? ORDER BY position',
    [`dp_${small.order}`],
  );
  expect(audit.rows[0]).toEqual({ subject: 'request', actor: 'service:payments' });
  expect(audit.rows.map(({ subject }) => subject)).toContain('order_dispute');
  await concede(10_000_000n);
  expect(account.calls.filter((call) => call === `accept dp_${small.order}`)).toHaveLength(1);
});

test('one that cannot be given up holds no other up, and is tried again later', async () => {
  const [one, other] = [await ordered(700n, 'pay', 'dispute'), await ordered(800n, 'pay', 'dispute')];
  account.failNext('refused');
  expect(await concede(9_000_000n)).toEqual([`dp_${one.order}`]);
  expect([await statusOf(one), await statusOf(other)]).toEqual(['needs_response', 'lost']);
  await concede(9_000_000n);
  expect(await statusOf(one)).toBe('needs_response');
  await bench().db.raw("UPDATE order_dispute SET conceded_at = conceded_at - interval '2 hours'");
  expect(await concede(9_000_000n)).toEqual([]);
  expect(await statusOf(one)).toBe('lost');
  const steps = (await listSteps(bench().db, [one.order])).get(one.order) ?? [];
  expect(steps.filter(({ what }) => what === 'dispute_conceded')).toHaveLength(1);
});

/** A disputed order with evidence. */
async function withEvidence(): Promise<CardOrder> {
  const made = await ordered(2_000n, 'pay', 'dispute');
  const about = { account: 'stripe', dispute: `dp_${made.order}`, order: made.order } as const;
  await storeEvidence(bench().db, { ...about, sealed: 'v1.x', hash: 'a'.repeat(64), madeAtMs: 0 });
  return made;
}

const kept = async ({ order }: CardOrder): Promise<boolean> =>
  (await findEvidence(bench().db, { account: 'stripe', dispute: `dp_${order}` })) !== undefined;

test('evidence is kept until its time after the case is over, and no longer', async () => {
  const [open, closed] = [await withEvidence(), await withEvidence()];
  const { db } = bench();
  for (const fact of closed.provider.take('win')) await bench().settle(fact);
  await purgeEvidence(db, new Date(Date.now() - 60_000));
  expect([await kept(open), await kept(closed)]).toEqual([true, true]);
  await purgeEvidence(db, new Date(Date.now() + 60_000));
  expect([await kept(open), await kept(closed)]).toEqual([true, false]);
});

test('evidence about a user is erased with them, except what an open dispute needs; that of others stays', async () => {
  const [open, closed, foreign] = [await withEvidence(), await withEvidence(), await withEvidence()];
  const { db } = bench();
  for (const { provider } of [closed, foreign]) for (const fact of provider.take('win')) await bench().settle(fact);
  await openUserWallet(db, { id: 'ada', at: new Date() });
  const wallet = walletId({ kind: 'user', id: 'ada' });
  await db.raw("UPDATE pack_order SET org = ?, user_id = 'ada' WHERE id = ANY(?::uuid[])", [
    wallet,
    [open.order, closed.order],
  ]);
  expect(await eraseEvidence(db, 'ada')).toBe(1);
  expect([await kept(open), await kept(closed), await kept(foreign)]).toEqual([true, false, true]);
  expect(await eraseEvidence(db, 'ada')).toBe(0);
});
