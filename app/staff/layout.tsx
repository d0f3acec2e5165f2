import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { orUnavailable } from '@/app/unavailable-page'
import { ForgetCopies } from '@/components/account/forget-copies'
import { OwnAccess } from '@/components/people/own-access'
import { SkipLink } from '@/components/shell/skip-link'
import { KeepFocus } from '@/components/staff/keep-focus'
import { StaffHeader } from '@/components/staff/staff-header'
import { StaffLive } from '@/components/staff/staff-live'
import { ConnectionNotice } from '@/components/stock/connection-notice'
import { colleaguesOf } from '@/lib/domain/live/staff-queries'
import { publicSettings } from '@/lib/server/env'
import { firstValue } from '@/lib/server/live'
import { currentAccessToken, currentStaff } from '@/lib/server/session'

export const instant = false

export const metadata: Metadata = {
  title: { default: 'Staff', template: '%s · Fewings staff' },
  robots: { index: false, follow: false },
}

/** The frame of the staff tools: what a colleague may go to, and a live connection that speaks as them. */
export default orUnavailable('staff', async function StaffLayout({ children }: { children: ReactNode }) {
  const member = await currentStaff()
  if (!member) {
    return (
      <>
        <ForgetCopies />
        <StaffHeader member={null} />
        {children}
      </>
    )
  }
  const own = await firstValue(colleaguesOf([member.userId]), await currentAccessToken())
  return (
    <StaffLive settings={publicSettings()}>
      <SkipLink />
      <KeepFocus />
      <OwnAccess first={own} />
      <StaffHeader member={member} />
      <div id="content" tabIndex={-1} className="outline-none">
        {children}
      </div>
      <ConnectionNotice />
    </StaffLive>
  )
})
