/** Balances and tokens on anvil and on the simulated Starknet node. */
import { hash } from 'starknet';
import { encodeFunctionData, toEventSelector, type Hex } from 'viem';
import { describe, expect, test } from 'vitest';
import { audit } from '../../detector/audit/audit.ts';
import type { RpcPool } from '../../detector/rpc/pool.ts';
import { TEST_USDC_ABI } from '../../devnet/evm-token.ts';
import { callRpc } from '../../devnet/json-rpc.ts';
import { startWorld, type World } from '../../devnet/world.ts';
import { listFreezes, releaseChain } from '../../src/db/chains/freezes.ts';
import { readReconciliation } from '../../src/db/chains/reconciliation.ts';
import { viewOfReconciliation, type ReconciledChainView } from '../../src/views/reconciliation.ts';
import { configOf, eventually, runDetector } from '../support/chains/bench.ts';
import { faultOf, LEGS, useQuorumBench, type Leg, type QuorumBench } from '../support/chains/quorum-bench.ts';

/** What a leg's token can be made to do, and tokens that are not what is configured. */
interface TokenTricks {
  pause(): Promise<void>;
  block(address: string): Promise<void>;
  /** Puts other code behind the token's address. */
  upgrade(): Promise<void>;
  deployWithDecimals(decimals: number): Promise<string>;
  deployWithSymbol(): Promise<string>;
}

type Tricks = Leg & { readonly tricks: () => TokenTricks };

/** PUSH1 n, PUSH1 0, MSTORE, PUSH1 32, PUSH1 0, RETURN: a contract that answers n to everything. */
const answers = (n: number): string => `0x60${n.toString(16).padStart(2, '0')}60005260206000f3`;
/** Answers 6 to decimals(), and the text USDC.e to everything else. */
const BRIDGED = [
  '0x60003560e01c63313ce56714604257',
  '602060005260066020527f',
  Buffer.from('USDC.e').toString('hex').padEnd(64, '0'),
  '60405260606000f3',
  '5b600660005260206000f3',
].join('');
const wordOf = (address: string): Hex => `0x${address.slice(2).padStart(64, '0')}`;

function evmTricks({ evm }: World): TokenTricks {
  if (!evm) throw new Error('anvil did not start');
  const emit = async (topics: readonly Hex[]): Promise<void> => {
    const data = encodeFunctionData({ abi: TEST_USDC_ABI, functionName: 'emitLog', args: [topics, '0x'] });
    await evm.callContract({ from: evm.owner, to: evm.usdc, data });
  };
  let deployed = 0;
  const deploy = async (code: string): Promise<string> => {
    deployed += 1;
    const address = `0x${deployed.toString(16).padStart(40, 'f')}`;
    await callRpc(evm.rpcUrl, 'anvil_setCode', [address, code]);
    return address;
  };
  return {
    pause: async () => emit([toEventSelector('Pause()')]),
    block: async (address) => emit([toEventSelector('Blacklisted(address)'), wordOf(address)]),
    upgrade: async () => {
      // The slot in which Circle's proxy keeps the address of its code.
      const slot = '0x7050c9e0f4ca769c69bd3a8ef740bc37934f8e2c036e5a723fd8ee048ed3f8c3';
      await callRpc(evm.rpcUrl, 'anvil_setStorageAt', [evm.usdc, slot, wordOf('0x1234')]);
    },
    deployWithDecimals: async (decimals) => deploy(answers(decimals)),
    deployWithSymbol: async () => deploy(BRIDGED),
  };
}

function starknetTricks({ starknet }: World): TokenTricks {
  if (starknet?.node !== 'simulator') throw new Error('the simulated node did not start');
  const { simulator, usdc } = starknet;
  const emit = async (name: string, ...more: string[]): Promise<void> => {
    simulator.emit([{ from_address: usdc, keys: [hash.getSelectorFromName(name), ...more], data: [] }]);
    return Promise.resolve();
  };
  return {
    pause: async () => emit('Paused'),
    block: async (address) => emit('Blocklisted', address),
    upgrade: async () => Promise.resolve(simulator.chain.setLayout(simulator.usdc, 'L0')),
    deployWithDecimals: async (decimals) => Promise.resolve(simulator.addToken({ decimals })),
    deployWithSymbol: async () => Promise.resolve(simulator.addToken({ symbol: 'USDC.e' })),
  };
}

