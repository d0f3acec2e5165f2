import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { stockWords } from '@/components/stock/words'
import { productText } from '@/lib/domain/machines/product-text'
import { isWide } from '@/lib/domain/products/product'
import { shelfOf } from '@/lib/domain/stock/shelf'
import { markdownResponse } from '@/lib/server/machines/machine-response'
import { firstValue } from '@/lib/server/platform/live'
import { findProduct } from '@/lib/server/products/catalog'
import { shopFacts } from '@/lib/server/products/shop-facts'

/** The page of a product as Markdown: the same for every visitor, and as old as the page at most. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/products/[handle]/text'>,
): Promise<Response> {
  await connection()
  const product = await findProduct((await params).handle)
  if (!product) notFound()
  const [facts, shelf] = await Promise.all([
    shopFacts(),
    isWide(product) ? [] : firstValue(shelfOf([product.id])),
  ])
  return markdownResponse(productText(product, shelf, facts, stockWords))
}
