import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import type { About, Answer, Call } from './call'
import { callFor } from './calls'
import { isCut } from './cut'
import type { Intent } from './intents'
import { witness } from './witness'
import type { World } from './world'

/** One call and every answer it got: first, again and twice carry the same key. */
export type Entry = {
  worker: number
  operation: string
  intent: Intent
  key: string
  about: About
  /** Sends the same call with its key once more. */
  again: (sql: Sql) => Promise<Answer>
  outcome:
    | { is: 'done'; answers: Answer[]; moves: Map<string, number> }
    | { is: 'refused'; code: string; detail: Answer }
    | { is: 'broken'; error: string }
}

export type History = { entries: Entry[]; seen: string[] }

// Array types are not fetched: the driver leaves that query unhandled when its connection is cut concurrently.
const quiet = {
  onnotice: () => undefined,
  fetch_types: false,
  types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
}

/** Runs a plan, one connection per worker, and writes down what everybody was told. */
export async function record(url: string, admin: Sql, world: World, plan: Intent[][]): Promise<History> {
  const entries: Entry[] = []
  let running = true
  const seeing = witness(admin, () => running)

  await Promise.all(
    plan.map(async (intents, worker) => {
      const name = `kernel-${worker}`
      const sql = postgres(url, {
        ...quiet,
        max: 2,
        idle_timeout: 60,
        connection: { application_name: name },
      })
      try {
        for (const intent of intents) {
          const call = callFor(world, intent)
          if (call) entries.push(await perform(sql, admin, name, worker, intent, call))
        }
      } finally {
        await sql.end({ timeout: 1 })
      }
    }),
  )
  running = false
  return { entries, seen: await seeing }
}

async function perform(
  sql: Sql,
  admin: Sql,
  name: string,
  worker: number,
  intent: Intent,
  call: Call,
): Promise<Entry> {
  const key = randomUUID()
  const entry = {
    worker,
    operation: call.operation,
    intent,
    key,
    about: call.about ?? {},
    again: (later: Sql) => untilAnswered(call, later, key),
  }
  try {
    const sent = [untilAnswered(call, sql, key)]
    if (intent.fault === 'twice') sent.push(untilAnswered(call, sql, key))
    const settling = Promise.allSettled(sent)
    if (intent.fault === 'cut') {
      await admin`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name} and state = 'active'`.catch(
        // Another client may have cut everything already.
        () => undefined,
      )
    }
    const settled = await settling
    const refusedOnce = settled.find((one) => one.status === 'rejected')
    const done = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    // A refusal leaves no trace, so of two at once one may be refused and the other, a moment later, be done.
    if (refusedOnce && done.length === 0) throw refusedOnce.reason
    if (intent.fault === 'again') done.push(await untilAnswered(call, sql, key))
    const first = done[0] as Answer
    call.learn?.(first)
    return { ...entry, outcome: { is: 'done', answers: done, moves: call.moves?.(first) ?? new Map() } }
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code.startsWith('PT')) {
      return {
        ...entry,
        outcome: { is: 'refused', code: error.message, detail: JSON.parse(error.detail ?? '{}') as Answer },
      }
    }
    return {
      ...entry,
      outcome: {
        is: 'broken',
        error: String(error instanceof postgres.PostgresError ? `${error.code} ${error.message}` : error),
      },
    }
  }
}

/** Nobody knows what a cut call did, so it is sent again with its key until there is an answer. */
async function untilAnswered(call: Call, sql: Sql, key: string): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await call.send(sql, key)
      // A connection that ends between two messages looks to the driver like an answer without rows: it is none.
      if (answer !== undefined) return answer as Answer
    } catch (error) {
      if (!isCut(error) || attempt > 2000) throw error
    }
    await new Promise((wait) => setTimeout(wait, 25))
  }
}
