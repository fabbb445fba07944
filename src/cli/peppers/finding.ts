/** What `coffer doctor` says of the peppers, and how `coffer peppers list` shows them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { readPeppers } from '../../config/secrets.ts';
import type { PepperFile } from '../../core/access/peppers.ts';
import { countKeysByPepper, type PepperUse } from '../../db/access/key-peppers.ts';
import type { Database } from '../../db/database.ts';
import { fail, ok, warn, type Finding } from '../finding.ts';

/** `missing`: not in the file. `unknown`: the pepper of keys that were hashed by a version that did not name it. */
export const PEPPER_STATES = ['next', 'current', 'older', 'missing', 'unknown'] as const;
type PepperState = (typeof PEPPER_STATES)[number];

export interface PepperShown {
  /** Null for `unknown`. */
  readonly id: string | null;
  readonly state: PepperState;
  /** Keys under it that are neither revoked nor expired. */
  readonly liveKeys: number;
}

/** Every pepper of the file, newest first, and then what keys name beside them. */
export function showPeppers({ next, current, older }: PepperFile, uses: readonly PepperUse[]): PepperShown[] {
  const usesOf = (id: string | null): number => uses.find(({ pepper }) => pepper === id)?.liveKeys ?? 0;
  const inFile = [
    ...(next ? [{ id: next.id, state: 'next' } as const] : []),
    { id: current.id, state: 'current' } as const,
    ...older.map(({ id }) => ({ id, state: 'older' }) as const),
  ];
  const others = uses.map(({ pepper }) => pepper).filter((id) => !inFile.some((one) => one.id === id));
  const beside = others.map((id) => ({ id, state: id === null ? 'unknown' : 'missing' }) as const);
  return [...inFile, ...beside].map((one) => ({ ...one, liveKeys: usesOf(one.id) }));
}

/** Looks at whether every key can be checked, and whether a pepper is being replaced. Nothing is created for it. */
export async function lookAtPeppers(db: Database, config: Config): Promise<Finding[]> {
  const isOwn = config.databaseUrl === undefined && config.keyPepperFile === undefined;
  if (isOwn && !existsSync(join(config.dataDir, 'key-pepper'))) return [];
  return [judgePeppers(showPeppers(readPeppers(config), await countKeysByPepper(db, new Date())))];
}

/** What to say of the peppers of a deployment. */
export function judgePeppers(shown: readonly PepperShown[]): Finding {
  const check = 'secrets: peppers';
  const liveKeys = (...states: readonly PepperState[]): number =>
    shown.filter(({ state }) => states.includes(state)).reduce((sum, one) => sum + one.liveKeys, 0);
  const missing = shown.filter(({ state }) => state === 'missing').map(({ id }) => id);
  if (missing.length > 0) {
    return fail(check, `${liveKeys('missing')} live keys are refused: ${missing.join(', ')} is not in the pepper file`);
  }
  const current = shown.find(({ state }) => state === 'current')?.id ?? '';
  const next = shown.find(({ state }) => state === 'next')?.id;
  if (typeof next === 'string') return warn(check, `${next} is not used yet: coffer peppers use`);
  const isReplaced = shown.some(({ state }) => state === 'older');
  const elsewhere = isReplaced ? liveKeys('older', 'unknown') : liveKeys('older');
  if (elsewhere > 0) {
    return warn(check, `${elsewhere} live keys are not hashed under ${current} yet: each is at its next use`);
  }
  return ok(check, `keys are hashed under ${current}`);
}
