import { Webhook } from 'standardwebhooks';

/**
 * The headers of a Standard Webhooks message; each secret adds a signature, so that a receiver may know either of two.
 * The time is that of the attempt, the id that of the event: it is the same however often the event is sent.
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
