import { isIPv6 } from 'node:net'

/** Whom failed sign-ins and refusals are counted against: one address, or the /64 network of an IPv6 address, since its owner has all of it. */
export function addressGroup(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  const whole = tail === undefined ? before : [...before, ...zeros, ...after]
  return `${whole.slice(0, 4).join(':')}::/64`
}
