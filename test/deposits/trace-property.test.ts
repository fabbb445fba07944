/** The statement that finds an org's deposits says the same as the rule that credits them, whatever was registered. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidV7 } from '../../src/core/ids.ts';
import { matchDeposit, type BindingSpan } from '../../src/core/senders/match.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import { listTraced } from '../../src/db/deposits/trace.ts';
import { newOrg } from '../support/chains/bench.ts';
import { writeDeposit } from '../support/deposits/rows.ts';
import { CREDITS, EVM, EVM_TOO } from '../support/http/api.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';

const ORGS = 3;
const RUNS = 150;
/** Times are few, so that they often meet: a deposit at the very moment of a registration or of its end. */
const TIMES = 6;
const START_MS = 1_700_000_000_000;
const timeOf = (step: number): Date => new Date(START_MS + step * 1_000);

let database: TestDatabase;
let db: DatabasePool;
let orgs: string[];
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.ownerUrl, 2);
  orgs = [];
  for (let made = 0; made < ORGS; made += 1) orgs.push(await newOrg(db, EVM, []));
  await db.raw(`INSERT INTO deposit_xpub (xpub, imported_at) VALUES ('xpub', now())`);
  for (const [index, org] of orgs.entries()) {
    await db.raw(
      `INSERT INTO deposit_address (family, number, org, address, key_index, xpub, first_blocks, created_at)
       VALUES ('eip155', ?, ?, ?, ?, 'xpub', '{}', now())`,
      [index + 1, org, ownAddress(index), index],
    );
  }
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const ownAddress = (index: number): string => `0x${String(index + 1).repeat(40)}`;

/** A registration as it may stand in the table. */
interface Registered {
  readonly org: number;
  readonly family: 'eip155' | 'starknet';
  readonly chain: string | null;
  readonly state: 'bound' | 'unproven';
  readonly proven: boolean;
  readonly boundAt: number;
  /** How long it lasted; null: it has not ended. */
  readonly lasted: number | null;
}

const time = fc.integer({ min: 0, max: TIMES });
const registered: fc.Arbitrary<Registered> = fc.record({
  org: fc.integer({ min: 0, max: ORGS - 1 }),
  family: fc.constantFrom('eip155' as const, 'eip155' as const, 'eip155' as const, 'starknet' as const),
  chain: fc.constantFrom(null, EVM, EVM_TOO),
  state: fc.constantFrom('bound' as const, 'bound' as const, 'unproven' as const),
  proven: fc.boolean(),
  boundAt: time,
  lasted: fc.option(fc.integer({ min: 0, max: TIMES })),
});
const world = fc.record({
  registrations: fc.array(registered, { maxLength: 6 }),
  deposit: fc.record({
    chain: fc.constantFrom(EVM, EVM_TOO),
    at: time,
    /** The org whose own address it came to; undefined: it came to the credits address. */
    recipient: fc.option(fc.integer({ min: 0, max: ORGS - 1 }), { nil: undefined, freq: 4 }),
  }),
});

/** Those of the registrations that the table holds beside each other: one owner at a time, one of each org. */
function possible(registrations: readonly Registered[]): Registered[] {
  const taken = new Set<string>();
  return registrations.filter(({ org, family, chain, state, lasted }) => {
    if (lasted !== null) return true;
    const scope = `${family} ${chain ?? ''}`;
    const claims = [`${scope} of ${org}`, ...(state === 'bound' ? [scope] : [])];
    if (claims.some((claim) => taken.has(claim))) return false;
    for (const claim of claims) taken.add(claim);
    return true;
  });
}

async function store(address: string, registrations: readonly Registered[]): Promise<void> {
  await db.raw(`INSERT INTO sender_address (family, address) VALUES ('eip155', :address), ('starknet', :address)`, {
    address,
  });
  for (const { org, family, chain, state, proven, boundAt, lasted } of registrations) {
    await db.raw(
      `INSERT INTO sender (id, org, family, address, chain, state, proven_at, bound_at, unbound_at)
       VALUES (:id, :org, :family, :address, :chain, :state, :provenAt, :boundAt, :unboundAt)`,
      {
        id: uuidV7(Date.now()),
        org: orgs[org] ?? '',
        family,
        address,
        chain,
        state,
        provenAt: proven ? timeOf(boundAt) : null,
        boundAt: timeOf(boundAt),
        unboundAt: lasted === null ? null : timeOf(boundAt + lasted),
      },
    );
  }
}

/** The registrations as the rule takes them: those of the deposit's family. */
function spansOf(registrations: readonly Registered[]): BindingSpan[] {
  return registrations
    .filter(({ family }) => family === 'eip155')
    .map(({ org, chain, state, proven, boundAt, lasted }) => ({
      org: orgs[org] ?? '',
      chain,
      state,
      provenAtMs: proven ? timeOf(boundAt).getTime() : null,
      boundAtMs: timeOf(boundAt).getTime(),
      unboundAtMs: lasted === null ? null : timeOf(boundAt + lasted).getTime(),
    }));
}

test('a deposit of nobody is shown to exactly those orgs that the rule would give it to if they were alone', async () => {
  const seen = { shown: 0, hidden: 0 };
  await fc.assert(
    fc.asyncProperty(world, async ({ registrations: drawn, deposit: { chain, at, recipient } }) => {
      const registrations = possible(drawn);
      const from = `0x${randomBytes(20).toString('hex')}`;
      await store(from, registrations);
      const to = recipient === undefined ? CREDITS.evm : ownAddress(recipient);
      const { txHash } = await writeDeposit(db, { chain, from, to, at: timeOf(at) });
      const spans = spansOf(registrations);
      const deposit = { chain, from, blockTimeMs: timeOf(at).getTime() };
      const recipientOrg = recipient === undefined ? undefined : orgs[recipient];
      const shownTo = async (org: string): Promise<boolean> =>
        (await listTraced(db, { org, txHash, limit: 10 })).length === 1;
      for (const org of orgs) {
        const own = spans.filter((span) => span.org === org);
        const alone = { recipientOrg: recipientOrg === org ? org : undefined, bindings: own };
        const isOwn = 'org' in matchDeposit(alone, deposit, 'first_come');
        expect({ org, shown: await shownTo(org) }).toEqual({ org, shown: isOwn });
        seen[isOwn ? 'shown' : 'hidden'] += 1;
      }
      // Among all of them it is never hidden from the org that it is credited to, under either policy.
      for (const policy of ['first_come', 'proof_required'] as const) {
        const match = matchDeposit({ recipientOrg, bindings: spans }, deposit, policy);
        if ('org' in match) expect({ policy, shown: await shownTo(match.org) }).toEqual({ policy, shown: true });
      }
    }),
    { numRuns: RUNS },
  );
  // Both answers were met often, so that neither side of the comparison was empty.
  expect(Math.min(seen.shown, seen.hidden)).toBeGreaterThan(RUNS / 10);
});
