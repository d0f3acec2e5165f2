import 'server-only'
import { PageNumber } from '@/lib/domain/core/page-number'
import { SearchText } from '@/lib/domain/products/search-words'
import { VariantParam } from '@/lib/domain/products/variant-param'

// A public page is the same for everybody: rendered without cookies, once for all who ask for its address. Only the plain
// spelling of an address is public. Next may serve others (%61 for a), and each of them would be another entry.

type Kind = 'home' | 'category' | 'product' | 'search'

const kinds: Record<Kind, RegExp> = {
  home: /^\/$/,
  category: /^\/category\/[a-z0-9-]{1,100}$/,
  product: /^\/products\/[a-z0-9-]{1,255}$/,
  search: /^\/search$/,
}

function kindOf(path: string): Kind | null {
  return (Object.keys(kinds) as Kind[]).find((kind) => kinds[kind].test(path)) ?? null
}

/** Whether a path is that of a public page. */
export function isPublicPath(path: string): boolean {
  return kindOf(path) !== null
}

/** The address of a public page with the parameters that the page reads, as it reads them; null for every other page. */
export function publicAddress(path: string, query: URLSearchParams): string | null {
  const kind = kindOf(path)
  if (kind === null) return null
  const read = new URLSearchParams()
  if (kind === 'product') keep(read, 'variant', VariantParam.parse(one(query, 'variant')))
  if (kind === 'search') keep(read, 'q', SearchText.parse(one(query, 'q')))
  if (kind !== 'product') keep(read, 'page', pageOf(query))
  return read.size > 0 ? `${path}?${read}` : path
}

/** Whether anybody can make up addresses of this kind that exist: answers to them must not push out the catalogue. */
export function isUnbounded(address: string): boolean {
  return address.startsWith('/search?')
}

function pageOf(query: URLSearchParams): string | undefined {
  const page = PageNumber.parse(one(query, 'page'))
  return page === 1 ? undefined : String(page)
}

/** A parameter as pages get it: a list where it is given more than once. */
function one(query: URLSearchParams, name: string): string | string[] | undefined {
  const values = query.getAll(name)
  return values.length > 1 ? values : values[0]
}

function keep(query: URLSearchParams, name: string, value: string | undefined): void {
  if (value) query.set(name, value)
}
