import type { Database } from '#realtime/database'

const pauseMs = 1

/** SQL: whether these transactions (an expression of 32 bit ids, bigint[]) are seen by the query that contains it. */
export function areVisibleSql(transactions: string): string {
  return `not exists (
    select from unnest(${transactions}) t, pg_current_snapshot() s
    where t in (select i::text::bigint & 4294967295 from pg_snapshot_xip(s) i)
      or ((t - (pg_snapshot_xmax(s)::text::bigint & 4294967295)) & 4294967295) < 2147483648
  )`
}

/**
 * Asks until the answer comes from a snapshot that has the transactions it is about. A commit is in the WAL a moment
 * before it is in snapshots: a stream this fast may know of a row before a policy can be asked about it.
 */
export async function untilVisible<Answer extends { areVisible: boolean }>(
  ask: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    const answer = await ask()
    if (answer.areVisible) return answer
    await new Promise((done) => setTimeout(done, pauseMs))
  }
}

/** Resolves when every new query sees these transactions. */
export async function whenVisible(database: Database, transactions: readonly number[]): Promise<void> {
  await untilVisible(async () => {
    const { rows } = await database.query<{ areVisible: boolean }>({
      name: 'when visible',
      text: `select ${areVisibleSql('$1::bigint[]')} as "areVisible"`,
      values: [transactions],
    })
    return { areVisible: rows[0]?.areVisible ?? false }
  })
}
