/** What the processes on one machine keep outside the database, to notice that it went back: one file a deployment. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findCount } from '../../core/integers.ts';
import type { Witness } from '../../core/recovery/completeness.ts';

/** A file that has not been written for this long is not used: the row that belongs to it may have been removed. */
const FILE_LIFE_MS = 60 * 24 * 3_600_000;
/** Most recoveries that are remembered; the oldest are forgotten. */
const RECOVERIES_MAX = 100;

const pathOf = (folder: string, deployment: string): string => join(folder, 'witness', `${deployment}.json`);

/** The witness of a deployment in this folder; undefined when there is none, or none that can be used. */
export function readWitness(folder: string, deployment: string, nowMs: number): Witness | undefined {
  let kept: unknown;
  try {
    kept = JSON.parse(readFileSync(pathOf(folder, deployment), 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { id, counter, recoveries, writtenAt }: Record<string, unknown> = { ...kept };
  if (typeof writtenAt !== 'string' || !(nowMs - Date.parse(writtenAt) < FILE_LIFE_MS)) return undefined;
  const counted = typeof counter === 'number' ? findCount(counter) : undefined;
  if (typeof id !== 'string' || counted === undefined) return undefined;
  const known: unknown[] = Array.isArray(recoveries) ? recoveries : [];
  return { id, deployment, counter: counted, recoveries: known.filter((one) => typeof one === 'string') };
}

/**
 * Keeps a witness, unless another process of this machine has kept a higher number since.
 * @throws Error when the folder cannot be written to.
 */
export function writeWitness(folder: string, witness: Witness, nowMs: number): void {
  const path = pathOf(folder, witness.deployment);
  const kept = readWitness(folder, witness.deployment, nowMs);
  const sameTime = kept?.id === witness.id && kept.recoveries.at(-1) === witness.recoveries.at(-1);
  if (sameTime && kept.counter > witness.counter) return;
  const { id, counter } = witness;
  const recoveries = witness.recoveries.slice(-RECOVERIES_MAX);
  // Containers that share the folder may have the same process id.
  const unfinished = `${path}.${randomUUID()}`;
  mkdirSync(join(folder, 'witness'), { recursive: true, mode: 0o700 });
  writeFileSync(unfinished, JSON.stringify({ id, counter, recoveries, writtenAt: new Date(nowMs).toISOString() }), {
    mode: 0o600,
  });
  renameSync(unfinished, path);
}
