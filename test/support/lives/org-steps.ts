/** What happens to orgs beside their holds: deposits, grants, spends, usage, refunds and budgets. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { listIn } from '../asserts.ts';
import { usdOf } from './amounts.ts';
import { command, OF_HOLDS } from './hold-steps.ts';
import { BUDGETED, SERVICES, type OrgService } from './org-model.ts';
import { HOUR_MS, type Step } from './step.ts';
import { ACTIONS, type Life, type LivesWorld } from './world.ts';

const counts = fc.integer({ min: 1, max: 2_000 });
const actions = fc.constantFrom(...ACTIONS);

export async function deposit(world: LivesWorld, life: Life, micros: bigint): Promise<void> {
  const body = { operation: 'deposit', amount_micros: JSON.rawJSON(String(micros)), description: 'by wire' };
  life.model.org.deposit(world.nowMs(), micros);
  expect((await world.asAdmin(life, 'POST', `/orgs/${life.org}/wallet`, body)).status).toBe(200);
}

/** Credit for one service alone, which ends after so many hours. */
export async function grant(
  world: LivesWorld,
  life: Life,
  { micros, service, hours }: { readonly micros: bigint; readonly service: OrgService; readonly hours: number },
): Promise<void> {
  const nowMs = world.nowMs();
  const endsMs = nowMs + hours * HOUR_MS;
  const restrictedTo = { services: [service] };
  const expiresAt = new Date(endsMs).toISOString();
  const body = { type: 'GRANT', amountUsd: usdOf(micros), reason: 'a gift', expiresAt, restrictedTo };
  life.model.org.grant(nowMs, micros, { service, endsMs });
  expect((await world.asAdmin(life, 'POST', `/admin/orgs/${life.org}/entries`, body)).status).toBe(200);
}

/** A debit of an amount, or of the price of a quantity. */
export async function debit(
  world: LivesWorld,
  life: Life,
  { micros, service, about }: { readonly micros: bigint; readonly service: OrgService; readonly about: object },
): Promise<void> {
  const { org } = life.model;
  const said = org.debit(world.nowMs(), micros, service);
  const done = await command(world, life, { name: 'debit', body: { serviceType: service, ...about }, said });
  if (done && typeof said === 'number') org.noteCharge(said, String(done.json['entryId']), { service });
}

/** Gives back a part of a charge, the newest for 0; never more than it took. */
export async function refund(world: LivesWorld, life: Life, pick: number, micros: bigint): Promise<void> {
  const { org } = life.model;
  const charge = org.charges.at(-1 - (pick % Math.max(1, org.charges.length)));
  if (!charge) return;
  const said = org.refund(world.nowMs(), charge, micros);
  const body = { type: 'REFUND', amountUsd: usdOf(micros), reason: 'sorry', refundOf: charge.entry };
  const { status, json } = await world.asAdmin(life, 'POST', `/admin/orgs/${life.org}/entries`, body);
  expect([status, json['code']]).toEqual(typeof said === 'number' ? [200, undefined] : [409, said]);
}

/** An event of usage; an id that was charged before is seen again, and with other content a conflict. */
export async function report(
  world: LivesWorld,
  life: Life,
  {
    id,
    action,
    units,
    agoMs,
  }: { readonly id: string; readonly action: string; readonly units: bigint; readonly agoMs: number },
): Promise<void> {
  const { org } = life.model;
  const atMs = world.nowMs() - agoMs;
  const known = org.usage.get(id);
  const event =
    known === undefined
      ? { id, action, quantity: String(units), at: new Date(atMs).toISOString(), serviceType: BUDGETED }
      : { ...(JSON.parse(known) as { action: string; at: string }) };
  const micros = world.prices.find({ action: event.action, units, org: life.org }, atMs);
  const seen = known !== undefined;
  const said = seen || micros === undefined ? undefined : org.debit(world.nowMs(), micros, BUDGETED);
  const answer = await world.asService(life, 'POST', '/treasury/usage', { events: [event] });
  const [result] = listIn(answer, 'results');
  if (seen) expect([result?.['status'], result?.['seen']]).toEqual([200, true]);
  else if (said === undefined) expect(result?.['status']).toBe(400);
  else expect(result?.['status']).toBe(typeof said === 'number' ? 200 : 402);
  if (typeof said === 'number') org.usage.set(id, JSON.stringify(event));
}

