import { signed } from '@/components/staff/shell/words'
import type { StockMovement } from '@/lib/domain/stock/stock'

/**
 * Why a number moved, in one breath: "order 1041 and order 1043 sold 3 and a correction took 2". Empty for no movements.
 * One phrase for each reason, in the order they first happened.
 */
export function because(movements: readonly StockMovement[]): string {
  const reasons = [...new Set(movements.map(({ reason }) => reason))]
  return listed(
    reasons.map((reason) => {
      const of = movements.filter((movement) => movement.reason === reason)
      const documents = [...new Set(of.flatMap(({ document }) => document ?? []))]
      return phrase(
        reason,
        of.reduce((sum, { delta }) => sum + delta, 0),
        documents,
      )
    }),
  )
}

function phrase(reason: StockMovement['reason'], delta: number, documents: readonly string[]): string {
  const count = Math.abs(delta)
  const were = count === 1 ? 'was' : 'were'
  switch (reason) {
    case 'sale':
      return `${listed(documents) || 'a sale'} sold ${count}`
    case 'return':
      return `${count} ${were} returned${documents.length > 0 ? ` from ${listed(documents)}` : ''}`
    case 'receive':
      return documents.length > 0 ? `${listed(documents)} added ${count}` : `${count} ${were} received`
    case 'damage':
      return `${count} ${were} damaged`
    case 'transfer':
      return `${count} ${were} transferred ${delta < 0 ? 'out' : 'in'}`
    case 'correction':
      return `a correction ${delta < 0 ? 'took' : 'added'} ${count}`
    case 'recount':
      return `another count changed it by ${signed(delta)}`
    case 'import':
      return `${listed(documents) || 'an import'} changed it by ${signed(delta)}`
  }
}

/** "a", "a and b", "a, b and c". */
function listed(all: readonly string[]): string {
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
