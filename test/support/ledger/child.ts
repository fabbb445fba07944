/**
 * A process that writes a ledger until it is asked to stop, or dies. It prints each request before it is sent, and its
 * answer, one line each: `ask <key> <usd>`, `done <key> <seq> <replayed>`, `refused <key> <code>`.
 * Arguments: URL, wallet, mode (`once <file>`: 50 debits of 1 once the file is there; `load`; `locked`: load, in which every
 * batch has to take the locked form).
 */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../../src/core/clock.ts';
import { Refusal } from '../../../src/core/errors.ts';
import { uuidV7 } from '../../../src/core/ids.ts';
import { LedgerConnection } from '../../../src/db/ledger/connection.ts';
import { LedgerLane } from '../../../src/db/ledger/lane.ts';
import type { Outcome, Submission } from '../../../src/db/ledger/submission.ts';
import { ContendedConnection } from './contended-connection.ts';
import { debitOf, depositOf } from './wallets.ts';

const CALLERS = 8;
const [url = '', wallet = '', mode = '', file = ''] = process.argv.slice(2);

const lane = new LedgerLane({
  connection: mode === 'locked' ? new ContendedConnection(url, systemClock) : new LedgerConnection(url, systemClock),
  clock: systemClock,
  deadlineMs: 20_000,
  limits: { batchSizeMax: 100, queueLengthMax: 1_000, headsMax: 100 },
  onTrouble: () => undefined,
});

function say(...words: (string | number | boolean)[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}

async function ask(submission: Submission): Promise<Outcome | undefined> {
  try {
    const outcome = await lane.submit(submission);
    say('done', submission.key, outcome.entries[0]?.seq ?? 0, outcome.replayed);
    return outcome;
  } catch (error) {
    say('refused', submission.key, error instanceof Refusal ? error.code : String(error));
    return undefined;
  }
}

async function once(): Promise<void> {
  say('ready');
  while (!existsSync(file)) await sleep(2);
  await Promise.all(Array.from({ length: 50 }, async () => ask(debitOf(wallet, 1n))));
  await lane.stop();
}

async function load(): Promise<void> {
  for (let usd = 1n; ; usd = (usd % 5n) + 1n) {
    const key = uuidV7(Date.now());
    say('ask', key, String(usd));
    // Deposits open lots, so that the batch touches all its tables.
    await ask(usd === 1n ? depositOf(wallet, 20n, key) : debitOf(wallet, usd, key));
  }
}

if (mode === 'once') await once();
else await Promise.all(Array.from({ length: CALLERS }, load));
