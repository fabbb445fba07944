/** Whether an org runs its own account at a payment provider without the platform. */
import { Stack, Switch, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, type Answer } from '../api/client';
import { Ask } from '../ui/lists';
import { Refusal } from './Refusal';

export function OwnAccount({ org }: { readonly org: Answer<'/admin/orgs/{org}'> }) {
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { trusted } = org.orgBilling;
  const change = useMutation({
    mutationFn: (to: boolean) =>
      call('patch', '/admin/orgs/{org}', {
        params: { org: org.id },
        body: { orgBilling: { trusted: to } },
        org: null,
      }),
    onSuccess: () => {
      setAsking(false);
      void queries.invalidateQueries({ queryKey: ['desk'] });
    },
  });
  return (
    <Stack gap="sm">
      <Switch
        label="Trusted with its own payment account"
        description="Its admins may set the secrets of its own account at the payment provider, and sell products there that add more credit than they cost. Otherwise only platform admins may do either."
        checked={trusted}
        disabled={change.isPending}
        onChange={() => (trusted ? change.mutate(false) : setAsking(true))}
      />
      {change.error && !isAsking ? <Refusal error={change.error} /> : null}
      <Ask
        title="Trust this org?"
        opened={isAsking}
        keep="Do not trust it"
        act="Trust the org"
        error={change.error}
        isPending={change.isPending}
        onClose={() => setAsking(false)}
        onAct={() => change.mutate(true)}
      >
        <Text size="sm">
          What customers pay into its own account becomes credit here on its word: its admins name the account and what
          each product adds. Products that it sells already stay on sale if you end the trust.
        </Text>
      </Ask>
    </Stack>
  );
}
