import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../src/config/config.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../devnet/child.ts';
import { requestReorg, requestSend, serveControl } from '../../devnet/control-server.ts';
import { findStarknetDevnet } from '../../devnet/starknet-binary.ts';
import { startWorld, type DevChain } from '../../devnet/world.ts';
import { makeCofferConfig } from '../../devnet/world-files.ts';

const DEATH_TIMEOUT_MS = 5_000;

const startEvm = async (): Promise<DevChain> => {
  const world = await startWorld({ starknet: false, blockTimeSeconds: 0, evm: { accounts: 6 } });
  return z.custom<DevChain>((value) => value !== undefined).parse(world.evm);
};
const startStarknet = async (node: 'devnet' | 'simulator'): Promise<DevChain> => {
  const world = await startWorld({ evm: false, blockTimeSeconds: 0, starknet: { node, accounts: 6 } });
  return z.custom<DevChain>((value) => value !== undefined).parse(world.starknet);
};
const legs: { name: string; start: () => Promise<DevChain> }[] = [
  { name: 'anvil', start: startEvm },
  { name: 'simulator', start: async () => startStarknet('simulator') },
];
if ((await findStarknetDevnet()) !== undefined || process.env['COFFER_REQUIRE_STARKNET_DEVNET'] === '1') {
  legs.push({ name: 'starknet-devnet', start: async () => startStarknet('devnet') });
} else {
  console.log('devnet-world: no starknet-devnet binary here, so the leg "starknet-devnet" is not in this run');
}

describe.each(legs)('a development chain on $name', ({ start }) => {
  let chain: DevChain;
  let senders: string[];

  beforeAll(async () => {
    chain = await start();
    senders = chain.accounts.slice(0, 4);
    for (const sender of senders) await chain.faucet(sender, 1_000n);
    return async () => chain.stop();
  });

  test('moves exactly what was sent, many at a time and many in one transaction', async () => {
    const before = await chain.balanceOf(chain.creditsAddress);
    const orders = senders.flatMap((from) => [1n, 2n, 3n].map((amountMicros) => ({ from, amountMicros })));
    const sent = await Promise.all(orders.map((one) => chain.send({ ...one, to: chain.creditsAddress })));
    expect(new Set(sent.map((one) => one.txHash)).size).toBe(orders.length);
    const to = chain.creditsAddress;
    await chain.sendMany({
      from: senders[0] ?? '',
      transfers: [
        { to, amountMicros: 5n },
        { to, amountMicros: 5n },
      ],
    });
    expect((await chain.balanceOf(to)) - before).toBe(24n + 10n);
    expect(await chain.balanceOf(senders[0] ?? '')).toBe(1_000n - 6n - 10n);
  });

  test('a reverted transfer and a look-alike token move no USDC', async () => {
    const before = await chain.balanceOf(chain.creditsAddress);
    const from = senders[1] ?? '';
    const reverted = await chain.sendReverted({ from, to: chain.creditsAddress, amountMicros: 4n });
    expect(reverted.blockNumber).toBeGreaterThan(0);
    const token = await chain.deployLookAlike();
    expect(token).not.toBe(chain.usdc);
    await chain.send({ from, to: chain.creditsAddress, amountMicros: 4n, token });
    expect(await chain.balanceOf(chain.creditsAddress)).toBe(before);
  });

  test('a reorg takes the newest blocks back and keeps the height; an uncovered transfer is an error', async () => {
    const before = await chain.balanceOf(chain.creditsAddress);
    const from = senders[2] ?? '';
    const sent = await chain.send({ from, to: chain.creditsAddress, amountMicros: 9n });
    await chain.mine(2);
    const head = await chain.head();
    expect(head).toBe(sent.blockNumber + 2);
    await chain.reorg(3);
    expect([await chain.head(), await chain.balanceOf(chain.creditsAddress)]).toEqual([head, before]);
    await chain.send({ from, to: chain.creditsAddress, amountMicros: 9n });
    expect(await chain.balanceOf(chain.creditsAddress)).toBe(before + 9n);
    await expect(chain.send({ from, to: chain.creditsAddress, amountMicros: 10_000n })).rejects.toThrow('revert');
  });

  test('a reorg can keep transactions, in another block; a rollback puts nothing in the place of what it takes', async () => {
    const from = senders[2] ?? '';
    await chain.mine();
    const before = await chain.balanceOf(chain.creditsAddress);
    const sent = await chain.send({ from, to: chain.creditsAddress, amountMicros: 3n });
    await chain.mine(2);
    const head = await chain.head();
    await chain.reorg(3, [{ txHash: sent.txHash, offset: 2 }]);
    expect([await chain.head(), await chain.balanceOf(chain.creditsAddress)]).toEqual([head, before + 3n]);
    await chain.reorg(2, [{ txHash: sent.txHash, offset: 0 }]);
    expect([await chain.head(), await chain.balanceOf(chain.creditsAddress)]).toEqual([head, before + 3n]);
    await chain.rollback(2);
    expect([await chain.head(), await chain.balanceOf(chain.creditsAddress)]).toEqual([head - 2, before]);
    await chain.mine(2);
  });

  test('whoever plays with it is told what a reorg replaced, and cannot take away what it stands on', async () => {
    const control = await serveControl([chain]);
    const { url } = control;
    try {
      const { caip2, creditsAddress: to } = chain;
      const sent = await requestSend(url, { caip2, from: senders[3] ?? '', to, amountMicros: '2' });
      await chain.mine();
      const replaced = await requestReorg(url, { caip2, depth: 2 });
      const [first, second] = replaced.blocks;
      expect(first?.gone.map(BigInt)).toEqual([BigInt(sent.txHash)]);
      expect([first?.number, second?.number]).toEqual([sent.blockNumber, sent.blockNumber + 1]);
      expect(replaced).toMatchObject({ caip2, head: sent.blockNumber + 1 });
      expect((await requestReorg(url, { caip2, depth: 100 })).blocks.length).toBeLessThan(100);
      await expect(requestReorg(url, { caip2: 'eip155:9', depth: 1 })).rejects.toThrow('no chain eip155:9');
    } finally {
      await control.stop();
    }
  });

  test('its configuration is one that Coffer accepts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'coffer-world-'));
    const path = join(folder, 'coffer.json');
    await writeFile(path, JSON.stringify(makeCofferConfig([chain])));
    const config = readConfig({ COFFER_CONFIG: path });
    await rm(folder, { recursive: true });
    expect(config.chains.map((one) => [one.caip2, one.devnet])).toEqual([[chain.caip2, true]]);
  });
});

describe('programs that the devnet starts', () => {
  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test('are gone after stop()', async () => {
    const child = await startChild('sleep', ['60']);
    expect(isAlive(child.pid)).toBe(true);
    await child.stop();
    expect(isAlive(child.pid)).toBe(false);
  });

  test('are gone when their parent is killed without warning', async () => {
    const code = `const { startChild } = await import(${JSON.stringify(new URL('../../devnet/child.ts', import.meta.url).href)});
      console.log((await startChild('sleep', ['60'])).pid); setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(parent.stdout, 'data'));
    const pid = z.coerce.number().int().parse(line.toString('utf8').trim());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    const deadline = Date.now() + DEATH_TIMEOUT_MS;
    while (isAlive(pid) && Date.now() < deadline) await sleep(20);
    expect(isAlive(pid)).toBe(false);
  });

  test('that cannot be started are an error that names them', async () => {
    await expect(startChild('/nowhere/anvil', [])).rejects.toThrow('cannot start /nowhere/anvil');
  });
});
