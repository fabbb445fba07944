/** Refusals as the Stripe API answers them. */

/** The members of `error` in an answer, beside its type and message. */
interface Members {
  readonly code?: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly charge?: string;
  readonly payment_intent?: object;
  readonly payment_method?: object;
}

/** A call that is refused, with its status and the members of its `error`. */
export class StripeRefusal extends Error {
  override name = 'StripeRefusal';
  readonly status: number;
  readonly type: string;
  readonly members: Members;

  constructor(status: number, message: string, members: Members = {}, type = 'invalid_request_error') {
    super(message);
    this.status = status;
    this.type = type;
    this.members = members;
  }

  /** The body of the answer. */
  body(): object {
    return { error: { type: this.type, message: this.message, ...this.members } };
  }
}

/** The refusal of an id that is not there. */
export function noSuch(object: string, id: string, param = 'id'): StripeRefusal {
  return new StripeRefusal(404, `No such ${object}: '${id}'`, { code: 'resource_missing', param });
}

/** The refusal of a change that the state of an object does not allow. */
export function wrongState(message: string, code?: string): StripeRefusal {
  return new StripeRefusal(400, message, code === undefined ? {} : { code });
}
