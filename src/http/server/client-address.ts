/** Where a request comes from. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { headerValues } from './headers.ts';

/** How a socket that listens on IPv6 writes an IPv4 address (RFC 4291 section 2.5.5.2). */
const MAPPED_IPV4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
/** Most proxies on the way that are looked past. */
const HOPS_MAX = 10;

/**
 * The IP address of whoever called, as text: IPv4 in dotted form whatever the socket listens on, IPv6 without its zone.
 * Empty once the connection is gone.
 *
 * `X-Forwarded-For` is read only where a trusted proxy is at the other end, from its end on: each proxy adds there whom
 * it was called by. The first one that is no trusted proxy is the caller; what stands before it, the caller wrote.
 * @param isProxy whether an address is one of our proxies; left out: nobody is.
 */
export function clientAddress(request: IncomingMessage, isProxy?: (address: string) => boolean): string {
  let address = plain(request.socket.remoteAddress ?? '');
  if (!isProxy?.(address)) return address;
  const hops = headerValues(request, 'x-forwarded-for').join(',').split(',').slice(-HOPS_MAX);
  for (const hop of hops.toReversed()) {
    const before = plain(hop.trim());
    if (isIP(before) === 0) return address;
    address = before;
    if (!isProxy(address)) return address;
  }
  return address;
}

function plain(address: string): string {
  return MAPPED_IPV4.exec(address)?.[1] ?? address.replace(/%.*$/, '');
}
