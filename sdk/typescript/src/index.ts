/** The public surface of the package. Types of what calls take and answer come from the API's document. */
export type { Body, Call, CallOptions, MoneyOptions, PathValues, Query, Reply } from './calls.ts';
export { Coffer, type RequestParts } from './client.ts';
export {
  ApiError,
  AuthenticationError,
  CofferError,
  ConflictError,
  ConnectionError,
  ForbiddenError,
  InsufficientCreditError,
  NotFoundError,
  RateLimitError,
  UnavailableError,
  ValidationError,
} from './errors.ts';
export { FROM_THE_BEGINNING, type FollowOptions, type LogOptions } from './events.ts';
export type * from './generated/api.ts';
export { OpenHold, withHold, type HoldTerms } from './hold.ts';
export { newIdempotencyKey } from './keys.ts';
export { meter, Metered, type MeterOptions } from './meter.ts';
export type { Attempt, ClientOptions } from './transport.ts';
export { Usd, type Amount } from './usd.ts';
export { constructWebhookEvent, WebhookError, type WebhookHeaders, type WebhookOptions } from './webhooks.ts';
