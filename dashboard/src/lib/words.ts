/** What the service's words mean to people. */
import type { Balance, Deposit, Entry, Hold, Order } from '../api/queries';
import type { Tone } from '../ui/parts';

interface Said {
  readonly tone: Tone;
  readonly word: string;
  readonly about?: string;
}

export const STATUS: Readonly<Record<Balance['status'], Said>> = {
  OK: { tone: 'good', word: 'Healthy', about: 'Spending works.' },
  LOW: { tone: 'warn', word: 'Low', about: 'Below your low-balance threshold. Spending works; top up soon.' },
  CRITICAL: {
    tone: 'bad',
    word: 'Critical',
    about: 'Below your critical threshold. Top up now to avoid an interruption.',
  },
  SUSPENDED: {
    tone: 'bad',
    word: 'Suspended',
    about: 'Nothing is left to spend: new charges are refused. A top-up ends this at once.',
  },
};

/** The life of a deposit, as its sender sees it. */
export function sayDeposit({ state, confirmations, confirmationsNeeded }: Deposit): Said {
  switch (state) {
    case 'credited':
      return { tone: 'good', word: 'Credited' };
    case 'observed':
      return { tone: 'busy', word: 'Seen on chain' };
    case 'confirming':
      return {
        tone: 'busy',
        word:
          confirmationsNeeded === null ? 'Confirming' : `Confirming ${confirmations ?? 0} of ${confirmationsNeeded}`,
      };
    case 'unmatched':
      return {
        tone: 'warn',
        word: 'Waiting for its owner',
        about: 'Nobody has registered the address that it came from.',
      };
    case 'dust':
      return { tone: 'quiet', word: 'Too small', about: 'It is credited once small deposits add up to the minimum.' };
    case 'orphaned':
      return { tone: 'warn', word: 'Dropped by the chain', about: 'The chain replaced its block. It may come back.' };
    case 'reversed':
      return { tone: 'bad', word: 'Taken back', about: 'The chain dropped it after it was credited.' };
    case 'screening':
    case 'quarantined':
      return { tone: 'warn', word: 'Under review' };
    default:
      return { tone: 'quiet', word: 'Not credited' };
  }
}

const ORDER: Readonly<Record<Order['state'], Said>> = {
  created: { tone: 'quiet', word: 'Created' },
  awaiting_payment: { tone: 'busy', word: 'Awaiting payment' },
  processing: { tone: 'busy', word: 'Processing' },
  paid: { tone: 'busy', word: 'Paid, being credited' },
  credited: { tone: 'good', word: 'Credited' },
  parked: { tone: 'warn', word: 'Under review' },
  failed: { tone: 'bad', word: 'Failed' },
  expired: { tone: 'quiet', word: 'Expired' },
  cancelled: { tone: 'quiet', word: 'Cancelled' },
};
export const sayOrder = (order: Pick<Order, 'state' | 'dispute'>): Said =>
  order.dispute !== null && order.dispute.status !== 'won' ? { tone: 'bad', word: 'Disputed' } : ORDER[order.state];

export const CHANNEL: Readonly<Record<Order['channel'], string>> = {
  chain: 'USDC transfer',
  card: 'Card',
  auto_refill: 'Auto-refill',
};

const HOLD: Readonly<Record<Hold['state'], Said>> = {
  open: { tone: 'busy', word: 'Open' },
  captured: { tone: 'good', word: 'Captured' },
  released: { tone: 'quiet', word: 'Released' },
  expired: { tone: 'quiet', word: 'Expired' },
};
export const sayHold = (hold: Hold): Said => HOLD[hold.state];

const TYPES: Partial<Readonly<Record<Entry['type'], string>>> = {
  AI_API_CALL: 'AI call',
  SKU_MARGIN: 'Purchase',
  GIFT_HOLD: 'Gift card held',
  GIFT_REDEEM: 'Gift card redeemed',
  GIFT_HOLD_RELEASE: 'Gift card released',
  REV_SHARE_CREDIT: 'Revenue share',
  REV_SHARE_PAYOUT: 'Revenue share payout',
};

/** `DEPOSIT_REVERSAL` as `Deposit reversal`. */
export function sayWord(word: string): string {
  const text = word.replaceAll(/[_.]/g, ' ').toLowerCase();
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
const SERVICES: Readonly<Record<string, string>> = {
  AI_API: 'AI API',
  SKU_PURCHASE: 'Purchases',
  GIFT_CARD: 'Gift cards',
  GAS_SUBSIDY: 'Gas',
  ORG_CHARGE: 'Charges',
  FEATURE: 'Usage',
};
export const sayService = (service: string): string => SERVICES[service] ?? sayWord(service);
export const sayType = (type: Entry['type']): string => TYPES[type] ?? sayWord(type);

const NETWORKS: Readonly<Record<string, string>> = {
  'eip155:1': 'Ethereum',
  'eip155:10': 'OP Mainnet',
  'eip155:137': 'Polygon PoS',
  'eip155:8453': 'Base',
  'eip155:42161': 'Arbitrum One',
  'eip155:84532': 'Base Sepolia',
  'eip155:31337': 'Local EVM network (31337)',
  'starknet:SN_MAIN': 'Starknet',
  'starknet:SN_SEPOLIA': 'Starknet Sepolia',
};
export const sayChain = (chain: string): string => NETWORKS[chain] ?? chain;

const EXPLORERS: Readonly<Record<string, string>> = {
  'eip155:1': 'https://etherscan.io/tx/',
  'eip155:10': 'https://optimistic.etherscan.io/tx/',
  'eip155:137': 'https://polygonscan.com/tx/',
  'eip155:8453': 'https://basescan.org/tx/',
  'eip155:42161': 'https://arbiscan.io/tx/',
  'eip155:84532': 'https://sepolia.basescan.org/tx/',
  'starknet:SN_MAIN': 'https://voyager.online/tx/',
  'starknet:SN_SEPOLIA': 'https://sepolia.voyager.online/tx/',
};
/** The public page about a transaction; undefined where the network has none that is known. */
export const explorerOf = (chain: string, txHash: string): string | undefined =>
  EXPLORERS[chain] === undefined ? undefined : EXPLORERS[chain] + txHash;
