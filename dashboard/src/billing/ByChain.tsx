/** Topping up with USDC: the address that one sends from, the address to send to, and the transfer's way. */
import { Alert, Button, Group, Select, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, Refused, type Answer } from '../api/client';
import { useDeposits, usePacks, useSenders, type Deposit } from '../api/queries';
import { go, useRoute } from '../lib/route';
import { explorerOf, sayChain, sayDeposit } from '../lib/words';
import { Away, Copyable, Empty, Loaded, Problem, State, Time, Usd } from '../ui/parts';
import { PayByWallet, ProveByWallet } from '../wallet/Wallets';
import { Qr } from './Qr';

const LIVE_MS = 2_000;
/** After this long without a transfer the page says what is known and what to do. */
const PATIENCE_MS = 180_000;
const ADDRESS = /^0x[0-9a-fA-F]{40,64}$/;

type Registered = Answer<'/treasury/register-sender', 'post'>;

export function ByChain({ packId }: { readonly packId: string | null }) {
  const { query } = useRoute();
  const from = query.get('from');
  return from === null ? <Sender packId={packId} /> : <Transfer from={from} since={query.get('since') ?? ''} />;
}

/** Asks for the address that the money will come from: by it the service knows whose it is. */
function Sender({ packId }: { readonly packId: string | null }) {
  const { set } = useRoute();
  const senders = useSenders();
  const [address, setAddress] = useState('');
  const register = useMutation({
    mutationFn: () =>
      call('post', '/treasury/register-sender', {
        body: { address: address.trim(), ...(packId === null ? {} : { packId }) },
      }),
    onSuccess: (registered) => set({ from: registered.address, since: new Date().toISOString() }),
  });
  const isWrong = address.trim() !== '' && !ADDRESS.test(address.trim());
  const known = senders.data?.senders ?? [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ADDRESS.test(address.trim())) register.mutate();
      }}
    >
      <Stack gap="md" align="flex-start" maw={620}>
        <Text size="sm" c="dimmed">
          Name the address that you will send from. We recognise your transfer by it. Do not send from an exchange: its
          addresses belong to everybody.
        </Text>
        <ProveByWallet
          packId={packId}
          onRegistered={(registered) => set({ from: registered.address, since: new Date().toISOString() })}
        />
        {known.length > 0 ? (
          <Select
            w="100%"
            label="An address that you used before"
            placeholder="Choose one"
            clearable
            data={[...new Map(known.map((one) => [one.address, one])).values()].map((one) => ({
              value: one.address,
              label: one.label === null ? one.address : `${one.label} · ${one.address}`,
            }))}
            value={known.some((one) => one.address === address) ? address : null}
            onChange={(value) => setAddress(value ?? '')}
          />
        ) : null}
        <TextInput
          w="100%"
          label="Sending address"
          placeholder="0x…"
          value={address}
          spellCheck={false}
          autoComplete="off"
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          error={isWrong ? 'An address begins with 0x and has 40 digits (EVM) or up to 64 (Starknet)' : undefined}
          onChange={({ currentTarget: { value } }) => setAddress(value)}
        />
        {register.error ? <Problem error={register.error} /> : null}
        <Button type="submit" loading={register.isPending} disabled={!ADDRESS.test(address.trim())}>
          Show where to send
        </Button>
      </Stack>
    </form>
  );
}

function Transfer({ from, since }: { readonly from: string; readonly since: string }) {
  // Registering again changes nothing, and answers the same: a page that was loaded anew shows what it showed.
  const registered = useQuery({
    queryKey: ['register', from],
    queryFn: () => call('post', '/treasury/register-sender', { body: { address: from } }),
    staleTime: Infinity,
  });
  return (
    <Loaded from={registered} lines={6}>
      {(data) => (
        <Stack gap="xl">
          {data.state === 'unproven' ? <Unproven registered={data} onProven={() => void registered.refetch()} /> : null}
          <Target registered={data} />
          <Life from={data.address} since={since} />
        </Stack>
      )}
    </Loaded>
  );
}

function Unproven({ registered, onProven }: { readonly registered: Registered; readonly onProven: () => void }) {
  return (
    <Alert variant="outline" color="yellow" title="This address is not proven yet">
      <Stack gap="sm">
        <Text size="sm">
          This deployment credits transfers from proven addresses alone. Transfers that came before are credited once it
          is proven.
        </Text>
        <ProveByWallet address={registered.address} chains={registered.chains} onRegistered={onProven} />
        <Text size="sm">
          Without a wallet in this browser: sign the challenge of <code>POST /treasury/sender-challenge</code>, and
          register the address with that proof.
        </Text>
      </Stack>
    </Alert>
  );
}

