/** `coffer events listen` against the real service and a receiver as a customer writes one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startReceiver, type Receiver } from '../support/events/webhook-receiver.ts';
import { startTestApi, type TestApi } from '../support/http/api.ts';
import { startNode, type RunningProgram } from '../support/process/processes.ts';

const PATIENCE = { timeout: 30_000, interval: 100 };
let api: TestApi;
let receiver: Receiver;
beforeAll(async () => {
  api = await startTestApi('first_come');
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await api.stop();
});

/** Starts it, and lets the receiver know its secret. */
async function listen(...args: readonly string[]): Promise<RunningProgram> {
  const program = startNode(['src/cli/main.ts', 'events', 'listen', '--forward-to', receiver.url, ...args], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
  });
  let printed = '';
  program.child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
    const [secret] = /whsec_[A-Za-z0-9+/=]+/.exec(printed) ?? [];
    if (secret !== undefined) receiver.secrets = [secret];
  });
  await program.waitFor('Ctrl-C stops it');
  return program;
}

async function stop(program: RunningProgram): Promise<{ readonly code: number | null; readonly stdout: string }> {
  program.child.kill('SIGINT');
  return program.finished;
}

let senders = 0;
async function happen(key: string): Promise<void> {
  senders += 1;
  const address = `0x${String(senders).padStart(40, '1')}`;
  expect((await api.call('POST', '/treasury/register-sender', { key, body: { address } })).status).toBeLessThan(300);
}

const kinds = (): unknown[] => receiver.received.map(({ body }) => (JSON.parse(body) as { type: unknown }).type);

it('follows a log, signed, and goes on where it stopped', async () => {
  const { key, org } = await api.createCustomer(1n);
  const first = await listen('--org', org, '--types', 'sender.registered');
  await happen(key);
  await expect.poll(() => receiver.taken.length, PATIENCE).toBe(1);
  const stopped = await stop(first);
  expect(stopped.code).toBe(0);
  const [, cursor = ''] = /1 delivered, 0 failed; to go on: --after ([0-9]{16})\n$/.exec(stopped.stdout) ?? [];
  expect(cursor).not.toBe('');

  await happen(key);
  const second = await listen('--org', org, '--after', cursor, '--types', 'sender.registered');
  await happen(key);
  await expect.poll(() => receiver.taken.length, PATIENCE).toBe(3);
  expect((await stop(second)).code).toBe(0);
  expect([kinds(), receiver.received.every(({ verified }) => verified)]).toEqual([
    ['sender.registered', 'sender.registered', 'sender.registered'],
    true,
  ]);
}, 120_000);

it('says what a receiver answered, goes on after a failure, and sends again where it is told to', async () => {
  const { key, org } = await api.createCustomer(1n);
  receiver.received.length = 0;
  let answers = [500, 200, 302, 503, 200];
  receiver.behaviour = () => answers.shift() ?? 200;
  const once = await listen('--org', org, '--types', 'sender.registered');
  for (let at = 0; at < 3; at += 1) await happen(key);
  await expect.poll(() => receiver.received.length, PATIENCE).toBe(3);
  const ended = await stop(once);
  expect(ended.stdout).toMatch(/-> 500\n[^]*-> 200\n[^]*-> 302\n[^]*1 delivered, 2 failed/);
  expect(ended.code).toBe(1);

  answers = [503, 200];
  const again = await listen('--org', org, '--types', 'sender.registered', '--retry', '3');
  await happen(key);
  await expect.poll(() => receiver.received.length, PATIENCE).toBe(5);
  const retried = await stop(again);
  expect([retried.code, retried.stdout.includes('1 delivered, 0 failed')]).toEqual([0, true]);
  expect(receiver.received.at(-1)?.id).toBe(receiver.received.at(-2)?.id);
}, 120_000);

it.each([
  [['--forward-to', 'http://example.com/'], 2],
  [['--forward-to', 'http://127.0.0.1:9/', '--retry', 'x'], 2],
  [['--forward-to', 'http://127.0.0.1:9/', '--org', '00000000-0000-7000-8000-000000000000'], 4],
  [['--forward-to', 'http://127.0.0.1:9/', '--after', '0000000099999999'], 1],
] as const)('refuses %j', async (args, code) => {
  const refused = await startNode(['src/cli/main.ts', 'events', 'listen', ...args], {
    DATABASE_URL: api.database.appUrl,
    DATABASE_OWNER_URL: api.database.ownerUrl,
  }).finished;
  expect([refused.code, refused.stderr]).toEqual([code, expect.stringMatching(/^(coffer|error): /)]);
});
