import type { Tx } from '@/tests/support/database'

/** Everything that is stored, as text, where one of these words occurs: table by table. */
export async function mentions(tx: Tx, words: RegExp): Promise<string[]> {
  const tables = await tx`select c.oid::regclass::text as name from pg_class c
    where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind = 'r'`
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await tx.unsafe(`select from ${name} as each where to_jsonb(each)::text ~ $1 limit 1`, [
      words.source,
    ])
    if (row) found.push(name)
  }
  return found
}

/** An order as it is stored. */
export const orderRow = async (tx: Tx, id: string) =>
  (await tx`select * from public.orders where id = ${id}`)[0]
