/** `coffer pay`: the commands about products and checkouts. */
import { InvalidArgumentError, type Command } from 'commander';
import { creditOf } from '../../core/billing/product.ts';
import { findRedirectProblem } from '../../core/billing/redirect.ts';
import { uuidV7 } from '../../core/ids.ts';
import { findCount } from '../../core/integers.ts';
import { inputHash } from '../../core/ledger/entry.ts';
import { AMOUNT_MICROS_MAX } from '../../core/money.ts';
import { findSession } from '../../db/billing/checkouts.ts';
import { findOrder } from '../../db/billing/orders.ts';
import { findProduct, listProducts, type Product } from '../../db/billing/products.ts';
import { viewOfProduct } from '../../views/product.ts';
import { CliError, EXIT, printTable } from '../context.ts';
import { readName, readOrderId } from '../options.ts';
import { payCommand, printMicros, rowsOf, withPay, type PayMeans, type PayOptions } from './means.ts';
import { drawProducts } from './table.ts';

const LIST_MAX = 1_000;
const PRICE_CENTS_MAX = 99_999_999n;

function readUpTo(max: bigint): (text: string) => bigint {
  return (text) => {
    const amount = findCount(text);
    if (amount !== undefined && amount > 0 && BigInt(amount) <= max) return BigInt(amount);
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${max}.`);
  };
}

function readSwitch(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new InvalidArgumentError('It must be true or false.');
}

interface NewOptions extends PayOptions {
  readonly name: string;
  readonly price: bigint;
  readonly amount: bigint;
}

async function add({ name, price: priceCents, amount: amountMicros, ...options }: NewOptions): Promise<void> {
  const product = await withPay(options, async ({ db, org, catalog }) => {
    const key = uuidV7(Date.now());
    const terms = { name, billingModel: 'one_time', priceCents, amountMicros } as const;
    const { id } = await catalog.create({ ...terms, org: org.id, key, hash: inputHash(key) });
    return getProduct({ db, org }, id);
  });
  if (options.json === true) return printMicros(viewOfProduct(product));
  console.log(`created ${product.id}  ${product.name}`);
}

async function list({ all, ...options }: PayOptions & { readonly all?: boolean }): Promise<void> {
  const { name, products } = await withPay(options, async ({ db, org, accounts, config }) => {
    const mode = (await accounts.describe(org.id)).mode ?? config.payments.mode;
    const page = { org: org.id, mode, inactiveToo: all === true, limit: LIST_MAX };
    return { name: org.externalId ?? org.name, products: (await listProducts(db, page)).map(viewOfProduct) };
  });
  if (options.json === true) return printMicros({ products });
  console.log(drawProducts(name, products, !process.stdout.isTTY));
}

async function show(id: string, options: PayOptions): Promise<void> {
  print(await withPay(options, async (means) => getProduct(means, id)), options);
}

interface ChangeOptions extends PayOptions {
  readonly name?: string;
  readonly active?: boolean;
}

async function change(id: string, { name, active, ...options }: ChangeOptions): Promise<void> {
  const product = await withPay(options, async (means) => {
    await means.catalog.change(means.org.id, id, { name, active });
    return getProduct(means, id);
  });
  print(product, options);
}

function print(product: Product, { json }: PayOptions): void {
  const view = viewOfProduct(product);
  if (json === true) printMicros(view);
  else printTable(['', ''], rowsOf(view));
}

async function getProduct({ db, org }: Pick<PayMeans, 'db' | 'org'>, id: string): Promise<Product> {
  const product = await findProduct(db, org.id, id);
  if (product) return product;
  throw new CliError(`the org has no product ${id}`, EXIT.notFound);
}

interface CheckoutOptions extends PayOptions {
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly savePaymentMethod?: boolean;
}

async function checkout(
  id: string,
  { successUrl, cancelUrl, savePaymentMethod, ...options }: CheckoutOptions,
): Promise<void> {
  const opened = await withPay(options, async (means) => {
    const { config, org, catalog, cashier } = means;
    const rules = { origins: config.payments.redirectOrigins, ownOrigin: '', isPerson: false };
    for (const url of [successUrl, cancelUrl]) {
      const problem = findRedirectProblem(url, rules);
      if (problem !== undefined) throw new CliError(`${url} ${problem}`, EXIT.usage);
    }
    const product = await getProduct(means, id);
    if (!product.active) throw new CliError('the product is no longer sold');
    const key = uuidV7(Date.now());
    return cashier.openCheckout({
      org: org.id,
      ownAccount: true,
      pack: null,
      product: id,
      name: product.name,
      item: await catalog.getPrice(org.id, id),
      ...creditOf(product),
      freeGiftCards: 0,
      successUrl,
      cancelUrl,
      saveMethod: savePaymentMethod === true,
      metadata: {},
      key,
      hash: inputHash(key),
    });
  });
  const view = { checkout_url: opened.url, session_id: opened.session, order_id: opened.order };
  if (options.json === true) printMicros(view);
  else printTable(['', ''], rowsOf(view));
}

async function verify(session: string, options: PayOptions): Promise<void> {
  const view = await withPay(options, async ({ db, org, cashier }) => {
    const found = await findSession(db, { org: org.id, session });
    if (!found) throw new CliError(`the org has no checkout ${session}`, EXIT.notFound);
    await cashier.verify(found.order);
    const state = (await findOrder(db, found.order))?.state ?? 'created';
    return { session_id: session, order_id: found.order, state, credited: state === 'credited' };
  });
  if (options.json === true) printMicros(view);
  else console.log(`the order ${view.order_id} is ${view.state}`);
}

/** Adds the commands about products and checkouts. */
export function addProducts(pay: Command): void {
  payCommand(pay, 'add-product', "make a product, and its counterpart in the org's Stripe account")
    .requiredOption('--name <name>', 'a name for people', readName)
    .requiredOption('--price <cents>', 'what it costs', readUpTo(PRICE_CENTS_MAX))
    .requiredOption('--amount <micros>', 'what it credits, in micro-dollars', readUpTo(AMOUNT_MICROS_MAX))
    .action(add);
  payCommand(pay, 'products', `list the products of an org, newest first, up to ${LIST_MAX}`)
    .option('--all', 'those that are no longer sold too')
    .action(list);
  payCommand(pay, 'product', 'show a product').argument('<id>', 'its id', readOrderId).action(show);
  payCommand(pay, 'update-product', 'rename a product, take it out of sale or put it back')
    .argument('<id>', 'its id', readOrderId)
    .option('--name <name>', 'a name for people', readName)
    .option('--active <true|false>', 'whether it is sold', readSwitch)
    .action(change);
  payCommand(pay, 'checkout', 'open a card checkout for a product')
    .argument('<product>', 'its id', readOrderId)
    .requiredOption('--success-url <url>', 'where the payer goes after paying')
    .requiredOption('--cancel-url <url>', 'where the payer goes otherwise')
    .option('--save-payment-method', 'keep the method for later purchases')
    .action(checkout);
  payCommand(pay, 'verify', 'ask Stripe what became of a checkout, and credit it once if it is paid')
    .argument('<session>', "the provider's id of it")
    .action(verify);
}
