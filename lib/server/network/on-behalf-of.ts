import 'server-only'
import { publicSettings, secretKey } from '@/lib/server/platform/env'

/**
 * How Auth is asked for a client: its limits count the client's address where the shop's server knows it, and Auth believes
 * such an address only together with the secret key. Otherwise the shop's server is the client.
 */
export function onBehalfOf(address: string | null): { key: string; headers: Record<string, string> } {
  if (!address) return { key: publicSettings().publishableKey, headers: {} }
  return { key: secretKey(), headers: { 'sb-forwarded-for': address } }
}
