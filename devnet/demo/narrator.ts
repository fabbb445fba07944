import type { LogLine } from '../service.ts';

/** Explains the detector's log lines as they arrive, and lets a step of the demo wait for one of them. */
export class Narrator {
  readonly #say: (line: string) => void;
  readonly #heard = new Set<string>();
  readonly #told = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Reads one log line of the service. */
  hear(line: LogLine): void {
    const { event, txHash } = line;
    if (typeof event !== 'string' || typeof txHash !== 'string') return;
    const name = `${event} ${txHash}`;
    this.#heard.add(name);
    this.#waiting.get(name)?.();
    const sentence = tell(event, line);
    // Rounds log unchanged states again; each is shown once.
    if (sentence === undefined || this.#told.has(txHash + sentence)) return;
    this.#told.add(txHash + sentence);
    this.#say(`  ${sentence}`);
  }

  /** Resolves once an event about a transaction has been logged; at once if it already was. */
  async heard(event: string, txHash: string, timeoutMs: number): Promise<void> {
    const name = `${event} ${txHash}`;
    if (this.#heard.has(name)) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`waited ${timeoutMs / 1000} s for ${name}`)), timeoutMs);
      this.#waiting.set(name, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

function tell(event: string, line: LogLine): string | undefined {
  const field = (name: string): string => {
    const value = line[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
  };
  const amount = `${field('amountUsd')} USDC on ${field('chain')}`;
  switch (event) {
    case 'deposit.seen':
      return `seen: ${amount}, block ${field('block')}`;
    case 'deposit.confirming':
      return `confirming ${field('n')} of ${field('m')}: ${amount}`;
    case 'deposit.credited':
      return `credited: ${amount}, entry ${field('entry')}, balance ${field('balanceUsd')}`;
    case 'deposit.unmatched':
      return `unmatched: ${amount} from an address that nobody has registered`;
    case 'deposit.orphaned':
      return `orphaned: a transfer on ${field('chain')} left the chain`;
    case 'deposit.reversed':
      return `reversed: ${amount}`;
    default:
      return undefined;
  }
}
