'use client'

import { usePulse } from '@/components/staff/shell/use-pulse'
import { type InboxCounts, inboxCounts } from '@/lib/domain/conversations/live'

/** Keeps the inbox as it is now: a change of any conversation renders it again. Renders nothing. */
export function InboxPulse({ first }: { first: readonly InboxCounts[] }) {
  usePulse(inboxCounts, first)
  return null
}
