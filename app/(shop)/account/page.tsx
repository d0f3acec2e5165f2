import type { Metadata, Route } from 'next'
import { accountPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { DeleteAccount } from '@/components/shop/account/delete-account'
import { ExportAccount } from '@/components/shop/account/export-account'
import { OrderList } from '@/components/shop/account/order-list'
import { SessionWatch } from '@/components/shop/account/session-watch'
import { SignOutButton } from '@/components/shop/account/sign-out-button'
import { ShopPage } from '@/components/ui/layout/page'
import { Pages } from '@/components/ui/pages'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { deleteAccount, signOutOfShop } from '@/lib/actions/shop/account'
import { PageNumber } from '@/lib/domain/core/page-number'
import { ErasureAttempt } from '@/lib/domain/people/account-erasure'
import { readFlash } from '@/lib/server/http/flash'
import { ownOrders } from '@/lib/server/orders/own-orders'
import { requirePerson } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: accountPageWords.yourOrders, robots: { index: false } }

export default orUnavailable(
  'account',
  async function YourOrdersPage({ searchParams }: PageProps<'/account'>) {
    const person = await requirePerson('/account/sign-in')
    const page = PageNumber.parse((await searchParams).page)
    const { orders, pages } = await ownOrders(page)
    return (
      <ShopPage>
        <SessionWatch />
        <Heading level={1}>{accountPageWords.yourOrders}</Heading>
        <form
          action={signOutOfShop}
          className="mt-2 mb-8 flex flex-wrap items-baseline gap-x-4 text-small text-soft"
        >
          <Text as="span" breaks>
            {accountPageWords.signedInAs} {person.email}
          </Text>
          <TextLink href="/account/details">{accountPageWords.yourDetails}</TextLink>
          <SignOutButton look="text" />
        </form>
        {orders.length > 0 ? (
          <OrderList orders={orders} />
        ) : (
          <Text size="lead" prose>
            {accountPageWords.noOrdersYetOrdersYou}{' '}
            <TextLink href="/#shelf">{accountPageWords.browseProducts}</TextLink>
          </Text>
        )}
        <Pages page={page} of={pages} href={(to) => `/account?page=${to}` as Route} />
        <DeleteAccount action={deleteAccount} attempt={await readFlash(ErasureAttempt)} />
        <ExportAccount />
      </ShopPage>
    )
  },
)
