import type { NextRequest } from 'next/server'
import { SearchText } from '@/lib/domain/products/search-text'
import { suggestProducts } from '@/lib/server/products/search'

/** Products for a search that is being typed: the same for everybody who types it, as they are within a minute. */
export async function GET({ nextUrl }: NextRequest): Promise<Response> {
  const products = await suggestProducts(SearchText.parse(nextUrl.searchParams.get('q')))
  return Response.json(products, { headers: { 'cache-control': 'public, max-age=60' } })
}
