import type { NextRequest } from 'next/server'
import { ProductSearch } from '@/lib/domain/products/product-search'
import { countProducts } from '@/lib/server/products/search'

/** The numbers beside the filters of a list, the same for everybody who looks at it. */
export async function GET({ nextUrl }: NextRequest): Promise<Response> {
  const { searchParams } = nextUrl
  const asked = Object.fromEntries(
    [...searchParams.keys()].map((name) => [
      name,
      name === 'choice' ? searchParams.getAll(name) : searchParams.get(name),
    ]),
  )
  const counts = await countProducts(ProductSearch.parse(asked))
  return Response.json(counts, { headers: { 'cache-control': 'public, max-age=1' } })
}
