import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProductView } from '@/app/(shop)/products/[handle]/product-view'
import { noneIfUnavailable, orUnavailable } from '@/app/unavailable-page'
import { PostedRefusal } from '@/lib/domain/cart/cart-answer'
import { VariantParam } from '@/lib/domain/products/variant-param'
import { cartIfReadable } from '@/lib/server/cart/carts'
import { readFlash } from '@/lib/server/http/flash'
import { findProduct } from '@/lib/server/products/catalog'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

type Props = PageProps<'/products/[handle]/answer'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await findProduct((await params).handle).catch(noneIfUnavailable)
  if (!product) return {}
  return {
    title: product.title,
    robots: { index: false },
    alternates: { canonical: `/products/${product.handle}` },
  }
}

/** The product page after "Add to cart" without JavaScript: it says how that fared, to this shopper alone. */
export default orUnavailable('catalogue', async function AnswerPage({ params, searchParams }: Props) {
  const product = await findProduct((await params).handle)
  if (!product) notFound()
  const sku = VariantParam.parse((await searchParams).variant)
  const [{ cart }, posted] = await Promise.all([cartIfReadable(), readFlash(PostedRefusal)])
  return ProductView({ product, sku, own: { cart, posted } })
})
