/**
 * The path and query if the address is a page of this shop, else the fallback. A redirect target comes from the URL, so
 * anybody can write it: `//evil.example`, `/\evil.example` and `javascript:` are rejected.
 */
export function localPath(address: unknown, fallback: string): string {
  if (typeof address !== 'string' || !address.startsWith('/')) return fallback
  const here = 'http://shop.invalid'
  const url = URL.parse(address, here)
  if (url?.origin !== here) return fallback
  // Dots may have collapsed into a leading "//", which a browser would read as another host.
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}`
}
