/**
 * Where stripe-mock's version of the API and the pinned one disagree about what may be sent. The pinned version decides; what is
 * sent must be accepted by both, so nothing of this may be sent. The test holds each row against stripe-mock and the fake.
 */
export interface ApiDifference {
  readonly call: string;
  /** Added to a request that both accept. */
  readonly parameter: string;
  /** Whether stripe-mock, with API 2026-08-26.dahlia, accepts it. */
  readonly stripeMock: boolean;
  /** Whether 2026-10-28.endive accepts it. */
  readonly pinned: boolean;
  readonly why: string;
}

export const API_DIFFERENCES: readonly ApiDifference[] = [
  {
    call: '/v1/checkout/sessions',
    parameter: 'payment_method_types[0]=card',
    stripeMock: true,
    pinned: false,
    why: 'removed from requests in endive (changelog of 2026-09-30)',
  },
  {
    call: '/v1/checkout/sessions',
    parameter: 'allowed_payment_method_types[0]=card',
    stripeMock: false,
    pinned: true,
    why: 'added to sessions after the version of stripe-mock',
  },
];

/** What both accept, and what both refuse, beside the differences. */
export const API_AGREEMENTS: readonly ApiDifference[] = [
  {
    call: '/v1/checkout/sessions',
    parameter: 'excluded_payment_method_types[0]=klarna',
    stripeMock: true,
    pinned: true,
    why: 'how methods are chosen in both',
  },
  {
    call: '/v1/checkout/sessions',
    parameter: 'ui_mode=hosted',
    stripeMock: false,
    pinned: false,
    why: 'renamed to hosted_page in both',
  },
  {
    call: '/v1/checkout/sessions',
    parameter: 'colour=red',
    stripeMock: false,
    pinned: false,
    why: 'unknown in both',
  },
];

/** What both take, each in a form of its own. The pinned form is sent. */
export const API_REWRITTEN: readonly { readonly pinned: string; readonly stripeMock: string; readonly why: string }[] =
  [
    {
      pinned: 'billing_cycle_anchor[type]=now',
      stripeMock: 'billing_cycle_anchor=now',
      why: 'an object since endive, a word before (changelog of stripe 23.0.0)',
    },
  ];
