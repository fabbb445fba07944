/** The billing portal: configurations of an account, and sessions for its customers. */
import type Stripe from 'stripe';
import type { z } from 'zod';
import type { Books, Cause } from '../books.ts';
import { StripeRefusal } from '../refusal.ts';
import type { portalConfiguration, portalSession } from './parameters.ts';

type Configuration = Stripe.BillingPortal.Configuration;

/** Makes a configuration. */
export function createConfiguration(
  books: Books,
  { features, metadata, name, default_return_url: back }: z.output<typeof portalConfiguration>,
  cause: Cause,
): Configuration {
  const configuration = books.add<Configuration>({
    id: books.newId('bpc'),
    object: 'billing_portal.configuration',
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: books.now(),
    default_return_url: back ?? null,
    features: {
      customer_update: { allowed_updates: [], enabled: features.customer_update?.enabled ?? false },
      invoice_history: { enabled: features.invoice_history?.enabled ?? false },
      payment_method_update: {
        enabled: features.payment_method_update?.enabled ?? false,
        payment_method_configuration: null,
      },
      subscription_cancel: {
        cancellation_reason: { enabled: false, options: [] },
        enabled: features.subscription_cancel?.enabled ?? false,
        mode: features.subscription_cancel?.mode ?? 'at_period_end',
        proration_behavior: 'none',
      },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: [],
        enabled: features.subscription_update?.enabled ?? false,
        proration_behavior: 'none',
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: 'end_trial',
      },
    } as unknown as Configuration['features'],
    is_default: false,
    livemode: books.livemode,
    login_page: { enabled: false, url: null },
    metadata: metadata ?? {},
    name: name ?? null,
    updated: books.now(),
  });
  books.emit('billing_portal.configuration.created', configuration, cause);
  return configuration;
}

/** Opens a session. @throws StripeRefusal 400 without a configuration: none was saved as the account's default */
export function createPortalSession(
  books: Books,
  { customer, configuration, return_url: back }: z.output<typeof portalSession>,
  cause: Cause,
): Stripe.BillingPortal.Session {
  books.get('customer', customer, 'customer');
  if (configuration === undefined) {
    throw new StripeRefusal(
      400,
      'No configuration provided and your test mode default configuration has not been created.',
    );
  }
  books.get('billing_portal.configuration', configuration, 'configuration');
  const id = books.newId('bps');
  const session = books.add<Stripe.BillingPortal.Session>({
    id,
    object: 'billing_portal.session',
    configuration,
    created: books.now(),
    customer,
    customer_account: null,
    flow: null,
    livemode: books.livemode,
    locale: null,
    on_behalf_of: null,
    return_url: back ?? null,
    url: `https://billing.stripe.com/p/session/${id}`,
  });
  books.emit('billing_portal.session.created', session, cause);
  return session;
}
