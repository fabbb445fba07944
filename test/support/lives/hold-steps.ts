/** What happens to the holds of orgs, holds of holds and those whose owners report among them. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ModelLife } from '../ledger/model.ts';
import type { Answer } from '../http/api.ts';
import { usdOf } from './amounts.ts';
import { SERVICES, type OrgHold, type OrgService, type Said } from './org-model.ts';
import { HOUR_MS, type Step } from './step.ts';
import type { Life, LivesWorld } from './world.ts';

/** Longest time between what the model and the service take for the time of one command. */
const APART_MS_MAX = 60_000;

/** A command about an org's money: it is carried out or refused as the model says. @returns the answer where it was carried out */
export async function command(
  world: LivesWorld,
  life: Life,
  call: { readonly name: string; readonly body: object; readonly said: Said },
): Promise<Answer | undefined> {
  const { name, body, said } = call;
  const answer = await world.asService(life, 'POST', `/treasury/${name}`, body);
  const isDone = typeof said === 'number';
  expect([name, answer.json['code'], answer.status === 200]).toEqual([name, isDone ? undefined : said, isDone]);
  return isDone ? answer : undefined;
}

/** One of the holds: mostly an open one, if there are any, and sometimes one that has ended. */
export function pickHold(world: LivesWorld, { model: { org } }: Life, pick: number): OrgHold | undefined {
  org.at(world.nowMs());
  const ended = pick % 7 === 6;
  const some = org.holds.filter((hold) => org.isOpen(hold) !== ended);
  return some[pick % Math.max(1, some.length)];
}

/** What a hold is opened with: how long it lives, in hours, and how often its owner reports. */
export interface HoldAsked {
  readonly micros: bigint;
  readonly hours: number;
  readonly everyHours?: number | undefined;
  readonly service?: OrgService | undefined;
  /** Picks the hold that it draws from. */
  readonly of?: number | undefined;
}

export async function openHold(world: LivesWorld, life: Life, asked: HoldAsked): Promise<void> {
  const { micros, hours, everyHours, of } = asked;
  const { org } = life.model;
  const parent = of === undefined ? undefined : pickHold(world, life, of);
  if (of !== undefined && !parent) return;
  // Sometimes for another service than its parent.
  const service =
    asked.service ?? (of !== undefined && of % 11 === 10 ? SERVICES[1] : (parent?.service ?? SERVICES[0]));
  const lived: ModelLife = { durationMs: hours * HOUR_MS, everyMs: everyHours && everyHours * HOUR_MS };
  const said = org.hold(world.nowMs(), micros, { service, parent, life: lived });
  const body = {
    serviceType: service,
    amountUsd: usdOf(micros),
    expiresInSeconds: hours * 3_600,
    ...(everyHours !== undefined && { heartbeatSeconds: everyHours * 3_600 }),
    ...(parent && { parentHoldId: parent.id }),
  };
  const answer = await command(world, life, { name: 'hold', body, said });
  if (!answer || typeof said !== 'number') return;
  org.holds.push({ id: String(answer.json['holdId']), number: said, service, parent, beats: everyHours !== undefined });
}

export async function grow(world: LivesWorld, life: Life, pick: number, micros: bigint): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  const said = life.model.org.grow(world.nowMs(), hold, micros);
  await command(world, life, { name: 'grow-hold', body: { holdId: hold.id, byUsd: usdOf(micros) }, said });
}

export async function capture(
  world: LivesWorld,
  life: Life,
  { pick, micros, final }: { readonly pick: number; readonly micros: bigint; readonly final: boolean },
): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  const { org } = life.model;
  // Beyond a hold of a hold, only what is left in its parent may be taken: that bounds them all.
  const allowOverrun = hold.parent !== undefined && pick % 2 === 0;
  const said = org.capture(world.nowMs(), hold, micros, { final, allowOverrun });
  const body = { holdId: hold.id, amountUsd: usdOf(micros), final, allowOverrun };
  const answer = await command(world, life, { name: 'consume-hold', body, said });
  if (answer && typeof said === 'number') org.noteCharge(said, String(answer.json['entryId']), { hold });
}

export async function release(world: LivesWorld, life: Life, pick: number): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  const said = life.model.org.release(world.nowMs(), hold);
  await command(world, life, { name: 'release-hold', body: { holdId: hold.id }, said });
}

/** The owner of a hold reports. One that needs no report, or has ended, is refused. */
export async function heartbeat(world: LivesWorld, life: Life, pick: number): Promise<void> {
  const hold = pickHold(world, life, pick);
  if (!hold) return;
  const { org } = life.model;
  const isOpen = org.isOpen(hold);
  const isAlive = org.report(world.nowMs(), hold);
  const { status, json } = await world.asService(life, 'POST', '/treasury/heartbeat-hold', { holdId: hold.id });
  expect(status).toBe(isAlive ? 200 : isOpen && !hold.beats ? 400 : 409);
  if (!isAlive) return;
  const apart = Date.parse(String(json['aliveUntil'])) - (org.endOf(hold) ?? 0);
  expect([apart >= 0, apart < APART_MS_MAX]).toEqual([true, true]);
}

const amounts = fc.bigInt(1n, 6_000_000n);
const picks = fc.nat(20);
const hours = fc.integer({ min: 1, max: 60 });
const some = fc.constantFrom(...SERVICES);
const beats = fc.integer({ min: 1, max: 12 });

export const OF_HOLDS: readonly fc.Arbitrary<Step>[] = [
  fc.tuple(amounts, hours, some, fc.option(beats, { nil: undefined })).map(([micros, lasts, service, everyHours]) => ({
    name: `hold ${usdOf(micros)} of ${service} for ${lasts} hours${everyHours === undefined ? '' : `, reported every ${everyHours}`}`,
    run: async (world, life) => openHold(world, life, { micros, hours: lasts, service, everyHours }),
  })),
  fc
    .tuple(picks, amounts, hours, fc.option(beats, { freq: 2, nil: undefined }))
    .map(([of, micros, lasts, everyHours]) => ({
      name: `hold ${usdOf(micros)} of hold ${of} for ${lasts} hours${everyHours === undefined ? '' : `, reported every ${everyHours}`}`,
      run: async (world, life) => openHold(world, life, { micros, hours: lasts, everyHours, of }),
    })),
  fc.tuple(picks, amounts).map(([pick, micros]) => ({
    name: `grow hold ${pick} by ${usdOf(micros)}`,
    run: async (world, life) => grow(world, life, pick, micros),
  })),
  fc.tuple(picks, amounts, fc.boolean()).map(([pick, micros, final]) => ({
    name: `capture ${usdOf(micros)} of hold ${pick}${final ? ', and the end' : ''}`,
    run: async (world, life) => capture(world, life, { pick, micros, final }),
  })),
  picks.map((pick) => ({
    name: `release hold ${pick}`,
    run: async (world, life) => release(world, life, pick),
  })),
  picks.map((pick) => ({
    name: `report of hold ${pick}`,
    run: async (world, life) => heartbeat(world, life, pick),
  })),
];
