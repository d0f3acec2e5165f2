'use client'

import type { ComponentProps } from 'react'
import { accessToken } from '@/lib/actions/staff/session'
import { DocumentProvider } from '@/lib/client/documents/document-provider'
import { noticing } from '@/lib/client/forms/outdated'
import { DataApiProvider } from '@/lib/client/live/data-api-provider'

/** Makes the staff pages live: connections speak as who is signed in, and notice when the page is older than the shop. */
export function StaffLive({
  settings,
  children,
}: Pick<ComponentProps<typeof DataApiProvider>, 'settings' | 'children'>) {
  return (
    <DataApiProvider settings={settings} accessToken={currentToken}>
      <DocumentProvider>{children}</DocumentProvider>
    </DataApiProvider>
  )
}

const currentToken = () => noticing(accessToken())
