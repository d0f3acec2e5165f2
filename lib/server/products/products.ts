import 'server-only'
import { accepted, type Result } from '@/lib/domain/core/result'
import type { SaveAnswer } from '@/lib/domain/products/editing/answer'
import { changesIn, type ProductChanges } from '@/lib/domain/products/editing/changes'
import type { PostedEdit } from '@/lib/domain/products/editing/form'
import type { NewProduct, NewVariant } from '@/lib/domain/products/editing/new-product'
import { priceSteps, pricesNamed } from '@/lib/domain/products/editing/prices'
import { ProductSheet } from '@/lib/domain/products/editing/sheet'
import { textsOf } from '@/lib/domain/products/editing/texts'
import { differences, type Edit } from '@/lib/domain/products/editing/three-way'
import { ProductEntry, type ProductFilter, productsPerList } from '@/lib/domain/products/product-list'
import { outcome, rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'
import type { Json } from '@/supabase/database.types'

/** A page of products by title. Nobody but staff gets any. */
export async function searchProducts({
  q,
  category,
  status,
  after,
}: ProductFilter): Promise<{ entries: ProductEntry[]; hasMore: boolean }> {
  const client = await sessionClient()
  const asked = {
    ...(q && { query: q }),
    ...(category && { category }),
    ...(status && { status }),
    ...(after && { after }),
    size: productsPerList + 1,
  }
  const rows = rowsOrThrow('search_products', await client.rpc('search_products', asked))
  const entries = rows.map((row) => ProductEntry.parse(row))
  return { entries: entries.slice(0, productsPerList), hasMore: entries.length > productsPerList }
}

/** A product with all that can be edited of it. */
export async function readProduct(productId: string): Promise<Result<ProductSheet>> {
  const client = await sessionClient()
  return sheetIn('read_product', await client.rpc('read_product', { product_id: productId }))
}

/** Saves an edit, or says what has to be mended, confirmed or chosen before. */
export async function saveEdit({ edit, confirmed, idempotencyKey }: PostedEdit): Promise<SaveAnswer> {
  const read = changesIn(edit.base, edit.texts)
  if (!read.ok) return { step: 'mend', edit, problems: read.error }
  const changes = read.data
  if (Object.keys(changes).length === 0) return { step: 'unchanged', edit }
  const prices = priceSteps(edit.base, changes)
  if (prices.length > 0 && pricesNamed(prices) !== confirmed) {
    // Which of the two it shall be comes first: the answer may be another price.
    const theirs = await contestedBy(edit)
    return theirs ? { step: 'choose', edit, theirs } : { step: 'confirm', edit, prices }
  }

  const saved = await saveProduct(edit.base, changes, idempotencyKey)
  if (saved.ok) return { step: 'saved', edit: { base: saved.data, texts: textsOf(saved.data) } }
  const { error } = saved
  if (error.code === 'product_moved')
    return { step: 'choose', edit, theirs: ProductSheet.parse(error.detail.product) }
  if (error.code === 'invalid_input' && error.detail.field in edit.texts)
    return { step: 'mend', edit, problems: { [error.detail.field]: error.detail.problem } }
  return { step: 'refused', edit, refusal: error }
}

/**
 * The current product, when another staff member has changed a field that this edit changes in another way; else null.
 */
async function contestedBy({ base, texts }: Edit<ProductSheet>): Promise<ProductSheet | null> {
  const now = await readProduct(base.id)
  if (!now.ok) return null
  const found = differences(textsOf(base), texts, textsOf(now.data))
  return found.some(({ changedBy }) => changedBy === null) ? now.data : null
}

async function saveProduct(
  seen: ProductSheet,
  changes: ProductChanges,
  key: string,
): Promise<Result<ProductSheet>> {
  const client = await sessionClient()
  const versions = seen.variants.map(({ id, version }) => [id, version])
  const answer = await client.rpc('save_product', {
    product_id: seen.id,
    expected: { version: seen.version, variants: Object.fromEntries(versions) },
    changes: changes as Json,
    idempotency_key: key,
  })
  return sheetIn('save_product', answer)
}

/** Makes a draft with its first variant; answers with its id. */
export async function createProduct({ product, idempotency_key }: NewProduct): Promise<Result<string>> {
  const client = await sessionClient()
  return outcome('create_product', await client.rpc('create_product', { product, idempotency_key }))
}

/** Adds a variant without any units yet. */
export async function addVariant({ price, ...variant }: NewVariant): Promise<Result<ProductSheet>> {
  const client = await sessionClient()
  return sheetIn('add_variant', await client.rpc('add_variant', { ...variant, price_minor: price }))
}

function sheetIn(asked: string, answer: Parameters<typeof outcome<Json>>[1]): Result<ProductSheet> {
  const read = outcome(asked, answer)
  return read.ok ? accepted(ProductSheet.parse(read.data)) : read
}