function withTricks(leg: Leg, of: (world: World) => TokenTricks): Tricks {
  let world: World | undefined;
  const isEvm = leg.name === 'anvil';
  return {
    ...leg,
    start: async () => {
      const starknet = isEvm ? false : ({ node: 'simulator' } as const);
      world = await startWorld({ evm: isEvm, starknet, blockTimeSeconds: 0 });
      return world.evm ?? world.starknet;
    },
    tricks: () => of(world ?? { chains: [], stop: async () => Promise.resolve() }),
  };
}

const TRICKS = LEGS.map((leg) => withTricks(leg, leg.name === 'anvil' ? evmTricks : starknetTricks));

async function roundAndAudit(given: QuorumBench, pool: RpcPool): Promise<ReconciledChainView> {
  const { context, lease, db, chain, round } = given;
  await audit({ context, lease, pool, reach: await round(pool) });
  const { chains } = viewOfReconciliation(await readReconciliation(db, [chain.caip2]), Date.now());
  const [view] = chains;
  if (!view) throw new Error('no chain');
  return view;
}

const alarms = ({ lines }: QuorumBench, event: string): object[] => lines.filter((line) => line['event'] === event);

describe.each(TRICKS)('on $name', (leg) => {
  const bench = useQuorumBench(leg);

  test('what an address has is what came in less what went out, mints and payments to oneself included', async () => {
    const given = bench();
    const { chain, sender, pay } = given;
    const pool = given.poolOf(1);
    await pay(1_000n);
    await chain.faucet(chain.creditsAddress, 300n);
    const [own, other] = [chain.creditsAddress, chain.accounts[5] ?? sender];
    await chain.send({ from: own, to: other, amountMicros: 200n });
    await chain.send({ from: own, to: own, amountMicros: 50n });
    await chain.mine(3);
    const held = await chain.balanceOf(own);
    const view = await roundAndAudit(given, pool);
    expect(view).toMatchObject({ status: 'OK', deltaUsd: '0.00', gaps: [], addresses: { ok: 1 } });
    expect(held).toBeGreaterThanOrEqual(1_100n);
    expect(view.heldUsd).toBe(`0.00${String(held).padStart(4, '0')}`.replace(/0+$/, ''));
  });

  test('F15 A20 a log that every RPC leaves out is missing in the balance; it is told, located, and not credited', async () => {
    const given = bench();
    const { chain, proxies, pay, deposits, balance } = given;
    const pool = given.poolOf(1);
    await roundAndAudit(given, pool);
    await chain.mine(20);
    const { txHash, blockNumber } = await pay(7n);
    await chain.mine(20);
    proxies[0].addFault(faultOf(leg.logs, { kind: 'hideLogs', txHash }));
    const view = await roundAndAudit(given, pool);
    expect(view).toMatchObject({
      status: 'GAP',
      deltaUsd: '0.000007',
      gaps: [{ block: blockNumber, explainedBy: [] }],
    });
    expect(alarms(given, 'chain.balance_gap')).toMatchObject([{ block: blockNumber, unexplained: '7' }]);
    expect(await deposits()).toEqual([]);
    proxies[0].clearFaults();
    expect(await roundAndAudit(given, pool)).toMatchObject({ status: 'OK' });
    expect(await balance()).toBe(7n);
  });

  test('F15 A20 a log that is left out of ranges is found by its balance and credited by the ordinary path', async () => {
    const given = bench();
    const { chain, proxies, pay, deposits, balance } = given;
    const pool = given.poolOf(1);
    await roundAndAudit(given, pool);
    const { txHash, blockNumber } = await pay(7n);
    await chain.mine(5);
    const fault = proxies[0].addFault(faultOf(leg.logs, { kind: 'hideLogs', txHash }));
    await given.round(pool);
    expect(await deposits()).toEqual([]);
    proxies[0].removeFault(fault);
    const { context, lease } = given;
    // The audit before another reading of the range.
    const { target, hardFinal } = await pool.survey();
    await audit({ context, lease, pool, reach: { heights: { head: target.number, hardFinal }, target } });
    expect(await deposits()).toMatchObject([{ tx_hash: txHash }]);
    expect(await balance()).toBe(0n);
    expect(alarms(given, 'chain.balance_gap')).toMatchObject([{ block: blockNumber, unexplained: '0' }]);
    await given.round(pool);
    expect(await balance()).toBe(7n);
  });

  test.each([
    ['is paused', async (tricks: TokenTricks): Promise<void> => tricks.pause(), 'paused'],
    [
      'blocks the credits address',
      async (tricks: TokenTricks, own: string): Promise<void> => tricks.block(own),
      'blocked',
    ],
    ['runs other code', async (tricks: TokenTricks): Promise<void> => tricks.upgrade(), 'code'],
  ])('F45 a token that %s is an alarm, and nothing is credited until the release', async (_, change, kind) => {
    const given = bench();
    const { chain, db, pay, balance } = given;
    const pool = given.poolOf(1);
    await roundAndAudit(given, pool);
    await change(leg.tricks(), chain.creditsAddress);
    await chain.mine(1);
    await roundAndAudit(given, pool);
    expect(alarms(given, 'token.changed')).toMatchObject([{ kind }]);
    expect(await listFreezes(db, chain.caip2)).toMatchObject([{ kind: 'token' }]);
    await pay(9n);
    await given.round(pool);
    expect(await balance()).toBe(0n);
    await releaseChain(db, { chain: chain.caip2, by: 'me', at: new Date() });
    expect(await roundAndAudit(given, pool)).toMatchObject({ frozen: false });
    expect(await balance()).toBe(9n);
  });

  test('A09 A19 a token with other decimals, or of another name, is refused: nothing is read', async () => {
    const { chain, databaseUrl, db } = bench();
    const tricks = leg.tricks();
    for (const [address, why] of [
      [await tricks.deployWithDecimals(18), '18 decimals, not 6'],
      [await tricks.deployWithSymbol(), 'calls itself USDC.e'],
    ] as const) {
      const tokens = [{ symbol: 'USDC', address, decimals: 6 as const }];
      const { detector } = runDetector({ chains: [configOf(chain, { tokens })], databaseUrl, leaseTtlMs: 1_000 });
      try {
        // The lease of the bench is another process's; it is given up for this one.
        await db.raw('DELETE FROM lease');
        const status = await eventually(
          async () => Promise.resolve(detector.status()[0]),
          (one) => one?.problem !== undefined,
        );
        expect(status?.problem).toMatch(new RegExp(why));
        expect((await db.raw('SELECT 1 FROM chain_cursor')).rows).toEqual([]);
      } finally {
        await detector.stop();
      }
    }
  });
});

describe('a token that changes its layout while it is used', () => {
  const leg = TRICKS.find(({ name }) => name !== 'anvil');
  if (!leg) throw new Error('no Starknet leg');
  const bench = useQuorumBench(leg);

  test('F40 transfers of both layouts are read without a gap, and the class is told', async () => {
    const given = bench();
    const { chain, db, pay, balance } = given;
    const pool = given.poolOf(1);
    await pay(1n);
    await roundAndAudit(given, pool);
    await pay(2n);
    await leg.tricks().upgrade();
    await pay(4n);
    await pay(8n);
    await roundAndAudit(given, pool);
    expect(alarms(given, 'token.changed')).toMatchObject([{ kind: 'code' }]);
    await releaseChain(db, { chain: chain.caip2, by: 'me', at: new Date() });
    expect(await roundAndAudit(given, pool)).toMatchObject({ status: 'OK', gaps: [] });
    await given.round(pool);
    expect(await balance()).toBe(15n);
  });
});
