/** What each test payment method does, by the numbers and names of Stripe's own test cards. */

export interface Behaviour {
  readonly type: 'card' | 'us_bank_account';
  readonly last4: string;
  /** Declined with this code at every charge. */
  readonly decline?: { readonly code: string; readonly declineCode: string; readonly advice: string };
  /** `always`: each charge needs the payer; `off_session`: only one without the payer does. */
  readonly authenticate?: 'always' | 'off_session';
  /** What follows a successful charge. */
  readonly follows?: 'chargeback' | 'inquiry' | 'early_warning';
  /** What becomes of a refund: `fails` a day after it has succeeded; `pending`: it takes a day. */
  readonly refund?: 'fails' | 'pending';
  /** The money comes, or does not come, after days. */
  readonly delayed?: 'succeeds' | 'fails';
}

const declined = (last4: string, code: string, declineCode: string, advice = 'try_again_later'): Behaviour => ({
  type: 'card',
  last4,
  decline: { code, declineCode, advice },
});
const card = (last4: string, more: Partial<Behaviour> = {}): Behaviour => ({ type: 'card', last4, ...more });
const bank = (last4: string, delayed: 'succeeds' | 'fails'): Behaviour => ({ type: 'us_bank_account', last4, delayed });

/** By card number, or by the account number of a bank debit. */
const NUMBERS: Readonly<Record<string, Behaviour>> = {
  '4242424242424242': card('4242'),
  '4000000000000002': declined('0002', 'card_declined', 'generic_decline'),
  '4000000000009995': declined('9995', 'card_declined', 'insufficient_funds'),
  '4000000000009979': declined('9979', 'card_declined', 'stolen_card', 'do_not_try_again'),
  '4000000000000069': declined('0069', 'expired_card', 'expired_card', 'confirm_card_data'),
  '4000002760003184': card('3184', { authenticate: 'always' }),
  '4000002500003155': card('3155', { authenticate: 'off_session' }),
  '4000000000000259': card('0259', { follows: 'chargeback' }),
  '4000000000001976': card('1976', { follows: 'inquiry' }),
  '4000000000005423': card('5423', { follows: 'early_warning' }),
  '4000000000005126': card('5126', { refund: 'fails' }),
  '4000000000007726': card('7726', { refund: 'pending' }),
  '000123456789': bank('6789', 'succeeds'),
  '000111111116': bank('1116', 'fails'),
};

/** Names of ready-made payment methods, as Stripe gives them. */
const NAMES: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_chargeDeclined: '4000000000000002',
  pm_card_chargeDeclinedInsufficientFunds: '4000000000009995',
  pm_card_chargeDeclinedStolenCard: '4000000000009979',
  pm_card_chargeDeclinedExpiredCard: '4000000000000069',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_createDispute: '4000000000000259',
  pm_card_createDisputeInquiry: '4000000000001976',
  pm_card_createIssuerFraudRecord: '4000000000005423',
  pm_card_refundFail: '4000000000005126',
  pm_card_pendingRefund: '4000000000007726',
  pm_usBankAccount_success: '000123456789',
  pm_usBankAccount_debitNotAuthorized: '000111111116',
};

/** The behaviour of a card number, bank account number or ready-made method; undefined for any other text. */
export function findBehaviour(numberOrName: string): Behaviour | undefined {
  const number = numberOrName.replaceAll(' ', '');
  return NUMBERS[NAMES[number] ?? number];
}
