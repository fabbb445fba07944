/**
 * Files that the service sends as they are: the bytes are made once and compressed once, so that a request for one costs no
 * more than sending it. Under a name that has a part of its hash it never changes; under its plain name a client asks
 * whether it has changed.
 */
import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Reply } from './reply.ts';

/** How many characters of its hash the name of a file has. */
const NAMED_BY = 16;
const FOR_EVER = 'public, max-age=31536000, immutable';
/** A client may keep it, and asks each time whether it has changed. */
const ASK_FIRST = 'no-cache';
const GZIP = /(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0+)?\s*(?:,|$))[0-9.]+\s*)?(?:,|$)/i;

/** The most that is sent in one turn of the thread. */
const PIECE_BYTES = 64 * 1024;

/** Does a piece of work when the thread has time for it. */
export type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

export class ServedFile {
  readonly #bytes: Buffer;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #hash: string;
  readonly #extension: string;
  readonly #stem: string;
  #compressed: Promise<Buffer> | undefined;

  /** @param name the plain name, such as `reference.js`. @param headers those of every answer, the content type included. */
  constructor(name: string, bytes: Buffer, headers: Readonly<Record<string, string>>) {
    const dot = name.lastIndexOf('.');
    [this.#stem, this.#extension] = [name.slice(0, dot), name.slice(dot)];
    this.#bytes = bytes;
    this.#headers = headers;
    this.#hash = hash('sha256', bytes, 'hex').slice(0, 2 * NAMED_BY);
  }

  /** The name under which it never changes. */
  get lastingName(): string {
    return `${this.#stem}-${this.#hash.slice(0, NAMED_BY)}${this.#extension}`;
  }

  /**
   * The answer to a request for it: 304 without a body where the client has it.
   * @param how `lasting`: it was asked for under {@link lastingName}.
   */
  async reply(
    { headers: asked }: Pick<IncomingMessage, 'headers'>,
    { lasting, turn }: { readonly lasting: boolean; readonly turn: TakeTurn },
  ): Promise<Reply> {
    const zipped = GZIP.test(asked['accept-encoding'] ?? '');
    const etag = `"${this.#hash}${zipped ? '-gzip' : ''}"`;
    const headers = { ETag: etag, Vary: 'Accept-Encoding', 'Cache-Control': lasting ? FOR_EVER : ASK_FIRST };
    const known = (asked['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
    if (known.includes(etag) || known.includes('*')) return { status: 304, headers };
    const encoded = zipped ? { 'Content-Encoding': 'gzip' } : {};
    const bytes = zipped ? await this.#gzip() : this.#bytes;
    const length = { 'Content-Length': String(bytes.byteLength) };
    return { pieces: piecesOf(bytes, turn), headers: { ...headers, ...this.#headers, ...encoded, ...length } };
  }

  async #gzip(): Promise<Buffer> {
    return (this.#compressed ??= promisify(gzip)(this.#bytes, { level: 9 }));
  }
}

async function* piecesOf(bytes: Buffer, turn: TakeTurn): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
    yield await turn(async () => Promise.resolve(bytes.subarray(at, at + PIECE_BYTES)));
  }
}
