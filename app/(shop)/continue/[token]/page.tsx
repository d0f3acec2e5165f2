import type { Metadata } from 'next'
import { connection } from 'next/server'
import { orUnavailable } from '@/app/unavailable-page'
import { TakeOver } from '@/components/shop/cart/take-over'
import { takeOverWords } from '@/components/shop/cart/words'
import { ShopPage } from '@/components/ui/layout/page'
import { RefusedForm } from '@/lib/domain/forms/refused-form'
import { cartIfReadable } from '@/lib/server/cart/carts'
import { readFlash } from '@/lib/server/http/flash'

export const instant = false

export const metadata: Metadata = {
  title: takeOverWords.title,
  robots: { index: false },
  referrer: 'no-referrer',
}

/** Where a person takes over the cart that a shopping agent filled. Opening it changes nothing: programs open links, too. */
export default orUnavailable('cart', async function ContinuePage({ params }: PageProps<'/continue/[token]'>) {
  await connection()
  const { token } = await params
  const [{ cart }, answer] = await Promise.all([cartIfReadable(), readFlash(RefusedForm)])
  return (
    <ShopPage>
      <TakeOver token={token} replaces={(cart?.lines.length ?? 0) > 0} refusal={answer?.refusal ?? null} />
    </ShopPage>
  )
})
