import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { openIpRanges } from '../../core/access/ip-ranges.ts';
import { clientAddress } from './client-address.ts';

const isProxy = openIpRanges(['127.0.0.0/8', '10.0.0.0/8', 'fd00::/8']);

function requestFrom(remoteAddress: string | undefined, header?: string): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  if (header !== undefined) request.headers['x-forwarded-for'] = header;
  return request;
}

it.each([
  ['the connection', '198.51.100.7', undefined, '198.51.100.7'],
  ['the connection, whatever it claims', '198.51.100.7', '203.0.113.1', '198.51.100.7'],
  ['IPv4 on an IPv6 socket', '::ffff:198.51.100.7', undefined, '198.51.100.7'],
  ['a link-local address without its zone', 'fe80::1%eth0', undefined, 'fe80::1'],
  ['nobody once the connection is closed', undefined, undefined, ''],
  ['the proxy itself without the header', '127.0.0.1', undefined, '127.0.0.1'],
  ['the last hop that is not a proxy', '::ffff:127.0.0.1', '127.0.0.1, 203.0.113.7, 10.0.0.1', '203.0.113.7'],
  ['the first hop if all are proxies', '127.0.0.1', '10.0.0.1,10.0.0.2', '10.0.0.1'],
  ['a hop without its port', '127.0.0.1', '203.0.113.7:51234', '203.0.113.7'],
  ['a hop behind a proxy that adds a port', '127.0.0.1', '203.0.113.7:51234, 10.0.0.1:80', '203.0.113.7'],
  ['IPv6 without brackets', '127.0.0.1', '[2001:db8::7]', '2001:db8::7'],
  ['IPv6 without brackets and port', '127.0.0.1', '[2001:db8::7]:443, [fd00::1]:8080', '2001:db8::7'],
  ['IPv6 in one spelling', '127.0.0.1', '2001:0DB8:0:0::0007', '2001:db8::7'],
  ['mapped IPv4 in one spelling', '127.0.0.1', '::ffff:cb00:7107', '203.0.113.7'],
  ['nobody for a name', '127.0.0.1', 'localhost', ''],
  ['nobody for a word', '127.0.0.1', '203.0.113.7, unknown', ''],
  ['nobody for a socket without an address', '127.0.0.1', 'unix:', ''],
  ['nobody for an empty header', '127.0.0.1', '', ''],
  ['nobody for blank hops', '127.0.0.1', ' , ', ''],
  ['nobody for IPv4 in brackets', '127.0.0.1', '[127.0.0.1]', ''],
  ['nobody for eight groups and a port', '127.0.0.1', '2001:db8:1:2:3:4:5:6:443', ''],
  ['nobody for a port of six digits', '127.0.0.1', '127.0.0.1:123456', ''],
])('S15 a caller is %s', (_case, remoteAddress, header, caller) => {
  expect(clientAddress(requestFrom(remoteAddress, header), isProxy)).toBe(caller);
});
