/** The demo plays to its end, and every check in it passes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startNode } from '../support/process/processes.ts';

test('deposits on two chains and a card payment that is disputed and won add up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-demo-'));
  try {
    const { code, stdout, stderr } = await startNode(['devnet/demo.ts', '--once', '--folder', folder], {}).finished;
    expect([code, stderr]).toEqual([0, '']);
    const steps = stdout.split('\n').filter((line) => line.startsWith('== '));
    expect(steps.map((line) => line.slice(3).split(/[:,(]/)[0])).toEqual([
      'Two chains with test USDC',
      'Service and detector',
      'An org and its key',
      'One sender on each chain is registered',
      'A stranger sends USDC',
      'Acme registers the stranger’s address',
      'The detector is killed ',
      'Acme buys the pack Growth by card',
      'The payer disputes the payment',
      'The dispute is won',
      'Nothing doubled',
      'Ada has a wallet of her own',
      'She subscribes to the plan Pro at the fake Stripe',
      'A service charges her for what it did',
      'The test clock is moved on by a month',
    ]);
    expect(stdout).toContain('on chain 38.25, at the card provider 25.00, before its fees');
    expect(stdout).toContain('in the ledger 63.25, spendable 63.25');
    expect(stdout).toContain('renewed: 20000 credits for the second month, balance 38600');
    expect(stdout).toMatch(/click Pay on this page.*\n {2}http:\/\/127\.0\.0\.1:\d+\/pay\/cs_test_/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
