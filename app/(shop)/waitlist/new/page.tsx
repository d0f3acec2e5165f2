import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orUnavailable } from '@/app/unavailable-page'
import { JoinWaitlist } from '@/components/shop/waitlist/join-waitlist'
import { joinWords } from '@/components/shop/waitlist/words'
import { ShopPage } from '@/components/ui/layout/page'
import { chosenVariant } from '@/lib/domain/products/product'
import { VariantParam } from '@/lib/domain/products/variant-param'
import { WaitlistAnswer } from '@/lib/domain/waitlist/waitlist'
import { readFlash } from '@/lib/server/http/flash'
import { findProduct } from '@/lib/server/products/catalog'
import { isSignedIn } from '@/lib/server/session/shopper'

export const instant = false

export const metadata: Metadata = { title: joinWords.title, robots: { index: false } }

/** Where a shopper joins the waitlist of a variant: `?product=<handle>&variant=<sku>`. */
export default orUnavailable(
  'catalogue',
  async function JoinWaitlistPage({ searchParams }: PageProps<'/waitlist/new'>) {
    const { product: handle, variant: sku } = await searchParams
    const product = typeof handle === 'string' ? await findProduct(handle) : null
    const variant = product && chosenVariant(product, VariantParam.parse(sku))
    if (!product || !variant) notFound()
    const [signedIn, answer] = await Promise.all([isSignedIn(), readFlash(WaitlistAnswer)])
    return (
      <ShopPage>
        <JoinWaitlist product={product} variant={variant} isSignedIn={signedIn} answer={answer} />
      </ShopPage>
    )
  },
)
