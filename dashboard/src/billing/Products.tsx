/** What an org sells for its balance at its own payment account: the account, the products, and buying one. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { centsOf, readTyped, show, toMicros, toUsd, usdOfCents } from '../lib/money';
import { hrefOf, useRoute } from '../lib/route';
import { Ask, Dialog, FormEnd, Listed, usePages } from '../ui/lists';
import { Foreign, Heading, Link, Panel, Problem, State, Usd, type Tone } from '../ui/parts';
import { PaymentAccount } from './PaymentAccount';
import { mayManage, type OrgRole } from './Pages';

type Product = Answer<'/orgs/{org}/products'>['products'][number];
type Verdict = Answer<'/orgs/{org}/checkout/{session}/verify', 'post'>;

const PAGE = 50;
const LIVE_MS = 3_000;
/** States of a purchase that has come to its end. */
const OVER: readonly Verdict['state'][] = ['credited', 'failed', 'expired', 'cancelled', 'parked'];
const PURCHASE: Partial<Readonly<Record<Verdict['state'], readonly [tone: Tone, word: string]>>> = {
  credited: ['good', 'Credited'],
  failed: ['bad', 'The payment failed'],
  expired: ['quiet', 'The checkout is over; nothing was charged'],
  cancelled: ['quiet', 'Cancelled; nothing was charged'],
  parked: ['warn', 'Under review'],
};

/** The org of the pages, as a parameter of a call. */
const ofOrg = (): { readonly org: string } => ({ org: about.org ?? '' });

