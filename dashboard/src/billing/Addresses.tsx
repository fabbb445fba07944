/** The org's own deposit addresses: what is sent there is its money, whoever sends it. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { about, call } from '../api/client';
import { sayChain } from '../lib/words';
import { Copyable, Empty, Loaded, Panel, Problem, Usd } from '../ui/parts';

export function Addresses({ canChange }: { readonly canChange: boolean }) {
  const queries = useQueryClient();
  const info = useQuery({
    queryKey: ['org', about.org, 'wallet-info'],
    queryFn: () => call('get', '/treasury/wallet-info'),
  });
  const create = useMutation({
    mutationFn: () => call('post', '/treasury/create-wallet', { body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['org'] }),
  });
  return (
    <Panel title="Deposit addresses of your own">
      <Loaded from={info}>
        {({ wallets }) => {
          const own = wallets.flatMap(({ address, ...rest }) => (address === null ? [] : [{ ...rest, address }]));
          return (
            <Stack gap="md">
              {own.length === 0 ? (
                <Empty title="None yet">
                  USDC that anybody sends to such an address is credited to you, without registering who sends it.
                </Empty>
              ) : null}
              {own.map((one) => (
                <div key={one.chain}>
                  <Text size="xs" c="dimmed">
                    {sayChain(one.chain)}
                  </Text>
                  <Copyable text={one.address} label="the address" />
                  {one.balances.map(({ token, symbol, balanceUsd }) =>
                    balanceUsd === null ? null : (
                      <Text size="xs" c="dimmed" key={token} component="div">
                        <Usd usd={balanceUsd} /> in {symbol} lies there
                      </Text>
                    ),
                  )}
                </div>
              ))}
              {create.error ? <Problem error={create.error} /> : null}
              {own.length === 0 && canChange ? (
                <Group justify="center">
                  <Button variant="default" loading={create.isPending} onClick={() => create.mutate()}>
                    Make the addresses
                  </Button>
                </Group>
              ) : null}
            </Stack>
          );
        }}
      </Loaded>
    </Panel>
  );
}
