/** Names for what the calls answer that programs meet most. */
import type { Reply } from './calls.ts';

type Real<Answer> = Exclude<Answer, { dryRun: true } | undefined>;
type Preview<Answer> = Extract<Answer, { dryRun: true }>;

export type Balance = Reply<'GET /treasury/balance'>;
export type Debit = Real<Reply<'POST /treasury/debit'>>;
export type DebitPreview = Preview<Reply<'POST /treasury/debit'>>;
export type HoldOpened = Real<Reply<'POST /treasury/hold'>>;
export type HoldOpenedPreview = Preview<Reply<'POST /treasury/hold'>>;
export type HoldCaptured = Real<Reply<'POST /treasury/consume-hold'>>;
export type HoldCapturedPreview = Preview<Reply<'POST /treasury/consume-hold'>>;
export type HoldReleased = Real<Reply<'POST /treasury/release-hold'>>;
export type HoldReleasedPreview = Preview<Reply<'POST /treasury/release-hold'>>;
export type HoldExtended = Real<Reply<'POST /treasury/extend-hold'>>;
export type HoldExtendedPreview = Preview<Reply<'POST /treasury/extend-hold'>>;
export type HoldGrown = Real<Reply<'POST /treasury/grow-hold'>>;
export type HoldGrownPreview = Preview<Reply<'POST /treasury/grow-hold'>>;
export type HoldAlive = Real<Reply<'POST /treasury/heartbeat-hold'>>;
export type Hold = Reply<'GET /treasury/holds'>['holds'][number];
export type Deposit = Reply<'GET /treasury/deposits'>['deposits'][number];
export type Order = Reply<'GET /treasury/orders'>['orders'][number];
export type Sender = Reply<'GET /treasury/senders'>['senders'][number];
