import { expect, test } from 'vitest';
import type { ProductView } from '../../views/product.ts';
import { drawProducts } from './table.ts';

const product: ProductView = {
  product_id: '0197c0de-0000-7000-8000-000000000001',
  name: 'Starter',
  billing_model: 'one_time',
  price_cents: 999n,
  amount_micros: 10_000_000n,
  currency: 'usd',
  active: true,
  mode: 'test',
  stripe_product_id: 'prod_1',
  stripe_price_id: 'price_1',
  created_at: '2026-11-30T00:00:00.000Z',
};
const gone = { ...product, product_id: '0197c0de-0000-7000-8000-000000000002', name: 'Penny', price_cents: 1n };
const products = [product, { ...gone, amount_micros: 600n, active: false }];

test('the table has heavy lines around its head and light ones below', () => {
  expect(drawProducts('acme', products, false)).toBe(
    `
                                  Products (org: acme)
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━┳━━━━━━━┳━━━━━━━━━┳━━━━━━━━━━┳━━━━━━━━┓
┃ ID                                   ┃ Name    ┃ Price ┃ Deposit ┃ Type     ┃ Active ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━╇━━━━━━━╇━━━━━━━━━╇━━━━━━━━━━╇━━━━━━━━┩
│ 0197c0de-0000-7000-8000-000000000001 │ Starter │ $9.99 │ $10.00  │ one_time │ ✓      │
│ 0197c0de-0000-7000-8000-000000000002 │ Penny   │ $0.01 │ $0.0006 │ one_time │        │
└──────────────────────────────────────┴─────────┴───────┴─────────┴──────────┴────────┘`.slice(1),
  );
});

test('in a pipe it is plain text', () => {
  expect(drawProducts('acme', products, true)).toBe(
    `
Products (org: acme)
ID                                    Name     Price  Deposit  Type      Active
0197c0de-0000-7000-8000-000000000001  Starter  $9.99  $10.00   one_time  ✓
0197c0de-0000-7000-8000-000000000002  Penny    $0.01  $0.0006  one_time`.slice(1),
  );
});

test('a name can neither break a row nor draw lines of its own', () => {
  const drawn = drawProducts('acme', [{ ...product, name: 'a\nb' }], true);
  expect(drawn.split('\n')).toHaveLength(3);
});
