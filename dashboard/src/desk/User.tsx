/** A user who has a wallet of their own. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import { Copyable, Heading, Loaded, Panel, Time, Usd } from '../ui/parts';
import { Facts } from '../ui/Facts';
import { Suspension } from './Suspension';

export function UserPage({ id }: { readonly id: string }) {
  const user = useQuery({
    queryKey: ['desk', 'user', id],
    queryFn: () => call('get', '/admin/users/{id}', { params: { id }, org: null }),
  });
  return (
    <>
      <Heading title="User" about="Somebody who pays for what they use themselves." />
      <Loaded from={user} lines={6}>
        {(one) => (
          <>
            <Panel title="Wallet">
              <Facts
                of={[
                  ['Available', <Usd usd={one.availableUsd} />],
                  ['Held', <Usd usd={one.heldUsd} />],
                  ['Id', <Copyable text={one.userId} label="the user's id" />],
                  ['Wallet', <Copyable text={one.walletId} label="the wallet's id" />],
                  ['Since', <Time at={one.createdAt} />],
                ]}
              />
            </Panel>
            <Panel title="Suspension">
              <Suspension
                what="user"
                suspendedAt={one.suspendedAt}
                reason={one.suspendedReason}
                about="What they would spend themselves is refused at once. What they have stays theirs."
                act={async (suspended, reason) => {
                  const body = { suspended, reason };
                  await call('post', '/admin/users/{id}/suspend', { params: { id }, body, org: null });
                }}
              />
            </Panel>
          </>
        )}
      </Loaded>
    </>
  );
}
