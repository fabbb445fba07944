/** What came in: transfers on every chain, and purchases on every rail. */
import { Button, Group, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client';
import { useDeposits, useOrders, type Deposit, type Order } from '../api/queries';
import { useRoute } from '../lib/route';
import { explorerOf, sayChain, sayDeposit } from '../lib/words';
import { Facts } from '../ui/Facts';
import { OrderRow } from '../ui/order';
import { Away, Copyable, Empty, Heading, Link, Loaded, Panel, Problem, State, Time, Usd } from '../ui/parts';

const SHOWN = 50;
const CANCELLABLE: readonly Order['state'][] = ['created', 'awaiting_payment'];

export function MoneyIn() {
  const { query, set } = useRoute();
  return (
    <>
      <Heading
        title="Money in"
        about="Every transfer that we saw for you, and every purchase, with what became of it."
      />
      <Panel>
        <Tabs value={query.get('tab') ?? 'deposits'} onChange={(tab) => set({ tab })}>
          <Tabs.List mb="md" aria-label="Kind">
            <Tabs.Tab value="deposits">Transfers</Tabs.Tab>
            <Tabs.Tab value="orders">Orders</Tabs.Tab>
            <Tabs.Tab value="trace">Find a transfer</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="deposits">
            <Deposits />
          </Tabs.Panel>
          <Tabs.Panel value="orders">
            <Orders />
          </Tabs.Panel>
          <Tabs.Panel value="trace">
            <Trace />
          </Tabs.Panel>
        </Tabs>
      </Panel>
    </>
  );
}

function Deposits() {
  const deposits = useDeposits(SHOWN);
  return (
    <Loaded from={deposits} lines={6}>
      {({ deposits: list }) =>
        list.length === 0 ? (
          <Empty title="No transfers yet">
            <Link to="/billing/top-up">Top up with USDC</Link>, and the transfer appears here within seconds.
          </Empty>
        ) : (
          <Stack gap={0}>
            {list.map((one) => (
              <DepositRow key={one.id} deposit={one} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function DepositRow({ deposit }: { readonly deposit: Deposit }) {
  const { tone, word, about } = sayDeposit(deposit);
  const explorer = explorerOf(deposit.chain, deposit.txHash);
  return (
    <Stack gap={4} py="md" className="row">
      <Group justify="space-between">
        <Group gap="md">
          <Text fw={600} component="div">
            <Usd usd={deposit.amountUsd} />
          </Text>
          <State tone={tone}>{word}</State>
        </Group>
        <Text size="sm" c="dimmed" component="div">
          <Time at={deposit.observedAt} />
        </Text>
      </Group>
      {about === undefined ? null : <Text size="sm">{about}</Text>}
      <Facts
        of={[
          ['Network', sayChain(deposit.chain)],
          ['From', <Copyable text={deposit.fromAddress} label="the sender" />],
          ['Transaction', <Copyable text={deposit.txHash} label="the transaction's hash" />],
          ['Explorer', explorer === undefined ? null : <Away href={explorer}>See it on the chain</Away>],
        ]}
      />
    </Stack>
  );
}

function Orders() {
  const orders = useOrders(SHOWN);
  return (
    <Loaded from={orders} lines={6}>
      {({ orders: list }) =>
        list.length === 0 ? (
          <Empty title="No orders yet">A pack, or a payment by card, makes an order.</Empty>
        ) : (
          <Stack gap={0}>
            {list.map((one) => (
              <Purchase key={one.id} order={one} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function Purchase({ order }: { readonly order: Order }) {
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => call('post', '/treasury/orders/{id}/cancel', { params: { id: order.id }, body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['org'] }),
  });
  return (
    <OrderRow order={order}>
      <Group justify="space-between" gap="sm">
        <Text size="xs" c="dimmed" component="div">
          <Copyable text={order.id} label="the order's id" />
        </Text>
        <Group gap="xs">
          <PoNumber order={order} />
          {order.receiptUrl === null ? null : (
            <Button size="xs" variant="default" component="a" href={order.receiptUrl} target="_blank" rel="noreferrer">
              Receipt
            </Button>
          )}
          {CANCELLABLE.includes(order.state) ? (
            <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel order
            </Button>
          ) : null}
        </Group>
      </Group>
      {cancel.error ? <Problem error={cancel.error} /> : null}
    </OrderRow>
  );
}

/** The number under which the buyer's own books know the purchase. */
function PoNumber({ order }: { readonly order: Order }) {
  const queries = useQueryClient();
  const [text, setText] = useState(order.poNumber ?? '');
  const save = useMutation({
    mutationFn: () =>
      call('patch', '/treasury/orders/{id}', {
        params: { id: order.id },
        body: { poNumber: text.trim() === '' ? null : text.trim() },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['org'] }),
  });
  return (
    <TextInput
      size="xs"
      w={170}
      aria-label={`Purchase order number of ${order.id}`}
      placeholder="Purchase order no."
      value={text}
      error={save.error?.message}
      onChange={({ currentTarget: { value } }) => setText(value)}
      onBlur={() => text.trim() !== (order.poNumber ?? '') && save.mutate()}
    />
  );
}

function Trace() {
  const [tx, setTx] = useState('');
  const trace = useMutation({
    mutationFn: () => call('get', '/treasury/deposits/trace', { query: { tx: tx.trim() } }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        trace.mutate();
      }}
    >
      <Stack gap="md" maw={640}>
        <TextInput
          label="Transaction hash"
          placeholder="0x…"
          value={tx}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => setTx(value)}
        />
        <Group>
          <Button type="submit" variant="default" loading={trace.isPending} disabled={tx.trim() === ''}>
            Say what became of it
          </Button>
        </Group>
        {trace.error ? <Problem error={trace.error} /> : null}
        {trace.data ? (
          <Stack gap="xs">
            <Text>{trace.data.explanation}</Text>
            {trace.data.transfers.map((one) => (
              <Text size="sm" key={`${one.id}-${one.ordinal}`}>
                {one.amountUsd === null ? '' : <Usd usd={one.amountUsd} />} {one.explanation}
              </Text>
            ))}
          </Stack>
        ) : null}
      </Stack>
    </form>
  );
}
