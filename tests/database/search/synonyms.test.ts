import { afterAll, expect, test } from 'vitest'
import { connect, rolledBack, type Tx } from '@/tests/support/database'
import { answer, products, titles } from '@/tests/support/search/products'

const sql = connect(2)
afterAll(() => sql.end())

/** Whether a search finds products, rather than the nearest ones. */
async function isFound(tx: Tx, query: string): Promise<boolean> {
  const { total, is_nearest } = await answer(tx, query)
  return total > 0 && !is_nearest
}

test('a search finds the synonyms that staff write, in both directions, as plurals, phrases and mistyped', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, { title: 'Grommel' }, { title: 'Snarkel' })
    expect(await isFound(tx, 'plimsoll')).toBe(false)
    await tx`update public.shop_settings
      set search_synonyms = 'grommel, Plïmsoll, nautical badge; snarkel, frobnicator'`

    expect(await answer(tx, 'plimsoll')).toMatchObject({ total: 1, meant: null, is_nearest: false })
    expect(await titles(tx, 'plimsolls')).toEqual(['Grommel'])
    expect(await titles(tx, 'nautical badge')).toEqual(['Grommel'])
    expect(await answer(tx, 'frobnicatro')).toMatchObject({ total: 1, meant: 'frobnicator' })
    expect(await isFound(tx, '"plimsoll"')).toBe(false)
    await products(tx, { title: 'Plimsoll' })
    expect(await titles(tx, 'grommel')).toEqual(['Grommel', 'Plimsoll'])
    expect(await titles(tx, 'plimsoll')).toEqual(['Plimsoll', 'Grommel'])
    await tx`update public.shop_settings set search_synonyms = ''`
    expect(await titles(tx, 'grommel')).toEqual(['Grommel'])
  }))

test('synonyms change with the language of the shop', () =>
  rolledBack(sql, async (tx) => {
    await products(tx, { title: 'Grommel' })
    await tx`update public.shop_settings set search_synonyms = 'grommel, schränke', search_language = 'german'`
    expect(await titles(tx, 'schrank')).toEqual(['Grommel'])
  }))
