import { useState } from 'react'
import { pickUnits } from '@/lib/actions/staff/order-desk'
import { useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { pickId, picks } from '@/lib/domain/orders/live'
import type { PickLine } from '@/lib/domain/orders/order-desk'
import { lineOf } from '@/lib/domain/orders/pick-list'

export const unansweredPick = 'We couldn’t confirm that. Check the numbers shown, then try again.'

/**
 * A form that puts units of a line into the box, or back: shown at once and withdrawn when refused. It has the fields
 * `code` and `quantity`. `last` is the line that was scanned last, if it is of this order.
 *
 * @param lines what may be picked by it.
 */
export function usePicking(lines: readonly PickLine[]) {
  const [code, setCode] = useState<string | null>(null)
  const applyOptimistic = useOptimisticRows(picks, (fields) => {
    const line = lineOf(String(fields.get('code')), lines)
    const units = Number(fields.get('quantity'))
    return {
      id: line ? pickId(line) : '',
      apply: (row) => ({ ...row, picked: row.picked + units }),
      isIn: (before, after) => after.picked - before.picked === units,
    }
  })
  const form = useForm(pickUnits, {
    requests: 'each',
    applyOptimistic: (fields) => {
      setCode(String(fields.get('code')))
      return applyOptimistic(fields)
    },
  })
  return { ...form, last: code === null ? undefined : lineOf(code, lines) }
}
