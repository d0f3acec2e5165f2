import type { Metadata, Route } from 'next'
import { accountPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { DeleteAccount } from '@/components/shop/account/delete-account'
import { OrderList } from '@/components/shop/account/order-list'
import { SessionWatch } from '@/components/shop/account/session-watch'
import { SignOutButton } from '@/components/shop/account/sign-out-button'
import { linkButton } from '@/components/ui/controls'
import { Link } from '@/components/ui/link'
import { Pages } from '@/components/ui/pages'
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
      <div className="page pt-10 tablet:pt-16">
        <SessionWatch />
        <h1 className="display text-heading">{accountPageWords.yourOrders}</h1>
        <form
          action={signOutOfShop}
          className="mt-2 mb-8 flex flex-wrap items-baseline gap-x-4 text-small text-soft"
        >
          <span className="wrap-anywhere">
            {accountPageWords.signedInAs} {person.email}
          </span>
          <SignOutButton className={`${linkButton} -ml-1`} />
        </form>
        {orders.length > 0 ? (
          <OrderList orders={orders} />
        ) : (
          <p className="max-w-prose text-lead">
            {accountPageWords.noOrdersYetOrdersYou}{' '}
            <Link href="/#shelf" className="underlined">
              {accountPageWords.browseProducts}
            </Link>
          </p>
        )}
        <Pages page={page} of={pages} href={(to) => `/account?page=${to}` as Route} />
        <DeleteAccount action={deleteAccount} attempt={await readFlash(ErasureAttempt)} />
      </div>
    )
  },
)
