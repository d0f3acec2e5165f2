import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orUnavailable } from '@/app/unavailable-page'
import { AskPage } from '@/components/shop/conversations/ask-page'
import { askWords, subjectWords } from '@/components/shop/conversations/words'
import { RefusedForm } from '@/lib/domain/forms/refused-form'
import { readFlash } from '@/lib/server/http/flash'
import { findOrder } from '@/lib/server/orders/orders'

export const instant = false

export const metadata: Metadata = {
  title: askWords.title,
  robots: { index: false },
  referrer: 'same-origin',
}

/** Where a buyer asks about an order. Below its page, which alone gets the secret of a guest's order. */
export default orUnavailable(
  'order',
  async function AskAboutOrderPage({ params }: PageProps<'/orders/[order]/ask'>) {
    const { order: id } = await params
    const order = await findOrder(id)
    if (!order) notFound()
    const posted = await readFlash(RefusedForm)
    return (
      <AskPage
        about="order"
        aboutId={id}
        subject={subjectWords({ about: 'order', product: null, order: { id, number: order.number } })}
        page={`/orders/${id}/ask`}
        back={`/orders/${id}`}
        posted={posted?.refusal ?? null}
      />
    )
  },
)
