import 'server-only'
import { headers } from 'next/headers'

/** The nonce of the page being rendered, from the policy that proxy.ts made for it. */
export async function pageNonce(): Promise<string> {
  return /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1] ?? ''
}