export function Products({ role }: { readonly role: OrgRole }) {
  const { query, set } = useRoute();
  const products = usePages(['org', about.org, 'products'], async (cursor) => {
    const { products: list, next_cursor: nextCursor } = await call('get', '/orgs/{org}/products', {
      params: ofOrg(),
      query: { include_inactive: 'true', limit: PAGE, cursor },
    });
    return { list, nextCursor };
  });
  const [isAdding, setAdding] = useState(false);
  const session = query.get('session');
  const canChange = mayManage(role);
  return (
    <>
      <Heading
        title="Products"
        about="Purchases by card at your own payment account: what each costs its payer, and what it adds to your balance."
        {...(canChange ? { aside: <Button onClick={() => setAdding(true)}>Add a product</Button> } : {})}
      />
      {session !== null && canChange ? <Purchase session={session} onDone={() => set({ session: null })} /> : null}
      <Panel title="Products">
        <Listed
          of={products}
          rows={({ list }) => list}
          lines={4}
          empty={[
            'No products',
            'A product is a card payment of a fixed price. Packs at our account are under Top up and need none.',
          ]}
        >
          {(all) => all.map((one) => <Row key={one.product_id} product={one} canChange={canChange} />)}
        </Listed>
      </Panel>
      <PaymentAccount canChange={canChange} />
      <Dialog title="Add a product" opened={isAdding} onClose={() => setAdding(false)}>
        <Add onDone={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function useChange(product: Product, onDone: () => void = () => undefined) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (active: boolean) =>
      call('patch', '/orgs/{org}/products/{id}', {
        params: { ...ofOrg(), id: product.product_id },
        body: { active },
      }),
    onSuccess: () => {
      onDone();
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
}

function Row({ product, canChange }: { readonly product: Product; readonly canChange: boolean }) {
  const { name, active, price_cents: price, amount_micros: credit, mode, product_id: id } = product;
  const [isAsking, setAsking] = useState(false);
  const off = useChange(product, () => setAsking(false));
  const on = useChange(product);
  const buy = useMutation({
    mutationFn: () => {
      const page = location.origin + hrefOf('/billing/products');
      return call('post', '/orgs/{org}/checkout', {
        params: ofOrg(),
        body: { product_id: id, success_url: `${page}?session={CHECKOUT_SESSION_ID}`, cancel_url: page },
        headers: { 'Idempotency-Key': crypto.randomUUID() },
      });
    },
    onSuccess: ({ checkout_url: url }) => {
      if (url !== null) location.assign(url);
    },
  });
  const failed = buy.error ?? on.error;
  return (
    <Stack gap={4} py="md" className="row">
      <Group justify="space-between" gap="sm">
        <Group gap="md">
          <Text fw={560} component="div">
            <Foreign>{name}</Foreign>
          </Text>
          {active ? <State tone="good">On sale</State> : <State tone="quiet">Not on sale</State>}
          {mode === 'test' ? (
            <Text size="sm" c="dimmed">
              Test
            </Text>
          ) : null}
        </Group>
        {canChange ? (
          <Group gap="xs">
            {active ? (
              <>
                <Button size="xs" loading={buy.isPending} onClick={() => buy.mutate()} aria-label={`Buy ${name}`}>
                  Buy
                </Button>
                <Button size="xs" variant="default" onClick={() => setAsking(true)} aria-label={`Stop selling ${name}`}>
                  Stop selling…
                </Button>
              </>
            ) : (
              <Button size="xs" variant="default" loading={on.isPending} onClick={() => on.mutate(true)}>
                Sell it again
              </Button>
            )}
          </Group>
        ) : null}
      </Group>
      <Text size="sm" c="dimmed" component="div">
        Costs <Usd usd={usdOfCents(price)} />, adds <Usd usd={toUsd(BigInt(credit))} />
      </Text>
      {failed ? <Problem error={failed} /> : null}
      <Ask
        title="Stop selling this product?"
        opened={isAsking}
        keep="Go on selling it"
        act="Stop selling it"
        error={off.error}
        isPending={off.isPending}
        onClose={() => setAsking(false)}
        onAct={() => off.mutate(false)}
      >
        <Text size="sm">
          Nobody can buy it from now on, and an auto-refill that buys it stops. Checkouts that are open can still be
          paid.
        </Text>
      </Ask>
    </Stack>
  );
}

/** What became of a purchase, once its payer is back. The provider is asked until it has ended. */
function Purchase({ session, onDone }: { readonly session: string; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const verdict = useQuery({
    queryKey: ['purchase', session],
    queryFn: async () => {
      const found = await call('post', '/orgs/{org}/checkout/{session}/verify', {
        params: { ...ofOrg(), session },
        body: {},
      });
      if (found.credited) void queries.invalidateQueries({ queryKey: ['org'] });
      return found;
    },
    refetchInterval: ({ state: { data } }) => (data !== undefined && OVER.includes(data.state) ? false : LIVE_MS),
  });
  const [tone, word] = (verdict.data && PURCHASE[verdict.data.state]) ?? (['busy', 'Waiting for the payment'] as const);
  return (
    <Panel title="Your purchase">
      <Stack gap="sm" aria-live="polite" data-testid="purchase">
        {verdict.error ? <Problem error={verdict.error} /> : <State tone={tone}>{word}</State>}
        {verdict.data?.credited === true ? (
          <Text size="sm">
            <Link to="/billing">Your balance</Link> is now {verdict.data.wallet_balance_usd}.
          </Text>
        ) : null}
        <Group>
          <Button size="xs" variant="default" onClick={onDone}>
            Close
          </Button>
        </Group>
      </Stack>
    </Panel>
  );
}

function Add({ onDone }: { readonly onDone: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [price, setPrice] = useState('');
  const [credit, setCredit] = useState('');
  // One for each time that the form is opened: sent again after a lost answer, it makes one product.
  const [key] = useState(() => crypto.randomUUID());
  const [priceUsd, creditUsd] = [readTyped(price), readTyped(credit === '' ? price : credit)];
  const add = useMutation({
    mutationFn: ({ costs, adds }: { readonly costs: string; readonly adds: string }) =>
      call('post', '/orgs/{org}/products', {
        params: ofOrg(),
        body: { name: name.trim(), price_cents: centsOf(costs), amount_micros: Number(toMicros(adds)) },
        headers: { 'Idempotency-Key': key },
      }),
    onSuccess: () => {
      notifications.show({ message: 'The product is on sale', color: 'teal' });
      void queries.invalidateQueries({ queryKey: ['org'] });
      onDone();
    },
  });
  const isReady = name.trim() !== '' && priceUsd !== undefined && creditUsd !== undefined;
  const isAbove = isReady && toMicros(creditUsd) > toMicros(priceUsd);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) add.mutate({ costs: priceUsd, adds: creditUsd });
      }}
    >
      <Stack gap="md">
        <TextInput label="Name" value={name} onChange={({ currentTarget: { value } }) => setName(value)} />
        <TextInput
          label="Price, in dollars"
          inputMode="decimal"
          value={price}
          error={price !== '' && priceUsd === undefined ? 'Dollars and cents, such as 250 or 99.50' : undefined}
          onChange={({ currentTarget: { value } }) => setPrice(value)}
        />
        <TextInput
          label="Adds to the balance, in dollars"
          description="Empty: as much as it costs"
          inputMode="decimal"
          value={credit}
          error={credit !== '' && creditUsd === undefined ? 'Dollars and cents, such as 250 or 99.50' : undefined}
          onChange={({ currentTarget: { value } }) => setCredit(value)}
        />
        {isAbove ? (
          <Alert variant="outline" color="yellow">
            It adds {show(toUsd(toMicros(creditUsd) - toMicros(priceUsd)))} more than it costs: that is credit without
            money, and needs the platform's trust in your org.
          </Alert>
        ) : null}
        <Text size="sm" c="dimmed">
          Price and credit never change. To change them, stop selling the product and add another.
        </Text>
        <FormEnd
          act="Add the product"
          refusal={add.error ? <Problem error={add.error} /> : null}
          isReady={isReady}
          isPending={add.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
