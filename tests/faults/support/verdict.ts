/** One unit sold: how many are left, and when COMMIT was answered, by `clock`. */
export interface Sale {
  readonly left: number
  readonly at: number
}

/** A page's visible state at one moment. */
export interface Glance {
  /** By `clock`. */
  readonly at: number
  /** Milliseconds the page slept through so far, which no clock here shows. */
  readonly slept: number
  /** Units the page says are left; null while it says none. */
  readonly left: number | null
  /** Whether the page says that this may be out of date. */
  readonly isDoubted: boolean
  readonly isVisible: boolean
}

/** How often the witness looks, besides at every change of the page. */
export const everyMs = 20

/** A page's behaviour, measured by its display beside the sales. Pure: its input is the glances. */
export interface Verdict {
  /** How often an older value replaced a newer one. */
  readonly backwards: number
  /** Age in milliseconds of the oldest value shown unmarked. */
  readonly oldestUnsaidMs: number
  /** From the fault's end until the page equalled the database, in milliseconds; null if it never did. */
  readonly recoveredMs: number | null
  /** From COMMIT to text, for each sale that was seen, in milliseconds. */
  readonly latenciesMs: readonly number[]
}

/** The time a page may need to mark a value when the machine is busy, in milliseconds it really had. */
const graceMs = 1_000

export function judge(glances: readonly Glance[], sales: readonly Sale[], endedAt: number): Verdict {
  return {
    backwards: countBackwards(glances),
    oldestUnsaidMs: oldestUnsaid(glances, sales),
    recoveredMs: recovery(glances, sales, endedAt),
    latenciesMs: latencies(glances, sales),
  }
}

function countBackwards(glances: readonly Glance[]): number {
  const shown = glances.flatMap(({ left }) => left ?? [])
  return shown.filter((left, index) => left > (shown[index - 1] ?? left)).length
}

/** Milliseconds the page had before each glance, of those a busy machine or a fault left it: gaps do not count. */
function attention(glances: readonly Glance[]): number[] {
  let had = 0
  return glances.map(({ at }, index) => {
    had += Math.min(at - (glances[index - 1]?.at ?? at), 2 * everyMs)
    return had
  })
}

/** A value is as old as the first sale it does not know of. Hidden pages show nothing to anybody. */
function oldestUnsaid(glances: readonly Glance[], sales: readonly Sale[]): number {
  const soldAt = new Map(sales.map((sale) => [sale.left, sale.at + sleptBefore(glances, sale.at)]))
  const had = attention(glances)
  let [oldest, excusedUntil] = [0, 0]
  for (const [index, glance] of glances.entries()) {
    const outdatedAt = glance.left === null ? undefined : soldAt.get(glance.left - 1)
    const now = had[index] ?? 0
    const age = outdatedAt === undefined ? 0 : glance.at + glance.slept - outdatedAt
    const mayBeOld = glance.isDoubted || !glance.isVisible || age <= 5_000
    if (mayBeOld) excusedUntil = now + graceMs
    if (glance.isVisible && !glance.isDoubted && (age <= 5_000 || now > excusedUntil)) {
      oldest = Math.max(oldest, age)
    }
  }
  return oldest
}

function sleptBefore(glances: readonly Glance[], at: number): number {
  return glances.findLast((glance) => glance.at <= at)?.slept ?? 0
}

function recovery(glances: readonly Glance[], sales: readonly Sale[], endedAt: number): number | null {
  const last = sales.at(-1)
  if (!last) throw new Error('nothing was sold: nothing was tested')
  const from = Math.max(endedAt, last.at)
  const had = attention(glances)
  const equal = glances.findIndex(({ at, left }) => at >= endedAt && left === last.left)
  if (equal === -1) return null
  const start = glances.findLastIndex(({ at }) => at <= from)
  return Math.max(0, (had[equal] ?? 0) - (had[start] ?? 0))
}

function latencies(glances: readonly Glance[], sales: readonly Sale[]): number[] {
  return sales.flatMap(({ left, at }) => {
    const seen = glances.find((glance) => glance.left === left)
    return seen ? seen.at - at : []
  })
}
