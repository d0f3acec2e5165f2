import type { Metadata, Route } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { connection } from 'next/server'
import { goneWords, notFoundWords } from '@/app/(shop)/words'
import { noneIfUnavailable, orUnavailable } from '@/app/unavailable-page'
import { Apology } from '@/components/shell/apology'
import { TextLink } from '@/components/ui/text/text-link'
import { VariantParam } from '@/lib/domain/products/variant-param'
import { plainText } from '@/lib/domain/text/plain-text'
import { findProduct } from '@/lib/server/products/catalog'
import { endOf } from '@/lib/server/products/product-address'
import { markGone } from '@/lib/server/resilience/page-status'
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
    alternates: {
      canonical: `/products/${product.handle}`,
      types: { 'text/markdown': `/products/${product.handle}/text` },
    },
    openGraph: { title: product.title },
  }
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
  const product = await findProduct(handle)
  if (product) return ProductView({ product, sku: VariantParam.parse((await searchParams).variant) })
  const end = await endOf(readablePath(handle))
  if (end === null) notFound()
  if (end !== 'gone') permanentRedirect(`/products/${end.handle}` as Route)
  await markGone()
  return <Gone />
})

/** For a product that is no longer sold. Search engines forget its page by the status 410. */
function Gone() {
  return (
    <Apology title={goneWords.noLongerSold} picture="/art/basket-sea-sand-5.svg">
      <p>{goneWords.seeOthers}</p>
      <TextLink href="/search">{notFoundWords.searchProducts}</TextLink>
    </Apology>
  )
}
