import { Webhook } from 'standardwebhooks';

/**
 * The headers of a Standard Webhooks message. Each secret adds a signature, so that during a rotation a receiver may
 * know either secret. The time is that of the attempt; the id is that of the event and the same for every attempt.
 */
export function signedHeaders(message: {
  readonly id: string;
  readonly atMs: number;
  readonly body: string;
  readonly secrets: readonly string[];
}): Record<string, string> {
  const { id, atMs, body, secrets } = message;
  const at = new Date(atMs);
  return {
    'content-type': 'application/json',
    'user-agent': 'coffer-webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(atMs / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
