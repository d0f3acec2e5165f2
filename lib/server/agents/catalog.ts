import 'server-only'
import { z } from 'zod'
import type { CatalogLookup, CatalogSearch } from '@/lib/domain/agents/catalog-request'
import { productView } from '@/lib/domain/agents/catalog-view'
import { lookupNames, searchNames, successOf, ucpVersion } from '@/lib/domain/agents/protocol'
import { agentWords as words } from '@/lib/domain/agents/words'
import { moneyAsDecimal } from '@/lib/domain/core/money'
import type { Product, Variant } from '@/lib/domain/products/product'
import { ProductSearch } from '@/lib/domain/products/product-search'
import { siteUrl } from '@/lib/server/http/site-url'
import { readShelf } from '@/lib/server/platform/read-shelf'
import { findProduct } from '@/lib/server/products/catalog'
import { handlesOf } from '@/lib/server/products/handles'
import { findListed } from '@/lib/server/products/search'
import { currentShop } from '@/lib/server/settings/shop'

// The catalogue for agents: the products of the shop's pages with the shelf beside them, both read as pages read them.

/** More variants of a product than this are not listed: those asked for come first. */
const mostVariants = 100

/** A page of a search. A cursor is the number of the next page. */
export async function searchCatalog({ query, filters, pagination }: CatalogSearch): Promise<object> {
  const { currency } = await currentShop()
  const page = Number(pagination?.cursor ?? 1)
  const size = pagination?.limit ?? 10
  const major = (minor: number | undefined) =>
    minor === undefined ? '' : moneyAsDecimal({ minor, currency })
  const search = ProductSearch.parse({
    q: query ?? '',
    category: filters?.categories?.[0] ?? '',
    from: major(filters?.price?.min),
    to: major(filters?.price?.max),
    page: String(page),
  })
  const { products, total } = await findListed(search, size)
  const hasMore = page * size < total
  return {
    ucp: successOf(searchNames, [], await siteUrl()),
    products: await viewsOf(await readAll(products.map(({ handle }) => handle))),
    pagination: { has_next_page: hasMore, total_count: total, ...(hasMore && { cursor: String(page + 1) }) },
  }
}

/** The products with these ids, or with variants that have them: of those, only these variants. */
export async function lookUpCatalog({ ids }: CatalogLookup): Promise<object> {
  const asked = [...new Set(ids)]
  const { products, missing } = await findByIds(asked)
  return {
    ucp: successOf(lookupNames, [], await siteUrl()),
    products: await viewsOf(
      products.map((product) => {
        const variants = product.variants.filter(({ id }) => asked.includes(id))
        return asked.includes(product.id) ? product : { ...product, variants }
      }),
      asked,
    ),
    ...(missing.length > 0 && {
      messages: missing.map((id) => ({ type: 'info', code: 'not_found', content: id })),
    }),
  }
}

/** One product, by its id or that of a variant, which comes first; an error of the protocol where there is none. */
export async function getProduct(id: string): Promise<object> {
  const { products } = await findByIds([id])
  const [product] = await viewsOf(products, [id])
  if (product) return { ucp: successOf(lookupNames, [], await siteUrl()), product }
  return {
    ucp: { version: ucpVersion, status: 'error' },
    messages: [
      { type: 'error', code: 'not_found', content: words.unknownProduct, severity: 'unrecoverable' },
    ],
  }
}

/** The active products with these ids, or with variants that have them; and the ids that are neither. */
async function findByIds(ids: readonly string[]): Promise<{ products: Product[]; missing: string[] }> {
  const guids = ids.filter((id) => z.guid().safeParse(id).success)
  if (guids.length === 0) return { products: [], missing: [...ids] }
  const { rows } = await readShelf({ product_id: guids, variant_id: guids })
  const products = await readAll(await handlesOf([...new Set(rows.map(({ product_id }) => product_id))]))
  const known = new Set(
    products.flatMap(({ id, variants }) => [id, ...variants.map((variant) => variant.id)]),
  )
  return { products, missing: ids.filter((id) => !known.has(id)) }
}

/** The product of a variant, and the variant; null for one that is not on sale. */
export async function productOfVariant(id: string): Promise<{ product: Product; variant: Variant } | null> {
  const { rows } = await readShelf({ variant_id: [id] })
  const [handle] = await handlesOf(rows.map(({ product_id }) => product_id))
  const product = handle === undefined ? null : await findProduct(handle)
  const variant = product?.variants.find((each) => each.id === id)
  return product && variant ? { product, variant } : null
}

const readAll = async (handles: readonly string[]): Promise<Product[]> =>
  (await Promise.all(handles.map(findProduct))).flatMap((product) => product ?? [])

/** @param asked the ids that were asked for: their variants come first. */
async function viewsOf(products: readonly Product[], asked: readonly string[] = []): Promise<object[]> {
  const origin = await siteUrl()
  const listed = products.map((product) => cut(product, asked))
  const readAt = Date.now()
  const variant_id = listed.flatMap(({ variants }) => variants.map(({ id }) => id))
  const { rows } = variant_id.length > 0 ? await readShelf({ variant_id }) : { rows: [] }
  return listed.map((product) => productView(product, { rows, readAt, origin, asked }))
}

function cut(product: Product, asked: readonly string[]): Product {
  const first = product.variants.filter(({ id }) => asked.includes(id))
  const others = product.variants.filter(({ id }) => !asked.includes(id))
  return { ...product, variants: [...first, ...others].slice(0, mostVariants) }
}
