/** An account at the fake: its keys, its endpoints, and its books in both modes. */
import { randomBytes } from 'node:crypto';
import { Books, type StoredEvent } from './books.ts';
import type { Deliveries, Endpoint } from './deliveries.ts';
import { IdempotencyKeys } from './idempotency.ts';
import { renderIn } from './versions.ts';
import type { Schedule } from './schedule.ts';

export type Mode = 'test' | 'live';

/** A key of an account. */
export interface AccountKey {
  readonly account: FakeAccount;
  readonly mode: Mode;
  /** What a restricted key may do, such as `event_read`; undefined: everything. */
  readonly permissions: readonly string[] | undefined;
}

export class FakeAccount {
  readonly id = `acct_${randomBytes(8).toString('hex')}`;
  readonly #books: Readonly<Record<Mode, Books>>;
  readonly #keys: Readonly<Record<Mode, IdempotencyKeys>> = {
    test: new IdempotencyKeys(),
    live: new IdempotencyKeys(),
  };
  readonly #endpoints: Readonly<Record<Mode, Endpoint[]>> = { test: [], live: [] };
  readonly #register: (text: string, key: AccountKey) => void;

  constructor(parts: {
    readonly schedule: Schedule;
    readonly deliveries: Deliveries;
    readonly random: () => number;
    readonly register: (text: string, key: AccountKey) => void;
  }) {
    const { schedule, deliveries, random } = parts;
    this.#register = parts.register;
    const open = (mode: Mode): Books => {
      const books: Books = new Books({
        schedule,
        livemode: mode === 'live',
        render: renderIn,
        onEvent: (event: StoredEvent) => {
          deliveries.send(event, this.#endpoints[mode]);
          if (event.id.startsWith('evt_twin') || random() >= deliveries.weather.twin) return;
          books.record({ ...event, id: books.newId('evt_twin'), pending_webhooks: 0 });
        },
      });
      return books;
    };
    this.#books = { test: open('test'), live: open('live') };
  }

  /** The objects and events of a mode. */
  books(mode: Mode = 'test'): Books {
    return this.#books[mode];
  }

  idempotencyKeys(mode: Mode): IdempotencyKeys {
    return this.#keys[mode];
  }

  /** A new key. @param permissions of a restricted key, such as `event_read`; a write permission includes reading */
  createKey(mode: Mode = 'test', permissions?: readonly string[]): string {
    const text = `${permissions ? 'rk' : 'sk'}_${mode}_${randomBytes(12).toString('hex')}`;
    this.#register(text, { account: this, mode, permissions });
    return text;
  }

  /** Sends the account's events to a URL from now on. */
  addEndpoint(
    url: string,
    {
      mode = 'test',
      secret,
      ...more
    }: { mode?: Mode; secret?: string; apiVersion?: string; types?: readonly string[] } = {},
  ): Endpoint {
    const endpoint: Endpoint = { url, secrets: [secret ?? newSecret()], disabled: false, ...more };
    this.#endpoints[mode].push(endpoint);
    return endpoint;
  }
}

/** A signing secret of an endpoint. */
export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64url')}`;
}
