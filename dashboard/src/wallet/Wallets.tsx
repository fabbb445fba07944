/** The wallets of this browser: one is chosen to name and prove the sending address, or to send with. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call, type Answer } from '../api/client';
import { readTyped, toMicros } from '../lib/money';
import { Problem } from '../ui/parts';
import { familyOf, isSameAddress, watchWallets, whyOf, type Wallet } from './wallet';

type Registered = Answer<'/treasury/register-sender', 'post'>;
type Target = Registered['creditsAddresses'][number];

/** The wallets that are there, of one family or of each. */
export function useWallets(family?: Wallet['family']): readonly Wallet[] {
  const [wallets, setWallets] = useState<readonly Wallet[]>([]);
  useEffect(() => watchWallets(setWallets), []);
  return family === undefined ? wallets : wallets.filter((one) => one.family === family);
}

function Choice({
  wallets,
  isPending,
  verb,
  onChoose,
}: {
  readonly wallets: readonly Wallet[];
  readonly isPending: boolean;
  readonly verb: string;
  readonly onChoose: (wallet: Wallet) => void;
}) {
  return (
    <Group gap="xs">
      {wallets.map((one) => (
        <Button
          key={one.id}
          variant="default"
          loading={isPending}
          onClick={() => onChoose(one)}
          leftSection={one.icon === undefined ? null : <img src={one.icon} alt="" width={18} height={18} />}
        >
          {verb} <bdi>&nbsp;{one.name}</bdi>
        </Button>
      ))}
    </Group>
  );
}

/** Asks a wallet for its first account, and lets it prove that the account is the org's. */
async function prove(wallet: Wallet, wanted: string | undefined, packId: string | null): Promise<Registered> {
  const accounts = await wallet.connect().catch((error: unknown) => Promise.reject(whyOf(error)));
  const address = wanted === undefined ? accounts[0] : accounts.find((one) => isSameAddress(one, wanted));
  if (address === undefined)
    throw new Error(`The wallet does not have ${wanted ?? 'an account'}. Choose that account in it.`);
  const challenge = await call('post', '/treasury/sender-challenge', { body: { purpose: 'register', address } });
  const { message } = challenge;
  const signature = await wallet.sign(address, message).catch((error: unknown) => Promise.reject(whyOf(error)));
  return call('post', '/treasury/register-sender', {
    body: { address, proof: { message, signature }, ...(packId === null ? {} : { packId }) },
  });
}

/**
 * Registers an account of a wallet of this browser, proven by its signature.
 * @param address the only one to prove; left out, whichever the wallet gives
 * @param chains those that the address is registered for, as CAIP-2: wallets of their family are offered
 */
export function ProveByWallet({
  address,
  chains,
  packId = null,
  onRegistered,
}: {
  readonly address?: string;
  readonly chains?: readonly string[];
  readonly packId?: string | null;
  readonly onRegistered: (registered: Registered) => void;
}) {
  const [chain] = chains ?? [];
  const wallets = useWallets(chain === undefined ? undefined : familyOf(chain));
  const connect = useMutation({
    mutationFn: (wallet: Wallet) => prove(wallet, address, packId),
    onSuccess: onRegistered,
  });
  if (wallets.length === 0) return null;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={560}>
        {address === undefined ? 'Use a wallet of this browser' : 'Prove it with the wallet'}
      </Text>
      <Choice
        wallets={wallets}
        isPending={connect.isPending}
        verb={address === undefined ? 'Connect' : 'Sign with'}
        onChoose={(wallet) => connect.mutate(wallet)}
      />
      <Text size="xs" c="dimmed">
        It signs a text that proves the address is yours. Signing moves no money.
      </Text>
      {connect.error ? <Problem error={connect.error} /> : null}
    </Stack>
  );
}

/** Sends USDC from a wallet of this browser. */
export function PayByWallet({
  from,
  target,
  amountUsd,
}: {
  readonly from: string;
  readonly target: Target;
  readonly amountUsd: string | null;
}) {
  const wallets = useWallets(familyOf(target.chain));
  const usd = amountUsd === null ? undefined : readTyped(amountUsd);
  const pay = useMutation({
    mutationFn: async (wallet: Wallet) => {
      if (usd === undefined) throw new Error('Choose how much first.');
      try {
        const accounts = await wallet.connect();
        const account = accounts.find((one) => isSameAddress(one, from));
        if (account === undefined) throw new Error(`it does not have ${from}; choose that account in it`);
        const { chain, token, address: to } = target;
        return await wallet.pay(account, { chain, token, to, units: toMicros(usd) });
      } catch (error) {
        throw whyOf(error);
      }
    },
  });
  if (wallets.length === 0) return null;
  return (
    <Stack gap="xs">
      <Choice
        wallets={wallets}
        isPending={pay.isPending}
        verb={usd === undefined ? 'Pay with' : `Pay $${usd} with`}
        onChoose={(wallet) => pay.mutate(wallet)}
      />
      {pay.error ? <Problem error={pay.error} /> : null}
      {pay.data === undefined ? null : (
        <Text size="sm" component="div">
          Sent: <span className="mono">{pay.data}</span>
        </Text>
      )}
    </Stack>
  );
}
