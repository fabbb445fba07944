/** Where a request comes from. */
import type { IncomingMessage } from 'node:http';

/** How a socket that listens on IPv6 writes an IPv4 address (RFC 4291 section 2.5.5.2). */
const MAPPED_IPV4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * The IP address of whoever called, as text: IPv4 in dotted form whatever the socket listens on, IPv6 without its zone.
 * Empty once the connection is gone.
 */
export function clientAddress(request: IncomingMessage): string {
  const address = request.socket.remoteAddress ?? '';
  return MAPPED_IPV4.exec(address)?.[1] ?? address.replace(/%.*$/, '');
}
