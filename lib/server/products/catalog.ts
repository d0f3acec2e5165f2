import 'server-only'
import type { Category, Product } from '@/lib/domain/products/product'
import { lastKnown } from '@/lib/server/resilience/last-known'
import {
  type ProductFilter,
  type ProductPage,
  readCategories,
  readProduct,
  readProducts,
} from './catalog-reads'

// The catalogue as pages read it: fresh, or the last known while the database cannot be asked (`catalogueDate`).

/** One page of active products, counted from 1, in the shop's order. */
export async function listProducts(filter: ProductFilter, page: number): Promise<ProductPage> {
  return lastKnown(
    `products ${page} ${filter.category}`,
    () => readProducts(filter, page),
    ({ products }) => products.length > 0,
  )
}

/** An active product by the handle in its address, or null. */
export async function findProduct(handle: string): Promise<Product | null> {
  return lastKnown(
    `product ${handle}`,
    () => readProduct(handle),
    (product) => product !== null,
  )
}

/** The categories that have products, in their order. */
export async function listCategories(): Promise<Category[]> {
  return lastKnown('categories', readCategories)
}
