/** What happens to orgs: deposits, spends, usage, holds and budgets. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { listIn } from '../asserts.ts';
import type { Answer } from '../http/api.ts';
import { usdOf } from './amounts.ts';
import type { ModelHold } from './model.ts';
import { HOUR_MS, type Step } from './step.ts';
import { ACTIONS, type Life, type LivesWorld } from './world.ts';

const SERVICE = 'AI_API';
const counts = fc.integer({ min: 1, max: 2_000 });
const actions = fc.constantFrom(...ACTIONS);

/** A call that spends an org's money: made where there is enough, else 402. */
async function spend(
  world: LivesWorld,
  life: Life,
  { path, body, micros }: { readonly path: string; readonly body: object; readonly micros: bigint },
): Promise<Answer | undefined> {
  const enough = life.model.org.mayTake(micros, world.nowMs());
  const answer = await world.asService(life, 'POST', path, body);
  expect([path, answer.status, answer.json['code']]).toEqual(
    enough ? [path, 200, undefined] : [path, 402, 'CREDIT_INSUFFICIENT'],
  );
  return enough ? answer : undefined;
}

export async function deposit(world: LivesWorld, life: Life, micros: bigint): Promise<void> {
  const body = { operation: 'deposit', amount_micros: JSON.rawJSON(String(micros)), description: 'by wire' };
  const { status } = await world.asAdmin(life, 'POST', `/orgs/${life.org}/wallet`, body);
  expect(status).toBe(200);
  life.model.org.depositedMicros += micros;
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
      ? { id, action, quantity: String(units), at: new Date(atMs).toISOString(), serviceType: SERVICE }
      : { ...(JSON.parse(known) as { action: string; at: string }) };
  const micros = world.prices.find({ action: event.action, units, org: life.org }, atMs);
  const enough = micros !== undefined && org.mayTake(micros, world.nowMs());
  const answer = await world.asService(life, 'POST', '/treasury/usage', { events: [event] });
  const [result] = listIn(answer, 'results');
  const seen = known !== undefined;
  if (seen) expect([result?.['status'], result?.['seen']]).toEqual([200, true]);
  else if (micros === undefined) expect(result?.['status']).toBe(400);
  else expect(result?.['status']).toBe(enough ? 200 : 402);
  if (seen || !enough) return;
  org.noteSpent(micros);
  org.usage.set(id, JSON.stringify(event));
}

export async function openHold(world: LivesWorld, life: Life, micros: bigint, hours: number): Promise<void> {
  const body = { serviceType: SERVICE, amountUsd: usdOf(micros), expiresInSeconds: hours * 3_600 };
  const answer = await spend(world, life, { path: '/treasury/hold', body, micros });
  if (!answer) return;
  const id = String(answer.json['holdId']);
  const endsMs = Date.parse(String(answer.json['expiresAt']));
  const { holds, budget } = life.model.org;
  holds.set(id, { id, heldMicros: micros, capturedMicros: 0n, endsMs, budgeted: budget !== undefined });
}

/** One of the open holds, if there are any. */
function pickHold(world: LivesWorld, { model: { org } }: Life, pick: number): ModelHold | undefined {
  org.heldAt(world.nowMs());
  const open = [...org.holds.values()];
  return open[pick % Math.max(1, open.length)];
}

export async function grow(world: LivesWorld, life: Life, pick: number, micros: bigint): Promise<void> {
  const hold = pickHold(world, life, pick);
  // A hold from before the budget goes on as if there were none, which the model does not follow when it grows.
  if (!hold || (life.model.org.budget !== undefined && !hold.budgeted)) return;
  const body = { holdId: hold.id, byUsd: usdOf(micros) };
  if (await spend(world, life, { path: '/treasury/grow-hold', body, micros })) hold.heldMicros += micros;
}

export async function capture(
  world: LivesWorld,
  life: Life,
  { pick, micros, final }: { readonly pick: number; readonly micros: bigint; readonly final: boolean },
): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  const { org } = life.model;
  const fits = micros <= org.leftIn(hold);
  const body = { holdId: hold.id, amountUsd: usdOf(micros), final };
  const { status, json } = await world.asService(life, 'POST', '/treasury/consume-hold', body);
  expect([status, json['code']]).toEqual(fits ? [200, undefined] : [409, 'HOLD_EXCEEDED']);
  if (!fits) return;
  hold.capturedMicros += micros;
  org.noteSpent(micros, hold.budgeted);
  expect(hold.capturedMicros <= hold.heldMicros).toBe(true);
  if (final || org.leftIn(hold) === 0n) org.holds.delete(hold.id);
}

export async function release(world: LivesWorld, life: Life, pick: number): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  expect((await world.asService(life, 'POST', '/treasury/release-hold', { holdId: hold.id })).status).toBe(200);
  life.model.org.holds.delete(hold.id);
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
  const body = { subject: 'serviceType', value: SERVICE, period: 'none', mode: 'hard', limitUsd };
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
  for (const hold of org.holds.values()) hold.budgeted = false;
}

const amounts = fc.bigInt(1n, 6_000_000n);
const picks = fc.nat(20);

export const OF_ORGS: readonly fc.Arbitrary<Step>[] = [
  amounts.map((micros) => ({
    name: `deposit ${usdOf(micros)}`,
    run: async (world, life) => deposit(world, life, micros),
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
      const body = { serviceType: SERVICE, action, quantity: String(count) };
      const done = await spend(world, life, { path: '/treasury/debit', body, micros });
      if (done) life.model.org.noteSpent(micros);
    },
  })),
  fc.tuple(amounts, fc.integer({ min: 1, max: 60 })).map(([micros, hours]) => ({
    name: `hold ${usdOf(micros)} for ${hours} hours`,
    run: async (world, life) => openHold(world, life, micros, hours),
  })),
  fc.tuple(picks, amounts).map(([pick, micros]) => ({
    name: `grow hold ${pick} by ${usdOf(micros)}`,
    run: async (world, life) => grow(world, life, pick, micros),
  })),
  fc.tuple(picks, amounts, fc.boolean()).map(([pick, micros, final]) => ({
    name: `capture ${usdOf(micros)} of hold ${pick}${final ? ', and the end' : ''}`,
    run: async (world, life) => capture(world, life, { pick, micros, final }),
  })),
  fc.bigInt(1n, 30_000_000n).map((micros) => ({
    name: `a budget of ${usdOf(micros)}`,
    run: async (world, life) => setBudget(world, life, micros),
  })),
  fc.constant({ name: 'no budget', run: endBudget }),
  picks.map((pick) => ({
    name: `release hold ${pick}`,
    run: async (world, life) => release(world, life, pick),
  })),
];
