/** The IP address that a request comes from. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { headerValues } from './headers.ts';

/** How a socket that listens on IPv6 writes an IPv4 address (RFC 4291 section 2.5.5.2). */
const MAPPED_IPV4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;
/** Most entries of `X-Forwarded-For` that are read. */
const HOPS_MAX = 10;

/**
 * The IP address of the caller, as text: IPv4 in dotted form even on an IPv6 socket, IPv6 without its zone.
 * Empty once the connection is closed.
 *
 * `X-Forwarded-For` is read only when the connection comes from a trusted proxy, from its last entry backwards: each
 * proxy appends the address that called it. The first address that is not a trusted proxy is the caller; entries before
 * it come from the caller and are not trusted.
 * @param isProxy whether an address is a trusted proxy; when left out, none is.
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
