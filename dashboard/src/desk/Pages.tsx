/** The desk of operators; its pages are loaded when somebody opens one. */
import { Skeleton } from '@mantine/core';
import { Suspense, lazy } from 'react';
import type { Me } from '../api/queries';
import { Empty, Panel } from '../ui/parts';

const Desk = lazy(async () => ({ default: (await import('./Desk')).Desk }));

export function DeskPages({ me }: { readonly me: Me }) {
  if (me.person?.isPlatformAdmin !== true) {
    return (
      <Panel>
        <Empty title="The desk is for platform admins">
          Your sign-in does not have that role. It is given at your identity provider.
        </Empty>
      </Panel>
    );
  }
  return (
    <Suspense fallback={<Skeleton height={320} radius="lg" />}>
      <Desk />
    </Suspense>
  );
}
