import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { actAs, actAsOwner, aShop, connect, person, refusal, type Tx } from '@/tests/support/database'
import { alone } from '@/tests/support/settings/alone'

const sql = connect(2)
afterAll(() => sql.end())

const fields = { title: 'Lamps', blurb: 'For evenings.', picture: '/art/scene-light.svg' }

async function save(tx: Tx, slug: unknown, given: unknown, expected: number | null = null) {
  const [row] = await tx`
    select public.save_category(${slug as string}, ${tx.json(given as never)}, ${expected}, ${randomUUID()}) as row`
  return row?.row as { slug: string; title: string; picture: string; version: number; position: number }
}

const slugs = async (tx: Tx): Promise<string[]> =>
  (await tx`select slug from public.categories order by position, title, slug`).map(({ slug }) =>
    String(slug),
  )

test('a category is added last, renamed under its address, and removed while it is empty', () =>
  alone(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const made = await save(tx, 'lamps', fields)
    expect(made).toMatchObject({ slug: 'lamps', ...fields })
    expect((await slugs(tx)).at(-1)).toBe('lamps')

    const renamed = await save(tx, 'lamps', { ...fields, title: 'Lights' }, made.version)
    expect(renamed).toMatchObject({ slug: 'lamps', title: 'Lights', position: made.position })
    const again = await refusal(tx.savepoint((at) => save(at, 'lamps', fields)))
    expect(again.code).toBe('name_taken')
    const late = await refusal(tx.savepoint((at) => save(at, 'lamps', fields, made.version)))
    expect(late.code).toBe('settings_changed')
    const unknown = await refusal(tx.savepoint((at) => save(at, 'no-such', fields, 1)))
    expect(unknown.code).toBe('settings_changed')

    await tx`select public.remove_category('lamps', ${randomUUID()})`
    expect(await slugs(tx)).not.toContain('lamps')
    const gone = await refusal(
      tx.savepoint((at) => at`select public.remove_category('lamps', ${randomUUID()})`),
    )
    expect(gone.code).toBe('not_found')
  }))

test('a category with a product, even an archived one, is not removed', () =>
  alone(sql, async (tx) => {
    const { productId } = await aShop(tx, 1, 'draft')
    await tx`update public.products set status = 'archived' where id = ${productId}`
    await actAs(tx, await person(tx, 'manager'))
    const met = await refusal(
      tx.savepoint((at) => at`select public.remove_category('tests', ${randomUUID()})`),
    )
    expect(met).toMatchObject({ status: 409, code: 'category_in_use' })
  }))

const wrong: [string, unknown, unknown][] = [
  ['title', 'lamps', { ...fields, title: ' ' }],
  ['title', 'lamps', {}],
  ['title', 'lamps', []],
  ['title', 'lamps', null],
  ['blurb', 'lamps', { ...fields, blurb: 'x'.repeat(301) }],
  ['picture', 'lamps', { ...fields, picture: 'javascript:alert(1)' }],
  ['picture', 'lamps', { ...fields, picture: '//evil.example/a.svg' }],
  ['picture', 'lamps', { ...fields, picture: 'http://example.com/a.png' }],
  ['picture', 'lamps', { ...fields, picture: 'data:image/svg+xml,x' }],
  ['slug', 'Lamps!', fields],
  ['slug', '../staff', fields],
  ['slug', '', fields],
  ['slug', null, fields],
  ['slug', 'x'.repeat(256), fields],
]

test.for(wrong)('a category whose %s is wrong is refused: %j %j', ([field, slug, given]) =>
  alone(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const met = await refusal(tx.savepoint((at) => save(at, slug, given)))
    expect(met).toMatchObject({ status: 422, code: 'invalid_input', detail: { field } })
  }),
)

test('an order of categories names each of them once', () =>
  alone(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    for (const slug of ['lamps', 'rugs']) await save(tx, slug, { ...fields, title: slug })
    const before = await slugs(tx)
    const sort = (at: Tx, list: string[]) => at`select public.sort_categories(${list}, ${randomUUID()})`
    await sort(tx, before.toReversed())
    expect(await slugs(tx)).toEqual(before.toReversed())
    for (const list of [before.slice(1), [...before, 'more'], []])
      expect((await refusal(tx.savepoint((at) => sort(at, list)))).code).toBe('list_changed')
  }))

test('only managers keep categories', () =>
  alone(sql, async (tx) => {
    for (const role of ['viewer', 'stock', undefined] as const) {
      await actAs(tx, await person(tx, role))
      const asks: ((at: Tx) => PromiseLike<unknown>)[] = [
        (at: Tx) => save(at, 'lamps', fields),
        (at: Tx) => at`select public.remove_category('table', ${randomUUID()})`,
        (at: Tx) => at`select public.sort_categories('{}', ${randomUUID()})`,
      ]
      for (const ask of asks)
        expect((await refusal(tx.savepoint(async (at) => ask(at)))).code).toBe('role_required')
      await actAsOwner(tx)
    }
  }))
