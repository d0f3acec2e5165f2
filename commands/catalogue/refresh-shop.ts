/**
 * Tells a running shop that its catalogue changed, so that cached pages are rendered anew. Returns a sentence about how
 * it went: a shop that does not run needs no telling, and an import is done either way.
 */
export async function refreshShop(secretKey: string): Promise<string> {
  const site = process.env.SITE_URL ?? 'http://localhost:3000'
  try {
    const response = await fetch(new URL('/api/revalidate', site), {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}` },
      signal: AbortSignal.timeout(5000),
    })
    return response.ok
      ? `The shop at ${site} shows it.`
      : `The shop at ${site} was told but answered ${response.status}; its pages follow when their cache ends.`
  } catch (cause) {
    const reason = cause instanceof Error ? causeOf(cause) : String(cause)
    return `No shop to tell at ${site} (${reason}); set SITE_URL when it runs elsewhere.`
  }
}

function causeOf(error: Error): string {
  return error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.message
}
