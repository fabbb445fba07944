/** The pages of operators: which one an address leads to. */
import { useRoute } from '../lib/route';
import { Empty, Panel } from '../ui/parts';
import { Approvals } from './Approvals';
import { Chains } from './Chains';
import { DepositPage } from './Deposit';
import { Disputes } from './Disputes';
import { Inbox } from './Inbox';
import { Jobs } from './Jobs';
import { Orders } from './Orders';
import { OrgPage } from './Org';
import { Plans } from './Plans';
import { Prices } from './Prices';
import { Audit, Orgs } from './Records';
import { Reports } from './Reports';
import { Rewards } from './Rewards';
import { SearchResults } from './Search';
import { Solvency } from './Solvency';
import { Unmatched } from './Unmatched';
import { UserPage } from './User';

const PAGES: Readonly<Record<string, () => React.ReactNode>> = {
  '/desk': Unmatched,
  '/desk/approvals': Approvals,
  '/desk/orders': Orders,
  '/desk/disputes': Disputes,
  '/desk/inbox': Inbox,
  '/desk/solvency': Solvency,
  '/desk/reports': Reports,
  '/desk/prices': Prices,
  '/desk/plans': Plans,
  '/desk/rewards': Rewards,
  '/desk/chains': Chains,
  '/desk/orgs': Orgs,
  '/desk/audit': Audit,
  '/desk/jobs': Jobs,
  '/desk/search': SearchResults,
};
/** Pages of one thing, whose id is the last part of the address. */
const ITEMS: Readonly<Record<string, (props: { readonly id: string }) => React.ReactNode>> = {
  '/desk/deposits': DepositPage,
  '/desk/orgs': OrgPage,
  '/desk/users': UserPage,
};

export function Desk() {
  const { path } = useRoute();
  const Page = PAGES[path];
  if (Page !== undefined) return <Page />;
  const [, folder = '', id] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
  const Item = ITEMS[folder];
  const name = id === undefined ? undefined : decoded(id);
  if (Item !== undefined && name !== undefined) return <Item key={name} id={name} />;
  return (
    <Panel>
      <Empty title="There is no such page">Choose one on the left.</Empty>
    </Panel>
  );
}

/** Undefined for what no address can be. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
