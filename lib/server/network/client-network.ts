import 'server-only'
import { createHmac } from 'node:crypto'
import { headers } from 'next/headers'
import { clientAddressIn, networkOf } from '@/lib/domain/core/network'
import { secretKey, trustedProxies } from '@/lib/server/platform/env'
import { peerOf } from './peer'

/** The address of whoever sent this request, as far as it can be trusted (TRUSTED_PROXIES); null where it cannot. */
export function addressIn(requestHeaders: Headers): string | null {
  return clientAddressIn(
    { forwarded: requestHeaders.get('x-forwarded-for'), peer: peerOf(requestHeaders) },
    trustedProxies(),
  )
}

/** The address of this request's client, for Auth, which keeps its own limits. */
export async function clientAddress(): Promise<string | null> {
  return addressIn(await headers())
}

/**
 * The network this request comes from, as the database knows it: a hash with the shop's secret, from which nobody reads the
 * address. Null where the address is not known.
 */
export async function clientNetwork(): Promise<string | null> {
  const address = await clientAddress()
  const network = address && networkOf(address)
  if (!network) return null
  return createHmac('sha256', secretKey()).update(`network ${network}`).digest('hex').slice(0, 32)
}

/** The network as an argument of an SQL function; no argument where it is not known. */
export async function networkArgument(): Promise<{ network?: string }> {
  const network = await clientNetwork()
  return network ? { network } : {}
}
