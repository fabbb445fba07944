/** What one Creem account has in one mode: its objects, and how they are shown with those that they name. */
import type { Schedule } from '../stripe/schedule.ts';
import type { Checkout, CreemEvent, Mode, Shown, Stored } from './objects.ts';

/** A refusal of a call. */
export class CreemRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const PREFIXES: Readonly<Record<keyof Stored, string>> = {
  product: 'prod',
  customer: 'cust',
  order: 'ord',
  transaction: 'tran',
  subscription: 'sub',
  checkout: 'ch',
  refund: 'ref',
  dispute: 'disp',
};

export interface BooksParts {
  readonly mode: Mode;
  readonly schedule: Schedule;
  /** Called with each event. */
  readonly send: (event: CreemEvent) => void;
  readonly random: () => number;
}

export class Books {
  readonly mode: Mode;
  readonly schedule: Schedule;
  /** Words that answers and events have in place of known ones: as if Creem had introduced them. */
  readonly words = new Map<string, string>();
  /** Whether refunds by the API are accepted first and made later; see `settleRefunds`. */
  pendingRefunds = false;
  /** Subscriptions whose card is declined from now on. */
  readonly declining = new Set<string>();
  /** Whether subscriptions lack the metadata of their checkout. */
  bareSubscriptions = false;
  /** How long after the payment of a checkout the first period of its subscription begins. */
  firstPeriodDelayMs = 0;
  readonly #send: (event: CreemEvent) => void;
  readonly #random: () => number;
  readonly #all: { [Kind in keyof Stored]: Map<string, Stored[Kind]> } = {
    product: new Map(),
    customer: new Map(),
    order: new Map(),
    transaction: new Map(),
    subscription: new Map(),
    checkout: new Map(),
    refund: new Map(),
    dispute: new Map(),
  };

  constructor(parts: BooksParts) {
    this.mode = parts.mode;
    this.schedule = parts.schedule;
    this.#send = parts.send;
    this.#random = parts.random;
  }

  newId(kind: keyof Stored | 'evt'): string {
    const text = Array.from({ length: 22 }, () => Math.floor(this.#random() * 36).toString(36)).join('');
    return `${kind === 'evt' ? 'evt' : PREFIXES[kind]}_${text}`;
  }

  iso(atMs = this.schedule.nowMs()): string {
    return new Date(atMs).toISOString();
  }

  add<Kind extends keyof Stored>(kind: Kind, object: Stored[Kind]): Stored[Kind] {
    this.#all[kind].set(object.id, object);
    return object;
  }

  /** @throws CreemRefusal 404 */
  get<Kind extends keyof Stored>(kind: Kind, id: string): Stored[Kind] {
    const found = this.#all[kind].get(id);
    if (found === undefined) throw new CreemRefusal(404, `${kind} not found`);
    return found;
  }

  has(kind: keyof Stored, id: string): boolean {
    return this.#all[kind].has(id);
  }

  /** All of a kind, oldest first. */
  list<Kind extends keyof Stored>(kind: Kind): Stored[Kind][] {
    return [...this.#all[kind].values()];
  }

  /** The checkout at which a transaction was paid, or its subscription begun. */
  checkoutOf(transaction: Stored['transaction']): Checkout | undefined {
    const { order, subscription } = transaction;
    return this.list('checkout').find(
      (one) => (order !== null && one.order === order) || (subscription !== null && one.subscription === subscription),
    );
  }

  /** Reports that something happened to an object, as it is now. */
  emit(eventType: string, object: Shown): void {
    this.#send({ id: this.newId('evt'), eventType, created_at: Math.floor(this.schedule.nowMs()), object });
  }

  /** An object as answers have it, with those that it names where Creem shows them whole. */
  show(kind: keyof Stored, id: string): Shown {
    return this.renamed({ ...SHOWN[kind](this, id) });
  }

  /** Puts the new words in place. */
  renamed(object: Shown): Shown {
    const replaced = Object.entries(object).map(([name, value]) => {
      const isWord = typeof value === 'string' && (name === 'status' || name === 'type' || name === 'mode');
      return [name, isWord ? (this.words.get(value) ?? value) : value] as const;
    });
    return Object.fromEntries(replaced);
  }
}

const plain =
  (kind: keyof Stored) =>
  (books: Books, id: string): Shown => ({ ...books.get(kind, id) });

/** Nothing is shown of a field that is not there yet. */
function whole(books: Books, kind: keyof Stored, id: string | null | undefined): Shown | undefined {
  return id === null || id === undefined ? undefined : books.show(kind, id);
}

/** What a refund and a dispute show beside themselves. */
function ofTransaction(books: Books, id: string): Shown {
  const transaction = books.get('transaction', id);
  const checkout = books.checkoutOf(transaction);
  return {
    transaction: books.show('transaction', id),
    checkout: whole(books, 'checkout', checkout?.id),
    order: whole(books, 'order', transaction.order),
    subscription: whole(books, 'subscription', transaction.subscription),
    customer: whole(books, 'customer', transaction.customer),
  };
}

const SHOWN: Readonly<Record<keyof Stored, (books: Books, id: string) => Shown>> = {
  product: plain('product'),
  customer: plain('customer'),
  order: plain('order'),
  transaction: plain('transaction'),
  subscription: (books, id) => {
    const { product, customer, last_transaction_id: last, ...rest } = books.get('subscription', id);
    const linked = { product: books.show('product', product), customer: books.show('customer', customer) };
    // Nothing is paid in a trial.
    return { ...rest, ...linked, last_transaction_id: last === '' ? undefined : last };
  },
  checkout: (books, id) => {
    const { product, order, customer, subscription, ...rest } = books.get('checkout', id);
    return {
      ...rest,
      product: books.show('product', product),
      order: whole(books, 'order', order),
      customer: whole(books, 'customer', customer),
      subscription,
    };
  },
  refund: (books, id) => {
    const { transaction, ...rest } = books.get('refund', id);
    return { ...rest, ...ofTransaction(books, transaction) };
  },
  dispute: (books, id) => {
    const { transaction, ...rest } = books.get('dispute', id);
    return { ...rest, ...ofTransaction(books, transaction) };
  },
};