/** Sets the limit of the org's budget, or makes one. */
export async function setBudget(world: LivesWorld, life: Life, micros: bigint): Promise<void> {
  const { org } = life.model;
  const path = '/treasury/budgets';
  const limitUsd = usdOf(micros);
  if (org.budget !== undefined) {
    expect((await world.asAdmin(life, 'PATCH', `${path}/${org.budget.id}`, { limitUsd })).status).toBe(200);
    org.budget.limitMicros = micros;
    return;
  }
  const body = { subject: 'serviceType', value: BUDGETED, period: 'none', mode: 'hard', limitUsd };
  const { status, json } = await world.asAdmin(life, 'POST', path, body);
  expect(status).toBe(201);
  org.budget = { id: String(json['id']), limitMicros: micros, usedMicros: 0n };
}

export async function endBudget(world: LivesWorld, life: Life): Promise<void> {
  const { org } = life.model;
  if (org.budget === undefined) return;
  const { status } = await world.asAdmin(life, 'DELETE', `/treasury/budgets/${org.budget.id}`);
  expect([200, 204]).toContain(status);
  org.budget = undefined;
}

const amounts = fc.bigInt(1n, 6_000_000n);
const picks = fc.nat(20);
const services = fc.constantFrom(...SERVICES);

export const OF_ORGS: readonly fc.Arbitrary<Step>[] = [
  amounts.map((micros) => ({
    name: `deposit ${usdOf(micros)}`,
    run: async (world, life) => deposit(world, life, micros),
  })),
  fc.tuple(amounts, services, fc.integer({ min: 1, max: 100 })).map(([micros, service, hours]) => ({
    name: `grant ${usdOf(micros)} for ${service} for ${hours} hours`,
    run: async (world, life) => grant(world, life, { micros, service, hours }),
  })),
  fc.tuple(picks, actions, counts, fc.nat(48)).map(([pick, action, count, hours]) => ({
    name: `report ${count} of ${action}, ${hours} hours ago, as ${pick}`,
    run: async (world, life) =>
      report(world, life, { id: `event-${pick}`, action, units: BigInt(count), agoMs: hours * HOUR_MS }),
  })),
  fc.tuple(actions, counts).map(([action, count]) => ({
    name: `debit ${count} of ${action}`,
    run: async (world, life) => {
      const micros = world.prices.find({ action, units: BigInt(count), org: life.org }, world.nowMs());
      if (micros === undefined) return;
      await debit(world, life, { micros, service: BUDGETED, about: { action, quantity: String(count) } });
    },
  })),
  fc.tuple(amounts, services).map(([micros, service]) => ({
    name: `debit ${usdOf(micros)} for ${service}`,
    run: async (world, life) => debit(world, life, { micros, service, about: { amountUsd: usdOf(micros) } }),
  })),
  fc.tuple(picks, amounts).map(([pick, micros]) => ({
    name: `give back ${usdOf(micros)} of charge ${pick}`,
    run: async (world, life) => refund(world, life, pick, micros),
  })),
  fc.bigInt(1n, 30_000_000n).map((micros) => ({
    name: `a budget of ${usdOf(micros)}`,
    run: async (world, life) => setBudget(world, life, micros),
  })),
  fc.constant({ name: 'no budget', run: endBudget }),
  // Money in holds is at the heart of it: half of the steps.
  fc.oneof(...OF_HOLDS),
  fc.oneof(...OF_HOLDS),
  fc.oneof(...OF_HOLDS),
  fc.oneof(...OF_HOLDS),
  fc.oneof(...OF_HOLDS),
  fc.oneof(...OF_HOLDS),
];
