import type { Sql, TransactionSql } from 'postgres'
import { user1, user2 } from './stage'

/** Valid questions about the table `ledger`: the entry a client sends, and the same question in SQL. */
export const filters = [
  { filter: undefined, sql: 'true', columns: [] },
  { filter: 'room=eq.a', sql: `room = 'a'`, columns: ['room'] },
  { filter: 'room=not.in.(a,b)', sql: `room not in ('a', 'b')`, columns: ['room'] },
  { filter: 'n=gte.5', sql: 'n >= 5', columns: ['n'] },
  { filter: 'n=is.null', sql: 'n is null', columns: ['n'] },
  { filter: 'room=isdistinct.a,n=lt.8', sql: `room is distinct from 'a' and n < 8`, columns: ['room', 'n'] },
  { filter: 'id=in.(1,2,3)', sql: 'id in (1, 2, 3)', columns: ['id'] },
  { filter: 'id=neq.2', sql: 'id <> 2', columns: ['id'] },
] as const

export const policies = [
  'true',
  'owner = auth.uid()',
  `owner = auth.uid() or room = 'a'`,
  'n > 4',
  `auth.role() = 'anon' and room = 'b'`,
]

export const people = [
  { role: 'anon', sub: undefined },
  { role: 'authenticated', sub: user1 },
  { role: 'authenticated', sub: user2 },
  { role: 'service_role', sub: undefined },
] as const

export type Asker = { person: number; filter: number; event: string }

export type Logged = { op: 'INSERT' | 'UPDATE' | 'DELETE'; new: Row | null; old: Row | null }

type Row = { id: number; room: string | null; n: number | null; owner: string | null }

export type Told = { type: string; record?: object; old_record?: object; errors: string[] | null }

/** A table whose every change is also written down by a trigger, with the transaction that made it. */
export const ledger = `
  create table ledger (id int primary key, room text, n int, owner uuid);
  create table ledger_log (seq bigserial, xid text default pg_current_xact_id()::text, op text, new jsonb, old jsonb);
  create function log_ledger() returns trigger language plpgsql security definer as $$
  begin
    insert into public.ledger_log (op, new, old) values (tg_op,
      case when tg_op <> 'DELETE' then to_jsonb(new) end, case when tg_op <> 'INSERT' then to_jsonb(old) end);
    return null;
  end $$;
  create trigger log_ledger after insert or update or delete on ledger for each row execute function log_ledger();
  alter publication supabase_realtime add table ledger;
`

/** The changes of committed transactions in the order of their commits, read from a slot of the test's own. */
export async function committed(sql: Sql, slot: string): Promise<Logged[]> {
  const lines = await sql<{ data: string }[]>`
    select data from pg_logical_slot_get_changes(${slot}, null, null, 'skip-empty-xacts', '1')`
  const order = lines.flatMap(({ data }) => /^COMMIT (\d+)/.exec(data)?.[1] ?? [])
  const log = await sql<(Logged & { xid: string })[]>`select op, new, old, xid from ledger_log order by seq`
  return order.flatMap((xid) => log.filter((entry) => entry.xid === xid))
}

/** The expected messages of this caller for these changes, by plain SQL as of now. */
export async function expected(sql: Sql, asker: Asker, changes: readonly Logged[]): Promise<Told[]> {
  const person = people[asker.person] ?? people[0]
  const [table] = await sql<{ secured: boolean; full: boolean }[]>`
    select relrowsecurity as secured, relreplident = 'f' as full from pg_class where oid = 'ledger'::regclass`
  const columns = await sql<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = 'ledger'::regclass and attnum > 0 and has_column_privilege(${person.role}, attrelid, attnum, 'select')`
  const readable = new Set(columns.map(({ name }) => name))
  const told: Told[] = []
  for (const change of changes) {
    if (asker.event !== '*' && asker.event !== change.op) continue
    if (change.op !== 'DELETE' && !readable.has('id')) {
      const empty = change.op === 'UPDATE' ? { old_record: {} } : {}
      told.push({ type: change.op, record: {}, ...empty, errors: ['Error 401: Unauthorized'] })
      continue
    }
    if (!(await passes(sql, asker, change, table?.full ?? false))) continue
    if (change.op !== 'DELETE' && table?.secured && !(await sees(sql, person, change.new?.id))) continue
    const wholeOld = table?.full && !(change.op === 'DELETE' && table.secured)
    const show = (row: Row | null, whole: boolean | undefined) =>
      Object.fromEntries(
        Object.entries(row ?? {}).filter(([name]) => readable.has(name) && (whole || name === 'id')),
      )
    told.push({
      type: change.op,
      ...(change.op === 'DELETE' ? {} : { record: show(change.new, true) }),
      ...(change.op === 'INSERT' ? {} : { old_record: show(change.old, wholeOld) }),
      errors: null,
    })
  }
  return told
}

async function passes(sql: Sql, { filter }: Asker, change: Logged, isFull: boolean): Promise<boolean> {
  const test = filters[filter] ?? filters[0]
  const isKnown = change.op !== 'DELETE' || isFull || test.columns.every((column) => column === 'id')
  if (!isKnown) return false
  const row = change.op === 'DELETE' ? change.old : change.new
  const rows = await sql.unsafe(
    `select 1 from jsonb_populate_record(null::ledger, $1::text::jsonb) where ${test.sql}`,
    [JSON.stringify(row)],
  )
  return rows.length > 0
}

async function sees(sql: Sql, person: (typeof people)[number], id: number | undefined): Promise<boolean> {
  return sql.begin(async (tx: TransactionSql) => {
    const claims = JSON.stringify({ role: person.role, sub: person.sub })
    await tx`select set_config('request.jwt.claims', ${claims}, true), set_config('role', ${person.role}, true)`
    const rows = await tx`select 1 from ledger where id = ${id ?? null}`
    return rows.length > 0
  })
}
