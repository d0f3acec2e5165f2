import 'server-only'

/**
 * Where an address leads that no database can take: without its null characters. Null for an address that can be read; one
 * that cannot be decoded leads to a page that does not exist.
 */
export function readableAddress({ pathname, search }: { pathname: string; search: string }): string | null {
  if (!isDecodable(pathname)) return '/not-an-address'
  if (!/%00/.test(pathname + search)) return null
  const rest = `${pathname}${search}`.replaceAll('%00', '')
  // Two slashes would name another site.
  return rest.replace(/^\/{2,}/, '/')
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
