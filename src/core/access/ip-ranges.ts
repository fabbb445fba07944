/** Ranges of IP addresses: the allow-list of an API key. */
import { BlockList, isIP } from 'node:net';
import { findCount } from '../integers.ts';

/** Most ranges of one list. */
export const IP_RANGES_MAX = 50;

/** The CIDR form of an address or a range, such as 192.0.2.7/32 for 192.0.2.7; undefined for other text. */
export function findIpRange(text: string): string | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0 || address.includes('%')) return undefined;
  const bitsMax = family === 4 ? 32 : 128;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return undefined;
  const size = bits === undefined ? bitsMax : findCount(bits);
  return size === undefined || size > bitsMax ? undefined : `${address.toLowerCase()}/${size}`;
}

/** A function that says whether an address is in one of the ranges; false for text that is not an address. */
export function openIpRanges(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [net, size] = splitRange(range);
    list.addSubnet(net, size, isIP(net) === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/** Whether a range in CIDR form lies within one of some ranges. One that only several of them cover together does not. */
export function isWithinRanges(range: string, ranges: readonly string[]): boolean {
  const [net, size] = splitRange(range);
  return ranges.some((one) => {
    const [outerNet, outerSize] = splitRange(one);
    return isIP(outerNet) === isIP(net) && outerSize <= size && openIpRanges([one])(net);
  });
}

function splitRange(range: string): readonly [net: string, size: number] {
  const [net = '', bits = ''] = range.split('/');
  const size = findCount(bits);
  if (size === undefined) throw new RangeError(`${range} is not a range of addresses`);
  return [net, size];
}
