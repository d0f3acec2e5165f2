import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { targetsOf } from '@/tests/kernel/adversary/catalog'
import { statementFor } from '@/tests/kernel/adversary/statement'
import { actAs, type Caller, connect } from '@/tests/support/database'

// Roles of the database alone, for the mutants: a scratch database has no Data API before it.

/** Whether there is nothing but a database to attack. */
export const isDatabaseOnly = () => process.env.ATTACK_BY_SQL === 'on'

let sql: Sql | undefined
const database = () => {
  sql ??= connect(8)
  return sql
}

/** Calls a function as the Data API would for this caller: what status it would have, and what it says. */
export async function callBySql(name: string, args: string, caller: Caller) {
  const target = (await targetsOf(database())).find((each) => each.name === name)
  if (!target) return { status: 404, data: { message: `no function ${name}` } }
  try {
    const data = await database().begin(async (tx) => {
      await actAs(tx, caller)
      const rows = await tx.unsafe(statementFor(target, Object.keys(JSON.parse(args))), [args])
      return target.returnsSet ? rows.map(({ answer }) => answer) : rows[0]?.answer
    })
    return { status: 200, data: data as unknown }
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    const { code, message, detail } = error
    const status = code.startsWith('PT') ? Number(code.slice(2)) : code === '42501' ? 403 : 400
    return { status, data: { message, details: detail } }
  }
}

/** An account with a confirmed address; its user id represents its session here. */
export async function accountBySql(email: string): Promise<string> {
  const id = randomUUID()
  const [{ has_confirmed } = {}] = await database()`select exists (select from pg_attribute
    where attrelid = 'auth.users'::regclass and attname = 'email_confirmed_at') as has_confirmed`
  if (has_confirmed)
    await database()`insert into auth.users (id, email, email_confirmed_at) values (${id}, ${email}, now())`
  else await database()`insert into auth.users (id, email) values (${id}, ${email})`
  return id
}
