/** The service with a sign-in, for tests of what users have: people, and a key of the platform that acts for them. */
import { signInSettings, startIssuer, type Issuer } from '../../../devnet/issuer.ts';
import { walletId } from '../../../src/core/ids.ts';
import { openUserWallet } from '../../../src/db/access/users.ts';
import type { Answer, CallOptions } from '../http/api.ts';
import { depositOf } from '../ledger/wallets.ts';
import { openContractApi, type ContractApi } from './api.ts';

/** Longer than tests move the clock. */
const TOKEN_LIFE_SECONDS = 30 * 24 * 3_600;

/** Somebody who has signed in. */
export interface Person {
  readonly user: string;
  readonly wallet: string;
  readonly call: PeopleApi['serve'];
}

export interface PeopleApi extends ContractApi {
  readonly issuer: Issuer;
  /** A key of the platform that may spend. */
  readonly serviceKey: string;
  /** Somebody new, with a wallet that has so many dollars, or (undefined) with none. */
  readonly person: (usd?: bigint, claims?: Readonly<Record<string, unknown>>) => Promise<Person>;
  /** A call of the platform's service. */
  readonly serve: (method: string, path: string, body?: unknown, headers?: CallOptions['headers']) => Promise<Answer>;
}

/**
 * Opens it.
 * @param more further settings of its file
 * @param hook where the fake's events go
 */
export async function openPeopleApi(more: object = {}, hook?: string): Promise<PeopleApi> {
  const issuer = await startIssuer();
  const api = await openContractApi({ sso: signInSettings(issuer), ...more }, hook);
  const serviceKey = await api.createKey({ kind: 'platform', scopes: ['treasury:spend'] });
  let made = 0;
  return {
    ...api,
    issuer,
    serviceKey,
    serve: async (method, path, body, headers) =>
      api.call(method, path, { key: serviceKey, body, ...(headers && { headers }) }),
    person: async (usd, claims = {}) => {
      made += 1;
      const user = `person|${made}`;
      const key = await issuer.sign({ user, claims: { ...claims }, lifeSeconds: TOKEN_LIFE_SECONDS });
      const wallet = walletId({ kind: 'user', id: user });
      if (usd !== undefined) await openUserWallet(api.db, { id: user, at: new Date() });
      if (usd !== undefined && usd > 0n) await api.writer.submit(depositOf(wallet, usd));
      return {
        user,
        wallet,
        call: async (method, path, body, headers) => api.call(method, path, { key, body, ...(headers && { headers }) }),
      };
    },
    stop: async () => {
      await api.stop();
      await issuer.stop();
    },
  };
}

/** What the envelope of the credits surface has in it, as an object. */
export function dataOf({ json: { data } }: Answer): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null) throw new TypeError('the answer has no data');
  return { ...data };
}
