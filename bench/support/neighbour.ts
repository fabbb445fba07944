/**
 * A caller that repeats one request over many connections until it is stopped, and reads what it gets. Arguments: a URL, the
 * connections, the method, the headers as JSON, and a body in which `KEY` becomes a new idempotency key each time.
 */
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { toCount } from '../../src/core/integers.ts';
import { uuidV7 } from '../../src/core/ids.ts';

const TOO_MANY = 429;
const PAUSE_MS = 50;
const [url = '', connections = '1', method = 'GET', headers = '{}', body = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
const sent: unknown = JSON.parse(headers);

async function ask(): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent, headers: sent as Record<string, string> }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
      answer.once('error', reject);
    });
    asked.once('error', reject);
    asked.end(body === '' ? undefined : body.replaceAll('KEY', () => uuidV7(Date.now())));
  });
}

async function repeat(): Promise<void> {
  for (;;) {
    const status = await ask();
    if (status === TOO_MANY) await sleep(PAUSE_MS);
    else if (status >= 400) throw new Error(`${method} ${url}: ${status}`);
  }
}

await Promise.all(Array.from({ length: toCount(connections) }, repeat));
