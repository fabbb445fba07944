/** The IP address that a request comes from. */
import type { IncomingMessage } from 'node:http';
import { isIP, SocketAddress } from 'node:net';
// @ts-expect-error: the package publishes no types.
import proxyAddr from 'proxy-addr';

type IsProxy = (address: string) => boolean;

/** What Express uses for `request.ip`: the connection's address, then the hops that trusted proxies report, nearest first. */
const { all }: { readonly all: (request: IncomingMessage, isProxy: IsProxy) => string[] } = proxyAddr;

/** How a socket that listens on IPv6 writes an IPv4 address (RFC 4291 section 2.5.5.2), as `SocketAddress` prints it. */
const MAPPED_IPV4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/;
/** An address with the port that some proxies append: `192.0.2.7:443`, `[2001:db8::7]` or `[2001:db8::7]:443`. */
const WITH_PORT = /^(?:([\d.]+):\d{1,5}|\[([^\]]*)\](?::\d{1,5})?)$/;

/**
 * The IP address of the caller, as text: IPv4 in dotted form even on an IPv6 socket, IPv6 in its short form and without
 * its zone. Empty once the connection is closed, and where a trusted proxy reports something that is not an address: such
 * a caller is on no allow-list, and is never taken for the proxy itself.
 *
 * `X-Forwarded-For` is read only when the connection comes from a trusted proxy, from its last entry backwards: each
 * proxy appends the address that called it. The first address that is not a trusted proxy is the caller; entries before
 * it come from the caller and are not trusted.
 * @param isProxy whether an address is a trusted proxy; when left out, none is.
 */
export function clientAddress(request: IncomingMessage, isProxy: IsProxy = () => false): string {
  const { remoteAddress } = request.socket;
  if (remoteAddress === undefined) return '';
  if (!isProxy(readAddress(remoteAddress))) return readAddress(remoteAddress);
  const hops = all(request, (address) => isProxy(readAddress(address)));
  const isBlank = hops.length === 1 && request.headers['x-forwarded-for'] !== undefined;
  return isBlank ? '' : readAddress(hops.at(-1) ?? '');
}

/** The one spelling of an address, without port, brackets and zone; empty for text that is not an address. */
function readAddress(text: string): string {
  const [, ipv4, bracketed] = WITH_PORT.exec(text) ?? [];
  const address = ipv4 ?? bracketed ?? text;
  const family = isIP(address);
  if (family === 0 || (bracketed !== undefined && family === 4)) return '';
  if (family === 4) return address;
  const { address: short } = new SocketAddress({ address, family: 'ipv6' });
  return MAPPED_IPV4.exec(short)?.[1] ?? short;
}
