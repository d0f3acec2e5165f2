'use client'

import type { ComponentProps } from 'react'
import { accessToken } from '@/lib/actions/staff/session'
import { DocumentProvider } from '@/lib/client/documents/document-provider'
import { noticing } from '@/lib/client/forms/outdated'
import { LiveProvider } from '@/lib/client/live/provider'

/** Makes the staff pages live: connections speak as who is signed in, and notice when the page is older than the shop. */
export function StaffLive({
  settings,
  children,
}: Pick<ComponentProps<typeof LiveProvider>, 'settings' | 'children'>) {
  return (
    <LiveProvider settings={settings} accessToken={currentToken}>
      <DocumentProvider>{children}</DocumentProvider>
    </LiveProvider>
  )
}

const currentToken = () => noticing(accessToken())
