import { describe, expect, test } from 'vitest';
import type { Row } from '../rows.ts';
import { LedgerCorruption, loadedWalletOfRow } from './heads.ts';

const WALLET = '0198c0de-0000-7000-8000-000000000001';

const LOT: Row = {
  lot: '1',
  open: true,
  left: null,
  source: 'deposit',
  priority: 100,
  promotional: false,
  refundable: true,
  transferable: true,
  expiresAtMs: null,
  entry: { ofOrder: false, restrictedTo: null },
};

const HOLD: Row = {
  hold: '2',
  service: 'AI_API',
  action: null,
  gift: false,
  amount: '30',
  lots: ['1'],
  left: ['30'],
  reference: null,
  appId: null,
  userId: null,
  teamId: null,
  text: null,
  openedAtMs: '1767225600000',
  note: null,
  expiresAtMs: '1767229200000',
  parent: null,
  everyMs: null,
  endsAtMs: null,
  children: '0',
};

/** A wallet after a deposit of 100 and a hold of 30, as the driver gives it. */
const ROW: Row = {
  wallet_id: WALLET,
  unread_from_ms: null,
  wallet: WALLET,
  seq: '2',
  at_ms: '1767225600000',
  available_delta: '-30',
  held_delta: '30',
  available: '70',
  held: '30',
  deposited: '100',
  lot: '1',
  lot_left: '70',
  hold: '2',
  key: WALLET,
  gift_delta: 0,
  gift_available: 0,
  gift_held: 0,
  type: 'HOLD',
  service: 'AI_API',
  part: 0,
  contra: null,
  input_hash: null,
  deposit: null,
  pack_order: null,
  reference: null,
  app_id: null,
  description: null,
  hash: 'ab',
  user_id: null,
  team_id: null,
  idempotency_key: null,
  text_hash: null,
  card_paid: null,
  action: null,
  pricing: null,
  restricted_to: null,
  refund_of: null,
  text: null,
  lots: [LOT],
  holds: [HOLD],
};

test('a hold is read with its parent, its children and how often its owner reports', () => {
  const more = { parent: '1', children: '2', everyMs: '5000', endsAtMs: '1767232800000', expiresAtMs: '1767225605000' };
  const { head } = loadedWalletOfRow({ ...ROW, holds: [{ ...HOLD, ...more }] });
  expect(head.holds.get(2)).toMatchObject({
    parent: 1,
    children: 2,
    heartbeat: { everyMs: 5_000, endsAtMs: 1_767_232_800_000 },
    expiresAtMs: 1_767_225_605_000,
  });
});

test('a wallet is read with its lots and holds', () => {
  const { head, lotRows } = loadedWalletOfRow(ROW);
  expect(head).toMatchObject({ wallet: WALLET, seq: 2, available: 70n, held: 30n, deposited: 100n });
  expect(head.lots).toMatchObject([{ lot: 1, left: 70n, terms: { source: 'deposit', priority: 100 } }]);
  expect(head.holds.get(2)).toMatchObject({ amount: 30n, draws: [{ lot: 1, left: 30n }] });
  expect(lotRows).toEqual(new Map([[1, null]]));
});

describe('a wallet is not judged on', () => {
  const lot = (change: Row): Row => ({ lots: [{ ...LOT, ...change }] });
  const hold = (change: Row): Row => ({ holds: [{ ...HOLD, ...change }] });
  test.each<readonly [string, Row]>([
    ['lots that are no list', { lots: {} }],
    ['a lot that is no object', { lots: ['1'] }],
    ['a lot as a number', lot({ lot: 1 })],
    ['an amount of a lot as a number', lot({ left: 70 })],
    ['an empty amount of a lot', lot({ left: '' })],
    ['a source that nobody knows', lot({ source: 'gift' })],
    ['a priority as text', lot({ priority: '100' })],
    ['a lot that is open as text says', lot({ open: 'false' })],
    ['terms that are missing', lot({ refundable: undefined })],
    ['an end of a lot that is no time', lot({ expiresAtMs: 'soon' })],
    ['holds that are no list', { holds: 'none' }],
    ['a service that is no text', hold({ service: 402 })],
    ['a hold of a gift card as text says', hold({ gift: 'true' })],
    ['an amount of a hold as a number', hold({ amount: 30 })],
    ['a hold that draws on a lot for nothing', hold({ left: [] })],
    ['a parent as a number', hold({ parent: 1 })],
    ['a number of children that is missing', hold({ children: undefined })],
    ['an interval of reports without an end', hold({ everyMs: '5000' })],
    ['a hold that draws on an unknown lot', hold({ lots: ['9'] })],
    ['another sum of holds than is held', hold({ left: ['29'] })],
    ['a balance as a number', { available: 70 }],
    ['another sum of lots than is available', { available: '-1' }],
  ])('%s', (_, change) => {
    expect(() => loadedWalletOfRow({ ...ROW, ...change })).toThrow(LedgerCorruption);
  });
});
