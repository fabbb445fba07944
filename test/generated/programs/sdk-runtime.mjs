/** What every runtime does with the SDK. It uses nothing that only one of them has, and gets all that it needs as an argument. */
import {
  Coffer,
  constructWebhookEvent,
  InsufficientCreditError,
  Usd,
  WebhookError,
  withHold,
} from '@coffer-treasury/sdk';

export async function useSdk({ url, key, secret, body, headers }) {
  const statuses = [];
  const coffer = new Coffer({ baseUrl: url, key, onAttempt: ({ status }) => statuses.push(status ?? 'lost') });
  const debit = await coffer.createDebit({ serviceType: 'AI_API', amountUsd: '1.25' });
  const attempts = [...statuses];

  const captured = await withHold(coffer, { serviceType: 'AI_API', amountUsd: '2.00' }, async (hold) => {
    await hold.close(Usd.priceOf(1500n, '0.0005'));
    return hold.captured.toString();
  });

  const refusal = await coffer.createDebit({ serviceType: 'AI_API', amountUsd: '1000.00' }).catch((error) => error);
  const entryTypes = [];
  for await (const { type } of coffer.listEntries({ limit: 2 })) entryTypes.push(type);

  const event = await constructWebhookEvent(body, headers, secret);
  const forged = await constructWebhookEvent(body.replace('12.50', '99.50'), headers, secret).catch((error) => error);
  return {
    attempts,
    charged: debit.amountUsd,
    captured,
    refusal: [refusal instanceof InsufficientCreditError, refusal.kind, refusal.short?.toString()],
    entryTypes,
    event: event.type,
    forged: [forged instanceof WebhookError, forged.reason],
    left: (await coffer.getBalance()).availableUsd,
  };
}
