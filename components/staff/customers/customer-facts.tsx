import { WayBack } from '@/components/staff/shell/way-back'
import { Fact, Facts } from '@/components/ui/data/facts'
import { PageHeading } from '@/components/ui/layout/page'
import { Text } from '@/components/ui/text/text'
import { countryName } from '@/lib/domain/checkout/country-name'
import { formatMoney } from '@/lib/domain/core/money'
import { shopDay } from '@/lib/domain/core/shop-time'
import type { Customer } from '@/lib/domain/people/customer'
import { customerListWords, customerWords } from './words'

/** The customer: name, contact, account and what they ordered in total. Renders a fragment. */
export function CustomerFacts({ customer }: { customer: Customer }) {
  const { address } = customer
  return (
    <>
      <PageHeading
        above={<WayBack href="/staff/customers">{customerListWords.customers}</WayBack>}
        title={customer.name}
      >
        {customerWords.customerSince(shopDay(customer.first_order_at))}
      </PageHeading>
      <Facts>
        <Fact name={customerWords.contact}>
          <Text as="span" breaks>
            {[customer.phone, customer.email].filter(Boolean).join(', ')}
          </Text>
        </Fact>
        <Fact name={customerWords.account}>
          <Text as="span" breaks>
            {customer.has_account ? customer.account_email : customerWords.noAccount}
          </Text>
        </Fact>
        <Fact name={customerWords.latestAddress}>
          {address
            ? `${address.line1}, ${address.postcode} ${address.city}, ${countryName(address.country)}`
            : customerWords.noAddress}
        </Fact>
        <Fact name={customerWords.sum}>
          {customer.sums
            .map(({ currency, total_minor }) => formatMoney({ minor: total_minor, currency }))
            .join(', ') || '–'}
        </Fact>
      </Facts>
    </>
  )
}
