'use client'

import { type FirstLease, useLease } from '@/components/staff/orders/picking/use-lease'
import { holderWords } from './words'

/** The picker of an order, live. Renders a `<span>`, or nothing for an unassigned order. */
export function Holder({
  orderId,
  lease,
  names,
}: {
  orderId: string
  lease: FirstLease
  names: Readonly<Record<string, string>>
}) {
  const { picker, isHeld } = useLease(orderId, lease)
  if (!picker) return null
  const name = names[picker] ?? holderWords.aStaffMember
  return (
    <span data-held={isHeld || undefined} className="block text-fine text-soft data-held:text-link">
      {isHeld ? holderWords.isPickingThis(name) : holderWords.leftBy(name)}
    </span>
  )
}
