/** The inbox and the explanation of transactions at the command line, beside a simulated Starknet node. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSimDevChain, type SimDevChain } from '../../devnet/starknet-sim/sim-chain.ts';
import { addExplain } from '../../src/cli/chain-explain.ts';
import { EXIT, exitCodeOf } from '../../src/cli/context.ts';
import { addDeposits } from '../../src/cli/deposits.ts';
import { openDatabase, type DatabasePool } from '../../src/db/database.ts';
import type { TestDatabase } from '../support/process/database-server.ts';
import { createTestDatabase } from '../support/process/database.ts';
import { configOf, eventually, listAllDeposits, newOrg, runDetector } from '../support/chains/bench.ts';

let database: TestDatabase;
let db: DatabasePool;
let chain: SimDevChain;
let folder: string;
let sender: string;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.appUrl);
  chain = await startSimDevChain({ blockTimeSeconds: 0, accounts: 4 });
  folder = mkdtempSync(join(tmpdir(), 'coffer-inbox-'));
  sender = chain.accounts[0] ?? '';
  await chain.faucet(sender, 1_000_000_000n);
  writeConfig([chain.rpcUrl]);
  vi.stubEnv('DATABASE_URL', database.appUrl);
  vi.stubEnv('DATABASE_OWNER_URL', database.ownerUrl);
  vi.stubEnv('COFFER_CONFIG', join(folder, 'config.json'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await db.destroy();
  await chain.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function writeConfig(rpcUrls: readonly string[], change: object = {}): void {
  const { caip2, usdc, creditsAddress } = chain;
  const one = {
    caip2,
    rpcUrls,
    tokens: [{ symbol: 'USDC', address: usdc }],
    creditsAddress,
    startBlock: 0,
    devnet: true,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ chains: [{ ...one, ...change }] }));
}

interface Done {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process: what it prints, and the code that it would end with. */
async function coffer(...args: readonly string[]): Promise<Done> {
  const program = new Command('coffer');
  addDeposits(program);
  addExplain(program.command('chain'));
  const everything = program.commands.flatMap((command) => [command, ...command.commands]);
  for (const command of everything) command.exitOverride().configureOutput({ writeErr: () => undefined });
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return { code: 0, stdout: lines.join('\n'), stderr: '' };
  } catch (error) {
    const code = error instanceof CommanderError ? EXIT.usage : exitCodeOf(error);
    return { code, stdout: '', stderr: error instanceof Error ? error.message : '' };
  } finally {
    log.mockRestore();
  }
}

/** What a command that succeeds prints as JSON. */
async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await coffer(...args, '--json');
  expect([code, stderr]).toEqual([0, '']);
  const parsed: unknown = JSON.parse(stdout);
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('an object was expected');
  return { ...parsed };
}

/** Reads the chain until the transaction's deposit is in that state; answers its id. */
async function readUntil(txHash: string, state: string): Promise<string> {
  const run = runDetector({ chains: [configOf(chain)], databaseUrl: database.appUrl });
  try {
    await eventually(
      async () => {
        await chain.mine();
        return listAllDeposits(db, chain.caip2);
      },
      (rows) => rows.some((row) => row.tx_hash === txHash && row.state === state),
    );
  } finally {
    await run.detector.stop();
  }
  const found: { rows: { id: string }[] } = await db.raw('SELECT id FROM deposit WHERE tx_hash = ?', [txHash]);
  return found.rows[0]?.id ?? '';
}

const send = async (amountMicros: bigint): Promise<string> =>
  (await chain.send({ from: sender, to: chain.creditsAddress, amountMicros })).txHash;

