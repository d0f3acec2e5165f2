import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'
import { type Answer, ask, at, type Call, summed } from './call'
import type { Intent } from './intents'
import { levelKey, type World } from './world'

type Change = {
  subject: string
  sku: string
  before: { on_hand: number } | null
  after: { on_hand: number }
}
type Preview = { import: { summary: { fingerprint: string } }; changes: Change[] }

/** A file that says of two variants how many there are: staged, looked at, applied. Every other one insists on what it saw. */
export function importing(world: World, { variant, place, units, pick }: Intent): Call {
  const location = at(world.locations, place)
  const products = aFile(world, [variant, variant + 1], units * 12)
  const opened = randomUUID()
  let importId: string | undefined
  let seen: { fingerprint: string; changes: Change[] } | undefined
  const isSeen = pick % 2 === 0

  async function stage(sql: Sql): Promise<string | undefined> {
    if (importId) return importId
    const [begun] = await sql`select id from public.begin_import('count.csv', ${opened}, ${location})`
    if (!begun) return undefined
    await sql`select public.stage_import(${begun.id}, ${sql.json(products)})`
    const previewed = await preview(sql, begun.id)
    if (!previewed) return undefined
    // A file sent twice at once is seen by two: both go on with what the first of them saw.
    seen ??= { fingerprint: previewed.import.summary.fingerprint, changes: previewed.changes }
    importId = String(begun.id)
    return importId
  }

  return {
    operation: 'apply_import',
    send: async (sql, key) => {
      const id = await stage(sql)
      if (!id) return undefined
      const fingerprint = isSeen && seen ? seen.fingerprint : null
      const done = (await ask(
        sql`select to_jsonb(done) as answer from public.apply_import(${id}, ${key}, ${fingerprint}) as done`,
      )) as Answer | undefined
      const after = done && (await preview(sql, id))
      return after && { ...done, changes: after.changes }
    },
    moves: (answer) => {
      const changes = isSeen && seen ? seen.changes : (answer.changes as Change[])
      return summed(
        changes
          .filter((change) => change.subject === 'variant')
          .map(({ sku, before, after }) => [
            levelKey(sku.replace('MUG-', ''), location),
            after.on_hand - (before?.on_hand ?? 0),
          ]),
      )
    },
  }
}

const preview = (sql: Sql, importId: string) =>
  ask(sql`select public.preview_import(${importId}) as answer`) as Promise<Preview | undefined>

/** Says nothing new of the product and names the variants as tests/support/database.ts does. */
function aFile(world: World, variants: number[], quantity: number) {
  return [
    {
      handle: world.handle,
      line: 2,
      title: 'Mug',
      option_names: ['Kind'],
      variants: variants.map((n, i) => {
        const id = at(world.variants, n)
        return {
          line: i + 2,
          position: i + 1,
          sku: `MUG-${id}`,
          sku_given: true,
          option_values: [id],
          price_minor: 1200,
          quantity,
        }
      }),
    },
  ]
}
