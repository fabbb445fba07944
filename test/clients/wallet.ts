/** A client of the universal wallet, made from its published pages alone. */
import { ask, objectsOf, readFields, Unexpected, type Answered, type Json } from './published.ts';

export interface Deduct {
  readonly user_id: string;
  readonly feature: string;
  readonly count?: number;
  readonly units?: number;
  readonly amount?: number;
  readonly idempotency_key?: string;
}

export interface Topup {
  readonly user_id: string;
  readonly amountDollars?: number;
  readonly amount_dollars?: number;
  readonly amount?: number;
  readonly product?: string;
  readonly returnUrl?: string;
  readonly success_url?: string;
  readonly cancel_url?: string;
}

/** What a deduct says: `allowed` is all that a product looks at before it works. */
export type Deducted =
  | { readonly allowed: true; readonly balanceBefore: number; readonly balanceAfter: number; readonly deducted: number }
  | { readonly allowed: false; readonly balanceBefore: number; readonly required: number };

const ALLOWED = { balanceBefore: 'number', balanceAfter: 'number', deducted: 'number' } as const;
const REFUSED = { balanceBefore: 'number', required: 'number' } as const;
const ITEM = {
  id: 'text',
  type: 'text',
  feature: 'text?',
  credits: 'number',
  balance_after: 'number',
  stripe_session_id: 'text?',
  created_at: 'time',
} as const;
const PAGES_MAX = 50;

/** Who calls: a product by its key, in the header of its own or as a bearer, or a user by their token. */
export type Credential = { readonly serviceKey: string } | { readonly bearer: string } | 'nobody';

function headersOf(credential: Credential): Record<string, string> {
  if (credential === 'nobody') return {};
  return 'serviceKey' in credential
    ? { 'x-wallet-service-key': credential.serviceKey }
    : { authorization: `Bearer ${credential.bearer}` };
}

export class WalletClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, credential: Credential) {
    this.#url = url;
    this.#headers = headersOf(credential);
  }

  /** A call of the wallet, whatever it answers. */
  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    return ask(`${this.#url}/io/wallet${path}`, { method, headers: this.#headers, body });
  }

  async #ok(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await this.call(method, path, body);
    if (answer.status !== 200) throw new Unexpected(`${method} ${path}`, answer);
    return answer.json;
  }

  /** Dollars that a user can spend. */
  async balance(user?: string): Promise<number> {
    const query = user === undefined ? '' : `?user_id=${encodeURIComponent(user)}`;
    const { credits } = readFields(await this.#ok('GET', `/balance${query}`), { credits: 'number', user_id: 'text' });
    return credits as number;
  }

  async deduct(deduct: Deduct): Promise<Deducted> {
    const json = await this.#ok('POST', '/deduct', deduct);
    const { allowed } = readFields(json, { allowed: 'flag' });
    return readFields(json, allowed === true ? ALLOWED : REFUSED) as unknown as Deducted;
  }

  async topupSession(topup: Topup): Promise<{ readonly url: string; readonly sessionId: string }> {
    const { url, sessionId } = readFields(await this.#ok('POST', '/topup-session', topup), {
      url: 'text',
      sessionId: 'text',
    });
    return { url: url as string, sessionId: sessionId as string };
  }

  /** All that moved a user's wallet, newest first, page by page. */
  async transactions(user?: string, limit = 2): Promise<Json[]> {
    const items: Json[] = [];
    let cursor = '';
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const about = user === undefined ? '' : `&user_id=${encodeURIComponent(user)}`;
      const json = await this.#ok('GET', `/transactions?limit=${limit}${about}${cursor}`);
      const { nextCursor } = readFields(json, { items: 'list', nextCursor: 'text?' });
      items.push(...objectsOf(json['items']).map((item) => readFields(item, ITEM)));
      if (typeof nextCursor !== 'string') return items;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
    throw new Error('the transactions do not come to an end');
  }

  async rates(): Promise<Json[]> {
    const { rates } = readFields(await this.#ok('GET', '/rates'), { rates: 'list' });
    return objectsOf(rates).map((rate) =>
      readFields(rate, { feature: 'text', label: 'text', credits: 'number', unit: 'text' }),
    );
  }
}
