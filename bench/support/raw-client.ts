/** A minimal HTTP client that only separates one answer from the next, to add little to a measurement. */
import { connect, type Socket } from 'node:net';
import { toCount } from '../../src/core/integers.ts';

const ANSWER_TIMEOUT_MS = 30_000;

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One keep-alive connection that carries one request at a time. */
export class RawClient {
  readonly #socket: Socket;
  readonly #host: string;
  #received = '';
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket, host: string) {
    this.#socket = socket;
    this.#host = host;
    socket.setNoDelay(true);
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error('no answer in time')));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#read(chunk));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')));
  }

  /** Connects to the host of a URL. */
  static async open(url: string): Promise<RawClient> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(toCount(port), hostname);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new RawClient(socket, host);
  }

  /** Sends a JSON POST with further header lines (each ending in CRLF) and waits for the answer. */
  async post(path: string, headers: string, body: string): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error('the connection was closed'));
        return;
      }
      this.#waiting = { resolve, reject };
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n${headers}Content-Type: application/json\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, end))?.[1];
    const bodyEnd = end + 4 + toCount(length ?? '0');
    if (this.#received.length < bodyEnd) return;
    const status = toCount(this.#received.slice(9, 12));
    const body = this.#received.slice(end + 4, bodyEnd);
    this.#received = this.#received.slice(bodyEnd);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status, body });
  }
}
