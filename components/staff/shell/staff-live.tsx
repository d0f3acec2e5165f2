'use client'

import type { ComponentProps } from 'react'
import { accessToken } from '@/lib/actions/staff/session'
import { noticing } from '@/lib/client/forms/outdated'
import { LiveProvider } from '@/lib/client/live/provider'

/** Makes the staff pages live: connections speak as who is signed in, and notice when the page is older than the shop. */
export function StaffLive(props: Pick<ComponentProps<typeof LiveProvider>, 'settings' | 'children'>) {
  return <LiveProvider {...props} accessToken={currentToken} />
}

const currentToken = () => noticing(accessToken())
