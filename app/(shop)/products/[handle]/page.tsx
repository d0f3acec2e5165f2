import type { Metadata, Route } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { connection } from 'next/server'
import { noneIfUnavailable, orUnavailable } from '@/app/unavailable-page'
import { VariantParam } from '@/lib/domain/products/variant-param'
import { plainText } from '@/lib/domain/text/plain-text'
import { findProduct } from '@/lib/server/products/catalog'
import { handleAt } from '@/lib/server/products/product-address'
import { ProductView } from './product-view'

/** Blocks instead of streaming a placeholder: it needs its true status, and must read without JavaScript. */
export const instant = false

type Props = PageProps<'/products/[handle]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await findProduct((await params).handle).catch(noneIfUnavailable)
  if (!product) return {}
  return {
    title: product.title,
    description: plainText(product.descriptionHtml, 160),
    alternates: { canonical: `/products/${product.handle}` },
    openGraph: { title: product.title },
  }
}

/** Leads on from an address that a product had elsewhere; without one there is nothing here. */
async function leadFrom(address: string): Promise<never> {
  const handle = await handleAt(readablePath(address))
  if (handle === null) notFound()
  permanentRedirect(`/products/${handle}` as Route)
}

/** An address as people write it. One that cannot be decoded stays as it is. */
function readablePath(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC')
  } catch {
    return path
  }
}

export default orUnavailable('catalogue', async function ProductPage({ params, searchParams }: Props) {
  await connection()
  const { handle } = await params
  const product = (await findProduct(handle)) ?? (await leadFrom(handle))
  return ProductView({ product, sku: VariantParam.parse((await searchParams).variant) })
})
