/** Where a payment provider's page leads a person back to: their credits, which say that a payment is on its way. */
import { hrefOf } from '../lib/route';

/** As the service takes them. */
export const backFromPaying = (): { readonly success_url: string; readonly cancel_url: string } => ({
  success_url: `${location.origin}${hrefOf('/credits?paid=yes')}`,
  cancel_url: `${location.origin}${hrefOf('/credits')}`,
});
