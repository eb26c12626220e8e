import { isIP } from 'node:net'
import type { Asked } from '../http/asked.ts'
import type { Origin } from './session.ts'

/** The part of Node's request that tells who is at the other end; there is none where the application is called directly. */
interface Connection {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string | undefined } }
}

/** IPv4 written as IPv6 is IPv4. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/**
 * From where a request comes. Behind a proxy, which is one only where PUBLIC_URL is set and the peer is this machine, the last address of
 * X-Forwarded-For, which the proxy itself wrote; anybody can write those before it. Empty where nobody knows.
 */
function callerAddress(c: Asked): string {
  const { incoming } = (c.env ?? {}) as Connection
  const peer = plain(incoming?.socket?.remoteAddress ?? '')
  if (c.get('deps').publicUrl === null || !isLoopback(peer)) return peer
  const forwarded = plain(c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '')
  return isIP(forwarded) === 0 ? peer : forwarded
}

const longestClient = 300

/** From where a request comes and by which program, as far as anybody can say. */
export const originOf = (c: Asked): Origin => ({
  address: callerAddress(c),
  client: (c.req.header('user-agent') ?? '').slice(0, longestClient),
})
