import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orUnavailable } from '@/app/unavailable-page'
import { WithdrawalForm } from '@/components/shop/orders/withdrawal/withdrawal-form'
import { withdrawalWords } from '@/components/shop/orders/withdrawal/words'
import { ShopPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { TextLink } from '@/components/ui/text/text-link'
import { WithdrawalAttempt } from '@/lib/domain/orders/order-request'
import { hasWithdrawn, mayWithdraw } from '@/lib/domain/orders/order-rules'
import { consumerLawOf } from '@/lib/domain/settings/consumer-law'
import { readFlash } from '@/lib/server/http/flash'
import { findOrder } from '@/lib/server/orders/orders'
import { currentShop } from '@/lib/server/settings/shop'

export const instant = false

export const metadata: Metadata = {
  title: withdrawalWords.withdraw,
  robots: { index: false },
  referrer: 'same-origin',
}

export default orUnavailable(
  'order',
  async function WithdrawPage({ params }: PageProps<'/orders/[order]/withdraw'>) {
    const [order, shop] = await Promise.all([findOrder((await params).order), currentShop()])
    if (!order) notFound()
    const law = consumerLawOf(shop.country)
    return (
      <ShopPage>
        <Stack gap={6}>
          <TextLink size="small" href={`/orders/${order.order_id}`}>
            {withdrawalWords.order(order.number)}
          </TextLink>
          <Heading level={1}>{withdrawalWords.withdraw}</Heading>
          {mayWithdraw(order) ? (
            <>
              {law && <p>{withdrawalWords.days(law.withdrawalDays)}</p>}
              <WithdrawalForm order={order} attempt={await readFlash(WithdrawalAttempt)} />
            </>
          ) : (
            <p role="status">{hasWithdrawn(order) ? withdrawalWords.waits : withdrawalWords.nothingLeft}</p>
          )}
        </Stack>
      </ShopPage>
    )
  },
)
