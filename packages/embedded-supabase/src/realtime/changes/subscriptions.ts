import type { SharedFrame } from '#realtime/protocol/shared-frame'
import type { ChangeEntry, ChangeEvent } from './change-entry'
import { conditionKey } from './conditions'
import type { CheckedCondition } from './entry-check'
import { type Reader, readerKey } from './visibility'

/** Where a matched change goes: a channel. The frame is shared by all that get the same bytes. */
export type Listener = { topic: string; deliverChange: (frame: SharedFrame) => void }

/** All entries with the same filter and the same rights. A decision for one is a decision for all. */
export type Cohort = Reader & {
  key: string
  schema: string
  table: string
  event: ChangeEvent
  conditions: CheckedCondition[]
  /** Sorted column names; null for all. */
  select: string[] | null
  members: Set<Member>
}

export type Member = { listener: Listener; id: number }

/** A listener's handle to remove its entries. */
export type Subscription = { cancel: () => void }

export type Subscribed = { entry: ChangeEntry; conditions: CheckedCondition[]; id: number }

/** The listeners of each table, in memory. */
export class Subscriptions {
  private readonly cohorts = new Map<string, Cohort>()
  private readonly byTable = new Map<string, Cohort[]>()

  add(listener: Listener, reader: Reader, entries: readonly Subscribed[]): Subscription {
    const joined = entries.map(({ entry, conditions, id }) => {
      const cohort = this.cohortOf(reader, entry, conditions)
      const member = { listener, id }
      cohort.members.add(member)
      return { cohort, member }
    })
    return {
      cancel: () => {
        for (const { cohort, member } of joined) {
          cohort.members.delete(member)
          if (cohort.members.size === 0) this.remove(cohort)
        }
      },
    }
  }

  /** Cohorts whose patterns cover this table. */
  covering(schema: string, table: string): readonly Cohort[] {
    const key = JSON.stringify([schema, table])
    const known = this.byTable.get(key)
    if (known) return known
    const found = [...this.cohorts.values()].filter(
      (cohort) => isLike(schema, cohort.schema) && isLike(table, cohort.table),
    )
    this.byTable.set(key, found)
    return found
  }

  private cohortOf(reader: Reader, entry: ChangeEntry, conditions: CheckedCondition[]): Cohort {
    const { schema, table, event } = entry
    const select = entry.select ? [...new Set(entry.select)].sort() : null
    const tests = conditions.map(conditionKey).sort()
    const key = JSON.stringify([schema, table, event, tests, select, readerKey(reader)])
    const known = this.cohorts.get(key)
    if (known) return known
    const { role, claims } = reader
    const cohort: Cohort = { key, schema, table, event, conditions, select, role, claims, members: new Set() }
    this.cohorts.set(key, cohort)
    this.byTable.clear()
    return cohort
  }

  private remove(cohort: Cohort): void {
    this.cohorts.delete(cohort.key)
    this.byTable.clear()
  }
}

/** SQL's LIKE without an escape character; `*` matches any text. */
function isLike(name: string, pattern: string): boolean {
  if (pattern === '*' || pattern === name) return true
  if (!/[%_]/.test(pattern)) return false
  const expression = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${expression}$`, 's').test(name)
}
