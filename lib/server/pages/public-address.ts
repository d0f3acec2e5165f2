import 'server-only'
import {
  listAddress,
  listedProducts,
  ProductSearch,
  searchParameters,
} from '@/lib/domain/products/product-search'
import { VariantParam } from '@/lib/domain/products/variant-param'

// A public page is the same for everybody: rendered without cookies, once for all who ask for its address. Only the plain
// spelling of an address is public. Next may serve others (%61 for a), and each of them would be another entry.

type Kind = 'home' | 'category' | 'product' | 'text' | 'search'

const kinds: Record<Kind, RegExp> = {
  home: /^\/$/,
  category: /^\/category\/[a-z0-9-]{1,100}$/,
  product: /^\/products\/[a-z0-9-]{1,255}$/,
  text: /^\/products\/[a-z0-9-]{1,255}\/text$/,
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
  if (kind === 'search') return addressOf(path, searchParameters(ProductSearch.parse(everyOne(query))))
  if (kind === 'text') return path
  if (kind !== 'product') return listAddress(path, listedProducts(everyOne(query)))
  const read = new URLSearchParams()
  const variant = VariantParam.parse(one(query, 'variant'))
  if (variant) read.set('variant', variant)
  return addressOf(path, read)
}

function addressOf(path: string, query: URLSearchParams): string {
  return query.size > 0 ? `${path}?${query}` : path
}

/** Whether anybody can make up addresses of this kind that exist: answers to them must not push out the catalogue. */
export function isUnbounded(address: string): boolean {
  return address.startsWith('/search?') || /^\/(category\/.*)?\?(?!page=\d+$)/.test(address)
}

/** A parameter as pages get it: a list where it is given more than once. */
function one(query: URLSearchParams, name: string): string | string[] | undefined {
  const values = query.getAll(name)
  return values.length > 1 ? values : values[0]
}

function everyOne(query: URLSearchParams): Record<string, string | string[] | undefined> {
  return Object.fromEntries([...query.keys()].map((name) => [name, one(query, name)]))
}
