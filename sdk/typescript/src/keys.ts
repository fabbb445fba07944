/** Idempotency keys. */

/** A new key: a UUIDv7, whose time in front keeps the service's index of keys fast. */
export function newIdempotencyKey(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  // From the fifteenth place on, the variant and all other bits of a UUIDv4 are those of a UUIDv7.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}
