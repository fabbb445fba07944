/** Who is signed in decides what is shown: the sign-in, the org's billing, what is their own, or the desk. */
import { Center, Loader, Skeleton, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, lazy, useEffect } from 'react';
import { about, Refused } from '../api/client';
import { useMe, type Me } from '../api/queries';
import { useEventStream } from '../api/stream';
import { BillingPages } from '../billing/Pages';
import { DeskPages } from '../desk/Pages';
import { go, useRoute } from '../lib/route';
import { Empty, Link, Panel, Problem } from '../ui/parts';
import { SignIn } from './SignIn';
import { Shell } from './Shell';

const Credits = lazy(async () => ({ default: (await import('../people/Credits')).Credits }));
const CHOSEN = 'coffer.org';

/** The org that the pages are about: the one in the address, else the one of last time, else the first. */
function chosenOrg({ orgs }: Me, asked: string | null): Me['orgs'][number] | undefined {
  const wanted = asked ?? localStorage.getItem(CHOSEN);
  return orgs.find(({ id, externalId }) => id === wanted || externalId === wanted) ?? orgs[0];
}

export function App() {
  const me = useMe();
  const route = useRoute();
  const queries = useQueryClient();
  // A session that is over is noticed by whichever call comes next.
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        const { error } = query.state;
        const isMe = query.queryKey[0] === 'me';
        if (!isMe && error instanceof Refused && error.status === 401)
          void queries.invalidateQueries({ queryKey: ['me'] });
      }),
    [queries],
  );
  if (me.data === undefined) {
    return (
      <Center mih="100vh" p="md">
        {me.error ? <Problem error={me.error} onRetry={() => void me.refetch()} /> : <Loader aria-label="Loading" />}
      </Center>
    );
  }
  if (me.data.person === null) return <SignIn signInPath={me.data.signInPath} />;
  const org = chosenOrg(me.data, route.query.get('org'));
  about.csrf = me.data.csrfToken;
  about.org = org?.id ?? null;
  if (org) localStorage.setItem(CHOSEN, org.id);
  return <SignedIn me={me.data} org={org} />;
}

function SignedIn({ me, org }: { readonly me: Me; readonly org: Me['orgs'][number] | undefined }) {
  const { path } = useRoute();
  const isDesk = path.startsWith('/desk');
  const stream = useEventStream(org?.id ?? null);
  const isOperator = me.person?.isPlatformAdmin === true || me.person?.isPlatformFinance === true;
  useEffect(() => {
    if (path === '/' || path === '/billing/') go(org ? '/billing' : isOperator ? '/desk' : '/credits', true);
  }, [path, org, isOperator]);
  return (
    <Shell me={me} org={org} stream={stream}>
      {isDesk ? (
        <DeskPages me={me} />
      ) : path === '/credits' ? (
        <Suspense fallback={<Skeleton height={420} radius="lg" />}>
          <Credits />
        </Suspense>
      ) : org ? (
        <BillingPages key={org.id} role={org.role} />
      ) : (
        <Stack maw={560}>
          <Panel>
            <Empty title="You have no role in an org">
              Ask whoever administers your organisation to give you one at your identity provider, then sign in again.
              What is yours alone is under <Link to="/credits">Credits and plan</Link>.
            </Empty>
          </Panel>
        </Stack>
      )}
    </Shell>
  );
}
