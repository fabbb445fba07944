/**
 * Which part of a spread ledger a wallet lies in. Citus spreads by PostgreSQL's hash of the column, whose ranges the parts divide
 * among them. A batch for one part is written by one server, in one commit; a batch for several is a commit of each of them.
 */

const turned = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** PostgreSQL's hash of a uuid, a signed 32-bit number: Bob Jenkins's lookup3, of 16 bytes. */
export function hashOfUuid(uuid: string): number {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  const begin = (0x9e3779b9 + bytes.length + 3_923_095) | 0;
  let [a, b, c] = [0, 4, 8].map((at) => (begin + bytes.readUInt32LE(at)) | 0);
  [a, b, c] = [a ?? 0, b ?? 0, c ?? 0];
  for (const [first, second, third] of [
    [4, 6, 8],
    [16, 19, 4],
  ] as const) {
    a = ((a - c) | 0) ^ turned(c, first);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ turned(a, second);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ turned(b, third);
    b = (b + a) | 0;
  }
  a = (a + bytes.readUInt32LE(12)) | 0;
  c = ((c ^ b) - turned(b, 14)) | 0;
  a = ((a ^ c) - turned(c, 11)) | 0;
  b = ((b ^ a) - turned(a, 25)) | 0;
  c = ((c ^ b) - turned(b, 16)) | 0;
  a = ((a ^ c) - turned(c, 4)) | 0;
  b = ((b ^ a) - turned(a, 14)) | 0;
  return ((c ^ b) - turned(b, 24)) | 0;
}

/** The index of the part that has a wallet. @param firsts the lowest hash of each part, in ascending order */
export function shardOf(wallet: string, firsts: readonly number[]): number {
  const hash = hashOfUuid(wallet);
  const after = firsts.findIndex((first) => first > hash);
  return (after < 0 ? firsts.length : after) - 1;
}
