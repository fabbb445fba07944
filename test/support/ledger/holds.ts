/** Calls about holds, for tests of what they promise. */
import { expect } from 'vitest';
import type { Answer, TestApi } from '../http/api.ts';
import { auditWallet, connect, depositOf } from './wallets.ts';

export const hold = { amountUsd: '5', serviceType: 'AI_API' };
export const card = { amountUsd: '1', serviceType: 'GIFT_CARD', useGiftCard: true };

export interface Customer {
  readonly org: string;
  readonly wallet: string;
  readonly key: string;
}

export interface HoldCalls {
  readonly post: (key: string, name: string, body: unknown) => Promise<Answer>;
  /** Opens a hold; returns its id. */
  readonly openHold: (key: string, body?: unknown) => Promise<string>;
  /** A customer with that many dollars and two free gift cards. */
  readonly createCardHolder: (usd: bigint) => Promise<Customer>;
  /** Audits a wallet; returns the types of its entries. */
  readonly audited: (wallet: string) => Promise<string[]>;
}

export function holdCalls(api: () => TestApi): HoldCalls {
  const post: HoldCalls['post'] = async (key, name, body) => api().call('POST', `/treasury/${name}`, { key, body });
  return {
    post,
    openHold: async (key, body = hold) => {
      const { status, json } = await post(key, 'hold', body);
      expect(status).toBe(200);
      return String(json['holdId']);
    },
    createCardHolder: async (usd) => {
      const customer = await api().createCustomer();
      const { command, ...rest } = depositOf(customer.wallet, usd);
      const withCards = command.op === 'credit' ? { ...command, giftCards: 2 } : command;
      await api().writer.submit({ ...rest, command: withCards });
      return customer;
    },
    audited: async (wallet) => {
      const client = await connect(api().database.ownerUrl);
      const entries = await auditWallet(client, wallet);
      await client.end();
      return entries.map(({ type }) => type);
    },
  };
}
