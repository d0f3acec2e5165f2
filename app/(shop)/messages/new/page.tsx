import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { connection } from 'next/server'
import { orUnavailable } from '@/app/unavailable-page'
import { AskPage } from '@/components/shop/conversations/ask-page'
import { askWords, subjectWords } from '@/components/shop/conversations/words'
import { RefusedForm } from '@/lib/domain/forms/refused-form'
import { readFlash } from '@/lib/server/http/flash'
import { findProduct } from '@/lib/server/products/catalog'

export const instant = false

export const metadata: Metadata = { title: askWords.title, robots: { index: false } }

/** Where a shopper asks: about `?product=<handle>`, about their cart (`?about=cart`), or about the shop. */
export default orUnavailable(
  'catalogue',
  async function AskShopPage({ searchParams }: PageProps<'/messages/new'>) {
    await connection()
    const { product: handle, about } = await searchParams
    const posted = (await readFlash(RefusedForm))?.refusal ?? null
    if (typeof handle === 'string') {
      const product = await findProduct(handle)
      if (!product) notFound()
      const page = `/messages/new?product=${encodeURIComponent(product.handle)}`
      const back = `/products/${product.handle}`
      return (
        <AskPage
          about="product"
          aboutId={product.id}
          subject={product.title}
          page={page}
          back={back}
          posted={posted}
        />
      )
    }
    const isCart = about === 'cart'
    const kind = isCart ? 'cart' : 'shop'
    return (
      <AskPage
        about={kind}
        subject={subjectWords({ about: kind, product: null, order: null })}
        page={isCart ? '/messages/new?about=cart' : '/messages/new'}
        back={isCart ? '/cart' : '/'}
        posted={posted}
      />
    )
  },
)
