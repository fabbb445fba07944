/** A browser as far as signing in needs one: it keeps cookies, says which page a request comes from, and picks a person. */
import { get, type IncomingMessage } from 'node:http';
import type { Answer } from './api.ts';
import { contractOf } from './contract.ts';

/** Where a redirect leads. */
interface Led {
  readonly location: string;
}

export class Browser {
  readonly #url: string;
  readonly #issuerUrl: string;
  readonly #cookies = new Map<string, string>();
  #csrf = '';
  readonly #origin = 'http://127.0.0.1:0';
  /** The header that set the session's cookie last. */
  cookieText = '';

  constructor(url: string, issuerUrl: string) {
    [this.#url, this.#issuerUrl] = [url, issuerUrl];
  }

  /** What the session's cookie holds; empty when there is none. */
  get sessionToken(): string {
    return this.#cookies.get(this.#sessionName()) ?? '';
  }

  get hasSession(): boolean {
    return this.sessionToken !== '';
  }

  forgetSession(): void {
    this.#cookies.delete(this.#sessionName());
  }

  /** Has a session's cookie that somebody else chose. */
  plant(token: string): void {
    this.#cookies.set('coffer-0', token);
  }

  /** Signs in as a person of the test issuer. @param query of the sign-in's address */
  async signIn(user: string, query = ''): Promise<Led> {
    const back = await this.pick((await this.begin(query)).location, user);
    const led = await this.follow(back);
    const { json } = await this.call('GET', '/app/me');
    this.#csrf = typeof json['csrfToken'] === 'string' ? json['csrfToken'] : '';
    return led;
  }

  /** Opens the sign-in. */
  async begin(query = ''): Promise<Led> {
    return this.follow(`${this.#url}/app/sign-in${query}`);
  }

  /** Picks a person on the issuer's page. @returns where it leads */
  async pick(page: string, user: string): Promise<string> {
    const body = new URLSearchParams(new URL(page).searchParams);
    body.set('user', user);
    const answer = await fetch(`${this.#issuerUrl}/authorize`, { method: 'POST', body, redirect: 'manual' });
    const back = answer.headers.get('location');
    if (back === null) throw new Error(`the issuer answered ${answer.status}: ${await answer.text()}`);
    return back;
  }

  /** Opens an address of the service that redirects; the service may be behind another port than it names. */
  async follow(address: string): Promise<Led> {
    const { pathname, search } = new URL(address);
    const answer = await this.#get(pathname + search);
    const { location } = answer.headers;
    if (location === undefined) throw new Error(`${pathname} answered ${answer.statusCode}`);
    return { location };
  }

  /** A request of the app's own page; headers that are empty are left out. */
  async call(
    method: string,
    path: string,
    body?: unknown,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const own = {
      cookie: this.#cookieHeader(),
      origin: method === 'GET' ? '' : this.#origin,
      'sec-fetch-site': 'same-origin',
      'x-coffer-csrf': method === 'GET' ? '' : this.#csrf,
      'content-type': body === undefined ? '' : 'application/json',
      ...more,
    };
    const isLeftOut = (name: string, value: string): boolean => value === '' && name !== 'authorization';
    const headers = Object.fromEntries(Object.entries(own).filter(([name, value]) => !isLeftOut(name, value)));
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(this.#url + path, init);
    this.#keep(response.headers.getSetCookie());
    const text = await response.text();
    const parsed: unknown = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {};
    const answer = { status: response.status, headers: response.headers, text, json: { ...(parsed as object) } };
    (await contractOf(this.#url)).judge(method, path, answer);
    return answer;
  }

  /** Asks as a browser does that found the service where it says it is; `fetch` lets nobody name the host. */
  async #get(path: string): Promise<IncomingMessage> {
    const headers = { cookie: this.#cookieHeader(), host: new URL(this.#origin).host };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(this.#url + path, { headers }, resolve).on('error', reject);
    });
    answer.resume();
    this.#keep(answer.headers['set-cookie'] ?? []);
    return answer;
  }

  #keep(cookies: readonly string[]): void {
    for (const text of cookies) {
      const [pair = '', ...attributes] = text.split('; ');
      const [name = '', value = ''] = pair.split('=');
      if (attributes.includes('Max-Age=0')) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
      if (name === this.#sessionName()) this.cookieText = text;
    }
  }

  #cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #sessionName(): string {
    return 'coffer-0';
  }
}
