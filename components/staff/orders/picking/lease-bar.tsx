'use client'

import { useEffect } from 'react'
import { ActionForm } from '@/components/staff/forms/action-form'
import { primaryButton, quietButton } from '@/components/staff/forms/controls'
import { claimOrder, keepLease, releaseClaim } from '@/lib/actions/staff/order-desk'
import type { Holding } from './use-lease'
import { leaseBarWords } from './words'

/** A third of a lease, so that two words may get lost. */
const renewMs = 10_000

/**
 * Whose an order is, and taking it or letting it go. Keeps it while the page is looked at; who looks away, loses the
 * network or goes home loses it after half a minute. Renders a `<div>`.
 */
export function LeaseBar({
  orderId,
  holding,
  names,
  me,
}: {
  orderId: string
  holding: Holding
  names: Readonly<Record<string, string>>
  me: string | null
}) {
  const isMine = me !== null && holding.picker === me
  useKeeping(orderId, isMine)
  const isOthers = holding.isHeld && !isMine
  return (
    <div
      data-mine={isMine || undefined}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-small border border-line bg-raised px-4 py-3 data-mine:border-ink"
    >
      <p role="status">{holdingWords(holding, isMine, names)}</p>
      {me && !isOthers && (
        <ActionForm
          action={isMine ? releaseClaim : claimOrder}
          fields={{ order_id: orderId }}
          label={isMine ? leaseBarWords.releaseOrder : leaseBarWords.startPicking}
        >
          <button type="submit" className={isMine ? quietButton : primaryButton}>
            {isMine ? leaseBarWords.releaseOrder : leaseBarWords.startPicking}
          </button>
        </ActionForm>
      )}
    </div>
  )
}

function holdingWords(
  { picker, isHeld, leftSeconds }: Holding,
  isMine: boolean,
  names: Readonly<Record<string, string>>,
): string {
  if (!picker) return leaseBarWords.unassigned
  if (isMine && !isHeld) return leaseBarWords.yourAssignmentExpiredScanAn
  // Renewed every ten seconds, so this is only seen when that fails.
  if (isMine)
    return leftSeconds <= 15
      ? leaseBarWords.connectionLostYouKeepThis(leftSeconds)
      : leaseBarWords.yourePickingThisOrder
  const name = names[picker] ?? leaseBarWords.aStaffMember
  return isHeld ? leaseBarWords.isPickingThisOrder(name) : leaseBarWords.stoppedPickingThisOrder(name)
}

/** Renews a lease while somebody looks at the page. */
function useKeeping(orderId: string, isMine: boolean): void {
  useEffect(() => {
    if (!isMine) return
    const keep = () => {
      if (document.visibilityState !== 'visible') return
      // A word that is lost needs no words of its own: the bar counts down until one gets through.
      keepLease(orderId).catch(() => undefined)
    }
    const timer = setInterval(keep, renewMs)
    document.addEventListener('visibilitychange', keep)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', keep)
    }
  }, [orderId, isMine])
}
