'use client'

import { useEffect } from 'react'
import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Notice } from '@/components/ui/feedback/notice'
import { claimOrder, keepLease, releaseClaim } from '@/lib/actions/staff/order-desk'
import type { Holding } from './use-lease'
import { leaseBarWords } from './words'

/** A third of a lease, so that two messages may get lost. */
const renewMs = 10_000

/**
 * The picker of an order, with the buttons to take it or release it. The lease is kept while the page is visible; it
 * ends half a minute after the page is hidden or the network is lost. Renders a `<div>`.
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
    <Notice tone={isMine ? 'own' : 'line'}>
      <p role="status">{holdingWords(holding, isMine, names)}</p>
      {me && !isOthers && (
        <ActionForm
          action={isMine ? releaseClaim : claimOrder}
          fields={{ order_id: orderId }}
          label={isMine ? leaseBarWords.releaseOrder : leaseBarWords.startPicking}
        >
          {/* The lease may be live before its request is answered; until then the form would drop another one. */}
          {(isPending) => (
            <Button kind={isMine ? 'quiet' : 'primary'} aria-disabled={isPending}>
              {isMine ? leaseBarWords.releaseOrder : leaseBarWords.startPicking}
            </Button>
          )}
        </ActionForm>
      )}
    </Notice>
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

/** Renews a lease while the page is visible. */
function useKeeping(orderId: string, isMine: boolean): void {
  useEffect(() => {
    if (!isMine) return
    const keep = () => {
      if (document.visibilityState !== 'visible') return
      // A lost message needs no error: the bar counts down until one gets through.
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
