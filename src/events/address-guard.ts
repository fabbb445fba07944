/** Which addresses a webhook may reach: public ones. Those of this machine, its network or its cloud are refused. */
import { BlockList, isIP } from 'node:net';
import { findCount } from '../core/integers.ts';

/**
 * IPv4 ranges that are not public: IANA's special-purpose registry, multicast, the reserved block, and one address
 * outside of those ranges from which a cloud serves the metadata of its machines.
 * Source: https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const REFUSED_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32],
];
/**
 * Only global unicast IPv6 addresses are public. Loopback, IPv4-mapped, NAT64, unique local, link-local and multicast
 * addresses are outside of that range; the refused ranges are inside of it but not public either (Teredo and 6to4 carry
 * an IPv4 address). Source: https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const GLOBAL_IPV6 = ['2000::', 3] as const;
const REFUSED_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const HTTPS_PORT = '443';
const URL_LENGTH_MAX = 2048;

/** A URL or address that webhooks may not reach. The message is shown to the endpoint's owner and names no address. */
export class AddressRefused extends Error {
  override name = 'AddressRefused';
}

export interface AddressGuard {
  /**
   * @param byHttps whether it is reached by https on the default port.
   * @throws AddressRefused for an IP address that webhooks may not reach this way, and for text that is not one.
   */
  checkAddress(address: string, byHttps: boolean): void;
  /** Reads a webhook's URL. @throws AddressRefused when the text alone shows that a webhook may not reach it. */
  checkUrl(text: string): URL;
}

/**
 * The guard of a deployment.
 * @param allowPrivate false: only public addresses, by https on its default port; true: every address, for development;
 * otherwise these ranges (CIDR) besides the public ones. What is allowed here may be reached by http and on any port.
 */
export function createAddressGuard(allowPrivate: boolean | readonly string[]): AddressGuard {
  const allowed = new BlockList();
  for (const cidr of typeof allowPrivate === 'boolean' ? [] : allowPrivate) addRange(allowed, cidr);
  const checkAddress = (address: string, byHttps: boolean): void => {
    if (allowPrivate === true || isWithin(allowed, address)) return;
    if (!isPublic(address)) throw new AddressRefused('leads to an address that is not public');
    if (!byHttps)
      throw new AddressRefused(`must be an https URL on port ${HTTPS_PORT}, as it leads to a public address`);
  };
  return {
    checkAddress,
    checkUrl: (text) => {
      const url = URL.canParse(text) && text.length <= URL_LENGTH_MAX ? new URL(text) : undefined;
      if (!url || url.hostname === '') throw new AddressRefused('is not a URL');
      if (allowPrivate === false && url.protocol !== 'https:') throw new AddressRefused('must be an https URL');
      if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new AddressRefused('must be an https URL');
      if (url.username !== '' || url.password !== '') throw new AddressRefused('must not carry a user or password');
      if (allowPrivate === false && !isByHttps(url)) {
        throw new AddressRefused(`must be on port ${HTTPS_PORT}`);
      }
      const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
      // The addresses of a host name are checked when the connection is opened.
      if (isIP(literal) !== 0) checkAddress(literal, isByHttps(url));
      return url;
    },
  };
}

/** Whether a URL is reached by https on its default port; the parsed URL then has no port. */
export function isByHttps({ protocol, port }: URL): boolean {
  return protocol === 'https:' && port === '';
}

const refused = new BlockList();
for (const [net, bits] of REFUSED_IPV4) refused.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of REFUSED_IPV6) refused.addSubnet(net, bits, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet(...GLOBAL_IPV6, 'ipv6');

function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !refused.check(address, 'ipv4');
  return family === 6 && globalUnicast.check(address, 'ipv6') && !refused.check(address, 'ipv6');
}

function isWithin(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

function addRange(list: BlockList, cidr: string): void {
  const [net = '', bits = ''] = cidr.split('/');
  const family = isIP(net);
  const size = findCount(bits);
  if (family === 0 || size === undefined) throw new RangeError(`${cidr} is not a range of addresses`);
  list.addSubnet(net, size, family === 4 ? 'ipv4' : 'ipv6');
}

/** What is wrong with a webhook's URL, in words for its sender; undefined when it is valid. */
export function findUrlProblem(guard: AddressGuard, url: string): string | undefined {
  try {
    guard.checkUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof AddressRefused) return error.message;
    throw error;
  }
}