function Target({ registered }: { readonly registered: Registered }) {
  const { creditsAddresses: targets } = registered;
  const [chain, setChain] = useState<string | null>(targets[0]?.chain ?? null);
  const { query, set } = useRoute();
  const packs = usePacks();
  const pack = packs.data?.packs.find(({ id }) => id === query.get('pack'));
  const amountUsd = pack?.amountUsd ?? query.get('amount');
  if (targets.length === 0)
    return <Empty title="No network takes transfers from this address">Use another address, or a card.</Empty>;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" component="div">
          Send USDC <b>from</b> <span className="mono">{registered.address}</span>
        </Text>
        <Button variant="default" size="xs" onClick={() => set({ from: null, since: null })}>
          Use another address
        </Button>
      </Group>
      <Tabs value={chain} onChange={setChain} variant="outline">
        <Tabs.List aria-label="Network">
          {targets.map((one) => (
            <Tabs.Tab key={one.chain + one.token} value={one.chain}>
              {sayChain(one.chain)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {targets.map((one) => (
          <Tabs.Panel key={one.chain + one.token} value={one.chain} pt="lg">
            <Group align="flex-start" gap="xl">
              <Qr text={qrOf(one)} label={`Address on ${sayChain(one.chain)}`} />
              <Stack gap="sm" miw={0} flex={1}>
                <Field name="To">
                  <Copyable text={one.address} label="the address" />
                </Field>
                <Field name="Network">{sayChain(one.chain)}</Field>
                <Field name={`Token, ${one.symbol} alone`}>
                  <Copyable text={one.token} label="the token's contract" />
                </Field>
                <Field name="Usually takes">
                  {one.expectedSeconds === null
                    ? 'Until the network counts it as final'
                    : `About ${one.expectedSeconds} s`}
                </Field>
                <PayByWallet from={registered.address} target={one} amountUsd={amountUsd} />
              </Stack>
            </Group>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

/** EIP-681 where wallets read it; the plain address elsewhere. */
function qrOf({ chain, address, token }: Registered['creditsAddresses'][number]): string {
  const [family, id] = chain.split(':');
  return family === 'eip155' ? `ethereum:${token}@${id}/transfer?address=${address}` : address;
}

function Field({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </div>
  );
}

/** The transfers from this address since the page was opened, each with its life. Never stops looking. */
function Life({ from, since }: { readonly from: string; readonly since: string }) {
  const deposits = useDeposits(20, LIVE_MS);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5_000);
    return () => clearInterval(timer);
  }, []);
  const sinceMs = Date.parse(since) || 0;
  return (
    <div aria-live="polite" data-testid="life">
      <Text fw={600} mb="sm">
        3. Watch it arrive
      </Text>
      <Loaded from={deposits} lines={2}>
        {({ deposits: list }) => {
          const own = list.filter((one) => one.fromAddress === from && Date.parse(one.observedAt) >= sinceMs - 5_000);
          if (own.length > 0) return own.map((one) => <Arrival key={one.id} deposit={one} />);
          return (
            <Stack gap="xs">
              <State tone="busy">Waiting for your transfer</State>
              {now - sinceMs > PATIENCE_MS ? <Late /> : null}
            </Stack>
          );
        }}
      </Loaded>
    </div>
  );
}

function Arrival({ deposit }: { readonly deposit: Deposit }) {
  const { tone, word, about } = sayDeposit(deposit);
  const { chain, txHash, estimatedSeconds, creditedAt } = deposit;
  const explorer = explorerOf(chain, txHash);
  return (
    <Stack gap={6} mb="md">
      <Group gap="md">
        <Text size="lg" fw={600}>
          <Usd usd={deposit.amountUsd} />
        </Text>
        <State tone={tone}>{word}</State>
        {estimatedSeconds !== null && creditedAt === null ? (
          <Text size="sm" c="dimmed">
            about {estimatedSeconds} s to go
          </Text>
        ) : null}
        {creditedAt === null ? null : (
          <Text size="sm" c="dimmed">
            <Time at={creditedAt} />
          </Text>
        )}
      </Group>
      {about === undefined ? null : <Text size="sm">{about}</Text>}
      <Text size="sm" component="div">
        {sayChain(chain)} · {explorer === undefined ? null : <Away href={explorer}>Open in the explorer</Away>}
        <Copyable text={txHash} label="the transaction's hash" />
      </Text>
      {deposit.entryId === null ? null : (
        <Group>
          <Button variant="default" size="xs" onClick={() => go('/billing/ledger?type=DEPOSIT')}>
            See the entry
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** For those who wait: what is known, and what to do. */
function Late() {
  const [tx, setTx] = useState('');
  const trace = useMutation({
    mutationFn: () => call('get', '/treasury/deposits/trace', { query: { tx: tx.trim() } }),
  });
  return (
    <Alert variant="outline" color="gray" title="Nothing has arrived from this address so far">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          We go on looking. Check that the transfer was sent from the address above, on the network above, in USDC. With
          the hash of the transaction we can say what became of it.
        </Text>
        <Group align="flex-end" w="100%">
          <TextInput
            label="Transaction hash"
            flex={1}
            value={tx}
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => setTx(value)}
          />
          <Button
            variant="default"
            loading={trace.isPending}
            disabled={tx.trim() === ''}
            onClick={() => trace.mutate()}
          >
            Find it
          </Button>
        </Group>
        {trace.error instanceof Refused ? <Text size="sm">{trace.error.message}</Text> : null}
        {trace.data ? <Text size="sm">{trace.data.explanation}</Text> : null}
      </Stack>
    </Alert>
  );
}
