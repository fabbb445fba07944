/** What the acts of the demo share: calls to the service, waiting, and what is printed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { formatUsd, parseUsd } from '../../src/core/money.ts';
import type { Narrator } from './narrator.ts';
import { isRecord, type Service } from '../service.ts';

/** How long the demo waits for a credit. */
export const CREDIT_TIMEOUT_MS = 90_000;
const POLL_INTERVAL_MS = 250;

/** Who is on stage. */
export interface Actors {
  readonly service: Service;
  readonly narrator: Narrator;
  readonly key: string;
}

/** Prints a line. */
export function say(line = ''): void {
  console.log(line);
}

/** Prints the title of a step. */
export function step(title: string): void {
  say();
  say(`== ${title}`);
}

/** Calls the service with the org's key. @throws Error with the answer when it refuses */
export async function call(
  { service, key }: Actors,
  method: string,
  path: string,
  body?: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const response = await fetch(service.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer: unknown = await response.json();
  if (!response.ok || !isRecord(answer))
    throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
}

/** Waits until something holds. @throws Error after {@link CREDIT_TIMEOUT_MS} */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + CREDIT_TIMEOUT_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${CREDIT_TIMEOUT_MS / 1000} s for ${what}`);
    await sleep(POLL_INTERVAL_MS);
  }
}

/** Waits until the org's deposits add up to an amount. @throws Error when they are above it */
export async function waitForBalance(actors: Actors, micros: bigint): Promise<void> {
  await until(`a balance of ${formatUsd(micros)}`, async () => {
    const total = await totalOf(actors);
    if (total > micros) throw new Error(`more was credited than was sent: ${formatUsd(total)}`);
    return total === micros;
  });
}

/** What the org's deposits add up to, in micros. */
export async function totalOf(actors: Actors): Promise<bigint> {
  const { totalUsd: value } = await call(actors, 'GET', '/treasury/balance');
  return typeof value === 'string' && value !== '0.00' ? parseUsd(value) : 0n;
}

/** A text of an answer. @throws Error when it has none of that name */
export function textIn(record: Record<string, unknown>, name: string): string {
  const value = record[name];
  if (typeof value !== 'string') throw new Error(`the answer has no ${name}: ${JSON.stringify(record)}`);
  return value;
}
