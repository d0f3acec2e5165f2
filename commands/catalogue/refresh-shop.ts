/**
 * Invalidates the cached catalogue of a running shop, so that its pages are rendered again. Returns a sentence about
 * the result: a stopped shop needs no call, and the import is done either way.
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
