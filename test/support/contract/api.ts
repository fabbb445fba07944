/** The service with the fake Stripe behind it, for the tests of the contract's rows; its end checks the books. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeAccount } from '../../../devnet/stripe/account.ts';
import { startFakeStripe, type FakeStripe } from '../../../devnet/stripe/fake.ts';
import { expectBooksBalance } from '../reports/books.ts';
import { startTestApi, type TestApi } from '../http/api.ts';

/** The secret that signs the platform's webhooks. */
export const WEBHOOK_SECRET = 'whsec_of_the_platform';
/** The secret that signs the webhooks of the platform's account at Creem. */
export const CREEM_SECRET = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
/** How long what happens at the provider may take until it is seen. */
export const PATIENCE = { timeout: 20_000, interval: 200 };

export interface ContractApi extends TestApi {
  readonly stripe: FakeStripe;
  /** The platform's account. */
  readonly shop: FakeAccount;
  /** A key of an operator. */
  readonly adminKey: string;
  /** Closes it; the trial balance must be zero. */
  stop(): Promise<void>;
}

/**
 * Opens the service in test mode with the platform's account at the fake.
 * @param more further settings of its file
 * @param hook where the fake's events go
 */
export async function openContractApi(more: object = {}, hook = '/webhooks/stripe'): Promise<ContractApi> {
  const stripe = await startFakeStripe();
  const shop = stripe.addAccount();
  const folder = mkdtempSync(join(tmpdir(), 'coffer-contract-'));
  const files = ['key', 'secret', 'creem-key', 'creem-secret'].map((name) => join(folder, name));
  const [secretKeyFile = '', secretFile = '', creemKeyFile = '', creemSecretFile = ''] = files;
  writeFileSync(secretKeyFile, shop.createKey());
  writeFileSync(secretFile, WEBHOOK_SECRET);
  writeFileSync(creemKeyFile, 'creem_test_of_the_platform');
  writeFileSync(creemSecretFile, CREEM_SECRET);
  const api = await startTestApi('first_come', undefined, {
    payments: {
      mode: 'test',
      redirectOrigins: ['https://shop.example'],
      stripe: { secretKeyFile, webhookSecretFiles: [secretFile], apiUrl: stripe.url },
      // Nobody answers there: what comes in is verified and stored all the same.
      creem: { secretKeyFile: creemKeyFile, webhookSecretFiles: [creemSecretFile], apiUrl: 'http://127.0.0.1:9' },
    },
    webhooks: { allowPrivate: ['127.0.0.1/32'] },
    ...more,
  });
  shop.addEndpoint(api.url() + hook, { secret: WEBHOOK_SECRET });
  return {
    ...api,
    restart: async () => {
      await api.restart();
      shop.addEndpoint(api.url() + hook, { secret: WEBHOOK_SECRET });
    },
    stripe,
    shop,
    adminKey: await api.createKey({ kind: 'admin' }),
    stop: async () => {
      try {
        await expectBooksBalance(api.db);
      } finally {
        await api.stop();
        await stripe.stop();
        rmSync(folder, { recursive: true });
      }
    },
  };
}
