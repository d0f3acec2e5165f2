import { runningShop } from '@/commands/shop/shop-note'

/**
 * Tells the shop that its catalogue changed, so that cached pages are rendered again: the one SITE_URL names, else the
 * one that runs on this machine with this Supabase. Returns a sentence about how it went; an import is done either way.
 */
export async function refreshShop({ url, secretKey }: { url: string; secretKey: string }): Promise<string> {
  const site = process.env.SITE_URL || runningShop(url)
  if (!site) {
    return 'No shop was told, because none with this Supabase runs on this machine: set SITE_URL to the shop’s address. Its pages follow when their cache ends.'
  }
  try {
    const response = await fetch(new URL('/api/revalidate', site), {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}` },
      signal: AbortSignal.timeout(5000),
    })
    if (response.ok) return `The shop at ${site} shows it.`
    const reason = response.status === 401 ? 'it has a different key' : `status ${response.status}`
    return `The shop at ${site} did not take the message (${reason}). Its pages follow when their cache ends.`
  } catch (cause) {
    const reason = cause instanceof Error ? causeOf(cause) : String(cause)
    return `The shop at ${site} does not answer (${reason}). Set SITE_URL if it is elsewhere.`
  }
}

function causeOf(error: Error): string {
  return error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.message
}
