/** The billing tab: which page an address leads to. */
import { Suspense, lazy } from 'react';
import { Skeleton } from '@mantine/core';
import type { Me } from '../api/queries';
import { useRoute } from '../lib/route';
import { Empty, Link, Panel } from '../ui/parts';
import { Ledger } from './Ledger';
import { MoneyIn } from './MoneyIn';
import { Overview } from './Overview';
import { Holds } from './Holds';
import { Settings } from './Settings';
import { Statements } from './Statements';

const TopUp = lazy(async () => ({ default: (await import('./TopUp')).TopUp }));
const AutoRefill = lazy(async () => ({ default: (await import('./AutoRefill')).AutoRefill }));
const Budgets = lazy(async () => ({ default: (await import('./Budgets')).Budgets }));
const Products = lazy(async () => ({ default: (await import('./Products')).Products }));
const Team = lazy(async () => ({ default: (await import('./Team')).Team }));
const Webhooks = lazy(async () => ({ default: (await import('./Webhooks')).Webhooks }));

export type OrgRole = Me['orgs'][number]['role'];
/** Whether a role may top up and change settings; the service decides it again. */
export const mayManage = (role: OrgRole): boolean => role === 'owner' || role === 'admin';

export function BillingPages({ role }: { readonly role: OrgRole }) {
  return (
    <Suspense fallback={<Skeleton height={420} radius="lg" />}>
      <Page role={role} />
    </Suspense>
  );
}

function Page({ role }: { readonly role: OrgRole }) {
  const { path } = useRoute();
  switch (path) {
    case '/':
    case '/billing':
      return <Overview role={role} />;
    case '/billing/top-up':
      return <TopUp role={role} />;
    case '/billing/money-in':
      return <MoneyIn />;
    case '/billing/ledger':
      return <Ledger role={role} />;
    case '/billing/holds':
      return <Holds />;
    case '/billing/statements':
      return <Statements role={role} />;
    case '/billing/budgets':
      return <Budgets role={role} />;
    case '/billing/auto-refill':
      return <AutoRefill role={role} />;
    case '/billing/products':
      return <Products role={role} />;
    case '/billing/team':
      return <Team role={role} />;
    case '/billing/webhooks':
      return <Webhooks role={role} />;
    case '/billing/settings':
      return <Settings role={role} />;
    default:
      return (
        <Panel>
          <Empty title="There is no such page">
            <Link to="/billing">Back to the overview</Link>
          </Empty>
        </Panel>
      );
  }
}
