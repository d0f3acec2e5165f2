import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { orUnavailable } from '@/app/unavailable-page'
import { SkipLink } from '@/components/shell/skip-link'
import { ForgetCopies } from '@/components/shop/account/forget-copies'
import { OwnAccess } from '@/components/staff/people/own-access'
import { KeepFocus } from '@/components/staff/shell/keep-focus'
import { StaffHeader } from '@/components/staff/shell/staff-header'
import { StaffLive } from '@/components/staff/shell/staff-live'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { staffMembersOf } from '@/lib/domain/people/live'
import { publicSettings } from '@/lib/server/platform/env'
import { firstValue } from '@/lib/server/platform/live'
import { currentAccessToken, currentStaff } from '@/lib/server/session/session'
import { currentShop } from '@/lib/server/settings/shop'
import { layoutWords } from './words'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await currentShop()
  return {
    title: { default: layoutWords.staff, template: layoutWords.titleOf(name) },
    robots: { index: false, follow: false },
  }
}

/** The frame of the staff tools: the pages a staff member may open, and a live connection with their session. */
export default orUnavailable('staff', async function StaffLayout({ children }: { children: ReactNode }) {
  const [member, { name }] = await Promise.all([currentStaff(), currentShop()])
  if (!member) {
    return (
      <>
        <ForgetCopies />
        <StaffHeader shopName={name} member={null} />
        {children}
      </>
    )
  }
  const own = await firstValue(staffMembersOf([member.userId]), await currentAccessToken())
  return (
    <StaffLive settings={publicSettings()}>
      <SkipLink />
      <noscript>
        <p role="alert" className="border-danger border-b bg-raised px-4 py-3 text-danger">
          {layoutWords.needsJavaScript}
        </p>
      </noscript>
      <KeepFocus />
      <OwnAccess first={own} />
      <StaffHeader shopName={name} member={member} />
      <div id="content" tabIndex={-1} className="outline-none">
        {children}
      </div>
      <ConnectionNotice signInPath="/staff/sign-in" />
    </StaffLive>
  )
})
