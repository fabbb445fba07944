/** The demo's card payments: a fake Stripe, a pack that is bought on its page, and a dispute that is won. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseUsd } from '../../src/core/money.ts';
import { call, say, step, textIn, totalOf, until, waitForBalance, type Actors } from './steps.ts';
import { startFakeStripe, type FakeStripe } from '../stripe/fake.ts';

const PRICE_USD = '25.00';
const MICROS_PER_CENT = 10_000n;

/** The fake Stripe and the platform's account there. */
export interface CardShop {
  /** Where the fake is, with the pages on which payers pay. */
  readonly url: string;
  /** A secret key of the account, for its holder. */
  readonly key: string;
  /** The part `payments` of the service's configuration file. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Another account at the fake, as an org has one of its own. @returns a secret key of it */
  addAccount(): string;
  /** Sends the account's webhooks to the service. */
  connect(serviceUrl: string): void;
  /** Binds customers that are made from now on to a test clock. */
  bindCustomersTo(clock: string): void;
  /** What the account took from payers and did not give back, in micros. */
  balanceMicros(): bigint;
  stop(): Promise<void>;
}

/** Starts the fake, with the key and the webhook secret in files of the folder. */
export async function openCardShop(folder: string): Promise<CardShop> {
  const stripe: FakeStripe = await startFakeStripe();
  const shop = stripe.addAccount();
  const [secretKeyFile, secretFile] = [join(folder, 'stripe-key'), join(folder, 'stripe-webhook')];
  const secret = `whsec_${crypto.randomUUID().replaceAll('-', '')}`;
  await writeFile(secretKeyFile, shop.createKey(), { mode: 0o600 });
  await writeFile(secretFile, secret, { mode: 0o600 });
  return {
    url: stripe.url,
    key: shop.createKey(),
    addAccount: () => stripe.addAccount().createKey(),
    bindCustomersTo: (clock) => void (shop.books().settings.testClock = clock),
    settings: { mode: 'test', stripe: { secretKeyFile, webhookSecretFiles: [secretFile], apiUrl: stripe.url } },
    connect: (serviceUrl) => void shop.addEndpoint(`${serviceUrl}/webhooks/stripe`, { secret }),
    balanceMicros: () => {
      const moved = shop.books().list('balance_transaction');
      return moved.reduce((sum, { amount }) => sum + BigInt(amount) * MICROS_PER_CENT, 0n);
    },
    stop: async () => stripe.stop(),
  };
}

/** Opens a checkout for the pack Growth. @returns the page on which it is paid */
export async function openCheckout(actors: Actors): Promise<string> {
  const urls = { successUrl: 'https://shop.example/thanks', cancelUrl: 'https://shop.example/' };
  return textIn(await call(actors, 'POST', '/treasury/checkout', { packId: 'growth', ...urls }), 'url');
}

/** A pack is paid by card; its payment is disputed, and the dispute is won. */
export async function payByCard(actors: Actors): Promise<void> {
  step('Acme buys the pack Growth by card, at a fake Stripe: 25.00 USD and 10 free gift cards');
  const before = await totalOf(actors);
  const page = await openCheckout(actors);
  say(`  the payer's page: ${page}`);
  await click(page, 'pay');
  await waitForBalance(actors, before + parseUsd(PRICE_USD));
  say('  paid: the webhook said where to look, the payment was read from the provider, and its order is credited');

  step('The payer disputes the payment: the bank takes the money back, and so does the ledger');
  await click(page, 'dispute');
  await until('the money to be taken back', async () => (await totalOf(actors)) === before);
  say('  taken back, with the gift cards: what was spent of it would be debt now');

  step('The dispute is won: the money returns, and the credit with it');
  await click(page, 'win');
  await waitForBalance(actors, before + parseUsd(PRICE_USD));
  const { freeGiftCards } = await call(actors, 'GET', '/treasury/balance');
  if (freeGiftCards !== 10) throw new Error(`10 free gift cards were expected, not ${String(freeGiftCards)}`);
  say('  back in the same lot, gift cards included');
}

/** Presses a button of the payer's page, as a person would. */
export async function click(page: string, button: string): Promise<void> {
  const answer = await fetch(`${page}/${button}`, { method: 'POST', redirect: 'manual' });
  if (answer.status !== 303) throw new Error(`the button ${button} of ${page} answered ${answer.status}`);
  say(`  clicked: ${button}`);
}
