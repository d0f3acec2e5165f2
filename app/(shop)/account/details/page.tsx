import type { Metadata } from 'next'
import { detailsPageWords } from '@/app/(shop)/words'
import { orUnavailable } from '@/app/unavailable-page'
import { AccountNoticeBox } from '@/components/shop/account/credentials/account-notice'
import { ChangeAddress, ChangePassword } from '@/components/shop/account/credentials/change-forms'
import { OwnAdvertising } from '@/components/shop/account/credentials/own-advertising'
import { SessionWatch } from '@/components/shop/account/session-watch'
import { ShopPage } from '@/components/ui/layout/page'
import { Stack } from '@/components/ui/layout/stack'
import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import { TextLink } from '@/components/ui/text/text-link'
import { changeAddress, changeAdvertising, changePassword } from '@/lib/actions/shop/credentials'
import { AccountNotice } from '@/lib/domain/people/credentials'
import { readFlash } from '@/lib/server/http/flash'
import { ownConsent } from '@/lib/server/people/customers'
import { requirePerson } from '@/lib/server/session/session'

export const instant = false

export const metadata: Metadata = { title: detailsPageWords.yourDetails, robots: { index: false } }

export default orUnavailable('account', async function DetailsPage() {
  const person = await requirePerson('/account/sign-in')
  const isGiven = await ownConsent()
  return (
    <ShopPage>
      <SessionWatch />
      <Stack gap={12} width="form">
        <Stack gap={3}>
          <TextLink href="/account">{detailsPageWords.yourOrders}</TextLink>
          <Heading level={1}>{detailsPageWords.yourDetails}</Heading>
          <Text tone="soft" breaks>
            {detailsPageWords.signedInAs} {person.email}
          </Text>
          <AccountNoticeBox notice={(await readFlash(AccountNotice))?.notice ?? null} />
        </Stack>
        <ChangePassword action={changePassword} email={person.email} />
        <ChangeAddress action={changeAddress} />
        <OwnAdvertising action={changeAdvertising} isGiven={isGiven} />
      </Stack>
    </ShopPage>
  )
})
