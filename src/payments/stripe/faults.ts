/** Turns the SDK's errors into ours: what is known of the outcome, and what the account lacks. */
import { Stripe } from 'stripe';
import { Refusal } from '../../core/errors.ts';
import { ProviderFailed, type ProviderFault } from '../port.ts';

const { errors } = Stripe;
/** How a refusal for want of a permission names it. */
const PERMISSION = /'?rak_([a-z_]+)'?/;
/** Codes of the network that say that nothing was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Runs a call.
 * @param call.reads true where it changes nothing: then a lost answer leaves no doubt, and it can be asked again.
 * @param call.permission what a restricted key needs for it, where Stripe's refusal does not say.
 * @throws ProviderFailed; Refusal CARD_DECLINED where a card was declined
 */
export async function callStripe<Result>(
  call: { readonly name: string; readonly reads: boolean; readonly permission: string },
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(call, error);
  }
}

/** Whether a call failed since there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof ProviderFailed && error.fault.code === 'resource_missing';
}

function failureOf(call: { name: string; reads: boolean; permission: string }, error: unknown): Error {
  if (!(error instanceof errors.StripeError)) return error instanceof Error ? error : new Error(String(error));
  if (error instanceof errors.StripeCardError) return declined(error);
  const fault = { code: error.code ?? null, requestId: error.requestId ?? null, lacks: null };
  const failed = (outcome: ProviderFault['outcome'], why: string, lacks: string | null = null): ProviderFailed =>
    new ProviderFailed(`Stripe: ${call.name}: ${why}`, { ...fault, outcome, lacks });
  if (error instanceof errors.StripeAuthenticationError) return failed('refused', 'the secret key is refused', 'key');
  if (error instanceof errors.StripePermissionError) {
    const permission = PERMISSION.exec(error.message)?.[1] ?? call.permission;
    return failed('refused', `the restricted key lacks the permission ${permission}`, permission);
  }
  if (error instanceof errors.StripeRateLimitError) return failed('unreachable', 'too many requests; try again later');
  if (error instanceof errors.StripeInvalidRequestError || error instanceof errors.StripeIdempotencyError) {
    return failed('refused', error.message);
  }
  if (error instanceof errors.StripeConnectionError) {
    const never = NEVER_SENT.has(codeOf(error.detail));
    return failed(
      call.reads || never ? 'unreachable' : 'unknown',
      'the connection failed before the whole answer came',
    );
  }
  if (error.code === 'lock_timeout') return failed('unreachable', 'another request holds the object; try again later');
  return failed(call.reads ? 'unreachable' : 'unknown', `answered ${error.statusCode ?? 'an error'}`);
}

function declined({
  message,
  code,
  decline_code,
  advice_code,
  payment_intent,
}: InstanceType<typeof errors.StripeCardError>): Refusal {
  return new Refusal('CARD_DECLINED', `the card was declined: ${message}`, {
    details: {
      providerCode: code ?? null,
      declineCode: decline_code ?? null,
      advice: advice_code ?? null,
      ...(payment_intent && { payment: payment_intent.id }),
    },
  });
}

function codeOf(detail: unknown): string {
  return typeof detail === 'object' && detail !== null && 'code' in detail ? String(detail.code) : '';
}