describe('coffer deposits', () => {
  it('lists, shows, notes, ignores and assigns what found nobody; the detector credits it then', async () => {
    const txHash = await send(7_000_000n);
    const id = await readUntil(txHash, 'unmatched');
    const listed = await json('deposits', 'list', '--state', 'unmatched', '--reason', 'unknown_sender');
    expect(listed['deposits']).toMatchObject([{ id, txHash, amountUsd: '7.00', symbol: 'USDC', acts: [] }]);
    expect((await coffer('deposits', 'list')).stdout).toContain('7.00 USD');
    await json('deposits', 'note', id, 'who is this?');
    expect(await json('deposits', 'ignore', id, '--reason', 'spam')).toMatchObject({
      state: 'ignored',
      setAside: true,
    });
    const org = await newOrg(db, chain.caip2, []);
    expect(await json('deposits', 'assign', id, '--org', org, '--reason', 'no spam')).toMatchObject({
      state: 'confirming',
      assignment: { org, by: 'admin', actor: `cli:${userInfo().username}` },
      acts: [
        { action: 'assign', words: 'no spam' },
        { action: 'ignore', words: 'spam' },
        { action: 'note', words: 'who is this?' },
      ],
    });
    await readUntil(txHash, 'credited');
    const shown = await coffer('deposits', 'show', id);
    expect(shown.stdout).toContain(`${id}  credited`);
    expect(shown.stdout).toContain('assign: no spam');
  });

  it('says why not: 1 for what is credited, 4 for what is not there, 2 for what is no value', async () => {
    const txHash = await send(1n);
    const id = await readUntil(txHash, 'unmatched');
    const [org, other] = [await newOrg(db, chain.caip2, []), await newOrg(db, chain.caip2, [])];
    await json('deposits', 'assign', id, '--org', org, '--reason', 'r');
    const taken = await coffer('deposits', 'assign', id, '--org', other, '--reason', 'r');
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('given to another org')]);
    expect((await coffer('deposits', 'show', org)).code).toBe(4);
    expect((await coffer('deposits', 'assign', id, '--org', id, '--reason', 'r')).code).toBe(4);
    expect((await coffer('deposits', 'list', '--state', 'lost')).code).toBe(2);
    expect((await coffer('deposits', 'ignore', id)).code).toBe(2);
  });
});

describe('coffer chain explain', () => {
  it('tells every sight, vote and act of what was seen, and the entry that credited it', async () => {
    const org = await newOrg(db, chain.caip2, [sender]);
    const txHash = await send(3_000_000n);
    const id = await readUntil(txHash, 'credited');
    await json('deposits', 'note', id, 'looked at');
    const { chains, live } = await json('chain', 'explain', txHash);
    expect(live).toEqual([]);
    expect(chains).toMatchObject([
      {
        chain: chain.caip2,
        deposits: [{ id, state: 'credited', org, outcome: 'credited', acts: [{ words: 'looked at' }] }],
        observations: [{ ordinal: 0, amount: '3000000', orphanedAt: null }],
        stand: { lease: { fence: expect.any(String) } },
        freezes: [],
      },
    ]);
    const { stdout } = await coffer('chain', 'explain', txHash, '--live');
    expect(stdout).toContain('Credited as entry ent_');
    expect(stdout).toContain('looked at');
    expect(stdout).toContain('seen 2');
    expect(stdout).toContain('should have been recorded and was not');
  });

  it('asks the RPCs about what was never seen, and says why it is not credited', async () => {
    const lookAlike = await chain.deployLookAlike();
    const order = { from: sender, to: chain.creditsAddress, amountMicros: 5n };
    const elsewhere = await chain.send({ ...order, to: chain.accounts[1] ?? '' });
    const foreign = await chain.send({ ...order, token: lookAlike });
    const reverted = await chain.sendReverted(order);
    const unread = await chain.send(order);
    for (const [txHash, why] of [
      [`0x${'7'.repeat(63)}`, 'in no block of this chain'],
      [elsewhere.txHash, 'which is not an address of ours'],
      [foreign.txHash, 'this token is not configured'],
      [reverted.txHash, 'was reverted'],
      [unread.txHash, 'has not been read yet'],
    ] as const) {
      const { stdout, code } = await coffer('chain', 'explain', txHash);
      expect([code, stdout]).toEqual([0, expect.stringContaining('the detector has never seen it')]);
      expect(stdout).toContain(why);
    }
    writeConfig([chain.rpcUrl], { knownTokens: [{ symbol: 'USDC.e', address: lookAlike }] });
    expect((await coffer('chain', 'explain', foreign.txHash)).stdout).toContain('USDC.e to us');
    writeConfig(['http://127.0.0.1:1', chain.rpcUrl], { caip2: 'starknet:SN_MAIN' });
    const { live } = await json('chain', 'explain', foreign.txHash);
    expect(live).toMatchObject([
      { says: [expect.stringContaining('It does not answer: network')] },
      { says: [expect.stringContaining(`It serves ${chain.caip2}, not starknet:SN_MAIN`)] },
    ]);
    writeConfig([chain.rpcUrl]);
    expect((await coffer('chain', 'explain', 'no hash')).code).toBe(2);
    expect((await coffer('chain', 'explain', foreign.txHash, '--chain', 'eip155:1')).code).toBe(4);
  });
});
