/** An org's own account at the payment provider: whether it is connected, and its secrets, which are never shown again. */
import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { about, call, type Answer } from '../api/client';
import { Facts } from '../ui/Facts';
import { Copyable, Loaded, Panel, Problem, State } from '../ui/parts';

type Account = Answer<'/orgs/{org}/billing'>;

export function PaymentAccount({ canChange }: { readonly canChange: boolean }) {
  const params = { org: about.org ?? '' };
  const account = useQuery({
    queryKey: ['org', about.org, 'payment-account'],
    queryFn: () => call('get', '/orgs/{org}/billing', { params }),
  });
  return (
    <Panel title="Your payment account">
      <Loaded from={account}>
        {(one) => (
          <Stack gap="lg">
            <Known account={one} />
            {canChange ? <Secrets account={one} /> : null}
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}

function Known({ account }: { readonly account: Account }) {
  const { has_stripe_key: hasKey, mode, stripe_key_last4: keyEnd, missing_permissions: missing } = account;
  return (
    <Stack gap="sm">
      <Facts
        of={[
          [
            'Stripe',
            hasKey ? (
              <State tone={mode === 'live' ? 'good' : 'warn'}>
                {mode === 'live' ? 'Connected' : 'Connected in test mode'}
              </State>
            ) : (
              <State tone="quiet">Not connected</State>
            ),
          ],
          ['Secret key', hasKey ? `ends with ${keyEnd ?? '?'}` : null],
          [
            'Webhook secret',
            account.has_webhook_secret
              ? `ends with ${account.webhook_secret_last4 ?? '?'}`
              : 'Not set: payments are found later',
          ],
          ['Send webhooks to', <Copyable text={account.webhook_url} label="the address for webhooks" />],
          ['Saved card', account.has_payment_method ? 'Yes, for auto-refill' : 'None'],
        ]}
      />
      {missing.length === 0 ? null : (
        <Alert variant="outline" color="red" title="The account refused calls">
          <Text size="sm">The key lacks: {missing.join(', ')}</Text>
        </Alert>
      )}
    </Stack>
  );
}

/** Sets what was typed; what is left empty stays. */
function Secrets({ account }: { readonly account: Account }) {
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const [secret, setSecret] = useState('');
  const save = useMutation({
    mutationFn: () =>
      call('post', '/orgs/{org}/billing', {
        params: { org: account.org_id },
        body: {
          ...(key.trim() === '' ? {} : { stripe_secret_key: key.trim() }),
          ...(secret.trim() === '' ? {} : { stripe_webhook_secret: secret.trim() }),
        },
      }),
    onSuccess: () => {
      setKey('');
      setSecret('');
      notifications.show({ message: 'Saved, and sealed', color: 'teal' });
      void queries.invalidateQueries({ queryKey: ['org'] });
    },
  });
  const toggle = { 'aria-label': 'Show what is typed' };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md" maw={460}>
        <PasswordInput
          label={account.has_stripe_key ? 'Another secret key' : 'Secret key'}
          description="sk_… or a restricted rk_… of your Stripe account. The platform decides who may set it."
          autoComplete="off"
          visibilityToggleButtonProps={toggle}
          value={key}
          onChange={({ currentTarget: { value } }) => setKey(value)}
        />
        <PasswordInput
          label={account.has_webhook_secret ? 'Another webhook secret' : 'Webhook secret'}
          description="whsec_… of the endpoint with the address above"
          autoComplete="off"
          visibilityToggleButtonProps={toggle}
          value={secret}
          onChange={({ currentTarget: { value } }) => setSecret(value)}
        />
        {save.error ? <Problem error={save.error} /> : null}
        <Group>
          <Button
            type="submit"
            variant="default"
            disabled={key.trim() === '' && secret.trim() === ''}
            loading={save.isPending}
          >
            Save the secrets
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
