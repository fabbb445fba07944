/** A key that was found in the database, and what tells a request that presents it from one that guesses. */
import { hash } from 'node:crypto';
import { findOpener } from '../../core/access/api-key.ts';
import { openIpRanges } from '../../core/access/ip-ranges.ts';
import type { Pepper } from '../../core/access/peppers.ts';
import type { ApiKey } from '../../db/access/api-keys.ts';
import type { KeyCaller } from './caller.ts';

export class KnownKey {
  readonly key: ApiKey;
  readonly caller: KeyCaller;
  /** Whether it may be used from an address; undefined when it may be used from every address. */
  readonly allowsAddress: ((address: string) => boolean) | undefined;
  /** Whether its use was noted since it was found. */
  touched = false;
  readonly #peppers: readonly Pepper[];
  /** SHA-256 of the text of the key; undefined until a request has presented it. */
  #shownHash: string | undefined;

  /** @param peppers those under which its hash may have been made */
  constructor(key: ApiKey, peppers: readonly Pepper[]) {
    const { id, kind, scopes, org, allowedIps, mintLimitMicros } = key;
    this.key = key;
    this.caller = { type: 'key', keyId: id, kind, scopes, org, mintLimitMicros };
    this.allowsAddress = allowedIps === null ? undefined : openIpRanges(allowedIps);
    this.#peppers = peppers;
  }

  /**
   * Whether the text is the key. The keyed hash is computed until the key was presented once; later texts are compared
   * by their plain SHA-256. The time that comparing two hashes takes reveals nothing about the hashed texts.
   * @param onFirst called with the pepper that opened it, when the key is presented for the first time
   */
  opens(text: string, onFirst: (opener: Pepper) => void): boolean {
    const textHash = hash('sha256', text, 'base64');
    if (this.#shownHash !== undefined) return textHash === this.#shownHash;
    const opener = findOpener(text, this.#peppers, this.key);
    if (!opener) return false;
    this.#shownHash = textHash;
    onFirst(opener);
    return true;
  }
}
