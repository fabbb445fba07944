/** A purchase as it is listed: how much, how it is, on which rail, since when. */
import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Order } from '../api/queries';
import { CHANNEL, sayOrder } from '../lib/words';
import { State, Time, Usd } from './parts';

type Shown = Pick<Order, 'amountUsd' | 'state' | 'dispute' | 'channel'>;

/** What was bought, how it is, and on which rail. */
export function OrderHead({ order }: { readonly order: Shown }) {
  const { tone, word } = sayOrder(order);
  return (
    <Group gap="md">
      <Text fw={600} component="div">
        <Usd usd={order.amountUsd} />
      </Text>
      <State tone={tone}>{word}</State>
      <Text size="sm">{CHANNEL[order.channel]}</Text>
    </Group>
  );
}

/** A row of a list of orders, with what else its page knows. */
export function OrderRow({
  order,
  children,
}: {
  readonly order: Shown & Pick<Order, 'createdAt'>;
  readonly children: ReactNode;
}) {
  return (
    <Stack gap={4} py="md" className="row">
      <Group justify="space-between">
        <OrderHead order={order} />
        <Text size="sm" c="dimmed" component="div">
          <Time at={order.createdAt} />
        </Text>
      </Group>
      {children}
    </Stack>
  );
}
