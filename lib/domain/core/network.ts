import { isIP } from 'node:net'

/** The address a request came from, as the server in front of the shop's code and its proxies name it. */
export interface Hops {
  /** Addresses the request carries in x-forwarded-for, the first one claimed by the client itself. */
  forwarded: string | null
  /** The address of the socket; null where the host does not tell it. */
  peer: string | null
}

/**
 * The client's address, as the outermost of our own proxies saw it: each of them appends the address it was called
 * from. Without proxies it is the socket's. All entries before it are claims of the client. Null where it is not known.
 */
export function clientAddressIn({ forwarded, peer }: Hops, proxies: number): string | null {
  if (proxies === 0) return plainAddress(peer)
  const seen = (forwarded ?? '').split(',').map((one) => one.trim())
  return plainAddress(seen.at(-proxies) ?? null)
}

/** An address in its short form: an IPv4 address in an IPv6 socket is that IPv4 address. Null for what is none. */
function plainAddress(text: string | null): string | null {
  const unwrapped = (text ?? '')
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
  if (isIP(unwrapped) === 0) return null
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(unwrapped)?.[1]
  return mapped ?? unwrapped.toLowerCase()
}

/**
 * The network of an address, by which guests are limited together: an IPv4 address is one, of an IPv6 address its /64,
 * which is what one connection is given. Null for this machine itself, which is a proxy, a test or a developer.
 */
export function networkOf(address: string): string | null {
  if (isIP(address) === 4) return address.startsWith('127.') ? null : address
  const groups = groupsOf(address)
  if (groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1) return null
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** Whether an address is one of a private network, where proxies are. */
export function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd]|fe[89ab])/.test(address)
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.split('::')
  const numbers = (part: string) =>
    part
      .split(':')
      .filter(Boolean)
      .flatMap((group) => {
        if (!group.includes('.')) return [Number.parseInt(group, 16)]
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
        return [a * 256 + b, c * 256 + d]
      })
  const [before, after] = [numbers(head), numbers(tail ?? '')]
  return [...before, ...Array<number>(Math.max(0, 8 - before.length - after.length)).fill(0), ...after]
}
