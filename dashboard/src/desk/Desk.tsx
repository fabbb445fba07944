/** The pages of operators: which one an address leads to. */
import { useRoute } from '../lib/route';
import { Empty, Panel } from '../ui/parts';
import { Approvals } from './Approvals';
import { Chains } from './Chains';
import { Disputes } from './Disputes';
import { Inbox } from './Inbox';
import { Orders } from './Orders';
import { Prices } from './Prices';
import { Audit, Orgs } from './Records';
import { Reports } from './Reports';
import { Rewards } from './Rewards';
import { Solvency } from './Solvency';
import { Unmatched } from './Unmatched';

const PAGES: Readonly<Record<string, () => React.ReactNode>> = {
  '/desk': Unmatched,
  '/desk/approvals': Approvals,
  '/desk/orders': Orders,
  '/desk/disputes': Disputes,
  '/desk/inbox': Inbox,
  '/desk/solvency': Solvency,
  '/desk/reports': Reports,
  '/desk/prices': Prices,
  '/desk/rewards': Rewards,
  '/desk/chains': Chains,
  '/desk/orgs': Orgs,
  '/desk/audit': Audit,
};

export function Desk() {
  const Page = PAGES[useRoute().path];
  if (Page !== undefined) return <Page />;
  return (
    <Panel>
      <Empty title="There is no such page">Choose one on the left.</Empty>
    </Panel>
  );
}
