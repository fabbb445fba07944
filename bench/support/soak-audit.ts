/** Checks during a soak, and at its end: the books against the chain itself. */
import type { Database } from '../../src/db/database.ts';
import type { TransferEvent } from '../../src/core/chains/transfer.ts';
import { balanceOf, verifyHashChains } from '../../test/support/chains/bench.ts';
import type { SoakChain } from './soak-parties.ts';
import { queryRows } from '../../test/support/process/query.ts';

interface Facts {
  readonly tx_hash: string;
  readonly ordinal: number;
  readonly state: string;
  readonly amount: string;
  readonly from_address: string;
  readonly posted: number;
  readonly reversed: number;
  readonly net: string;
}

/** Every deposit of a chain with its postings. */
export async function listFacts(db: Database, chain: string): Promise<Facts[]> {
  const result = await queryRows<Facts>(
    db,
    `SELECT d.tx_hash, d.ordinal, d.state, d.amount, d.from_address,
       count(DISTINCT e.key) FILTER (WHERE e.type = 'DEPOSIT')::int AS posted,
       count(DISTINCT e.key) FILTER (WHERE e.type = 'DEPOSIT_REVERSAL')::int AS reversed,
       coalesce(sum(e.available_delta), 0)::text AS net
     FROM deposit d LEFT JOIN entry e ON e.deposit = d.id WHERE d.chain = ? GROUP BY d.id`,
    [chain],
  );
  return result.rows;
}

/** Transfers whose money was posted twice or reversed twice, which must never happen. */
export function findDoubles(chain: string, facts: readonly Facts[]): string[] {
  return facts.flatMap(({ tx_hash: txHash, ordinal, posted, reversed }) => {
    const open = posted - reversed;
    return open === 0 || open === 1 ? [] : [`${chain} ${txHash}:${ordinal} posted ${posted}, reversed ${reversed}`];
  });
}

/** Every transfer to us that the chain holds, by transaction and position. */
async function readTruth({ chain, truth }: SoakChain): Promise<Map<string, TransferEvent>> {
  const target = await truth.head();
  const query = { fromBlock: 0, target, tokens: [chain.usdc], recipients: new Set([chain.creditsAddress]) };
  const events = await truth.transfers(query);
  return new Map(events.map((event) => [`${event.txHash}:${event.ordinal}`, event]));
}

/** Where the books and the chain differ; empty once everything has settled. */
export async function findDifferences(db: Database, soakChain: SoakChain): Promise<string[]> {
  const { chain, orgs, strangers } = soakChain;
  const truth = await readTruth(soakChain);
  const facts = await listFacts(db, chain.caip2);
  const found = findDoubles(chain.caip2, facts);
  const owed = new Map<string, bigint>();
  for (const { tx_hash: txHash, ordinal, state, amount, net } of facts) {
    const name = `${txHash}:${ordinal}`;
    const event = truth.get(name);
    const wanted = !event ? ['orphaned', 'reversed'] : [strangers.has(event.from) ? 'unmatched' : 'credited'];
    if (!wanted.includes(state)) found.push(`${chain.caip2} ${name} is ${state}, not ${wanted.join(' or ')}`);
    const worth = event && !strangers.has(event.from) ? event.amount : 0n;
    if (BigInt(net) !== worth) found.push(`${chain.caip2} ${name} stands with ${net} in the books, not ${worth}`);
    if (event && BigInt(amount) !== event.amount) found.push(`${chain.caip2} ${name} has amount ${amount}`);
  }
  const known = new Set(facts.map(({ tx_hash: txHash, ordinal }) => `${txHash}:${ordinal}`));
  for (const [name, { from, amount }] of truth) {
    if (!known.has(name)) found.push(`${chain.caip2} ${name} was not found`);
    const org = orgs.get(from);
    if (org !== undefined) owed.set(org, (owed.get(org) ?? 0n) + amount);
  }
  for (const org of orgs.values()) {
    const balance = await balanceOf(db, org);
    if (balance !== (owed.get(org) ?? 0n)) found.push(`org ${org} has ${balance}, not ${owed.get(org) ?? 0n}`);
  }
  const frozen = await queryRows<{ reason: string }>(
    db,
    'SELECT reason FROM chain_freeze WHERE chain = ? AND released_at IS NULL',
    [chain.caip2],
  );
  return [...found, ...frozen.rows.map(({ reason }) => `${chain.caip2} is frozen: ${reason}`)];
}

/** Recomputes every hash; a hash that does not verify is a violation. */
export async function findBrokenHashes(db: Database): Promise<string[]> {
  try {
    await verifyHashChains(db);
    return [];
  } catch (error) {
    return [String(error)];
  }
}
