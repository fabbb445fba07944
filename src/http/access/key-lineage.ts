import { findApiKey } from '../../db/access/api-keys.ts';
import type { Database } from '../../db/database.ts';
import { actorOf, type Caller } from './caller.ts';

/** A caller and its creators: for a key, who created it, who created that key, and so on. */
export async function handsOf(db: Database, caller: Caller): Promise<string[]> {
  const own = actorOf(caller);
  const key = caller.type === 'key' ? await findApiKey(db, caller.keyId) : undefined;
  return [...new Set([...(key?.madeBy ?? []), own])];
}
