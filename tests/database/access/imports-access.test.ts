import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import {
  actAs,
  actAsOwner,
  type Caller,
  connect,
  person,
  refusal,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'
import { aHandle, aLocation, applied, previewed, staged, stagedProducts } from '@/tests/support/shop/imports'

const sql = connect(2)
afterAll(() => sql.end())

const aLine = () => ({ Handle: aHandle(), Title: 'Mug', 'Variant Price': '9', 'Variant Inventory Qty': '2' })

/** The error of each import function for a caller: an SQLSTATE. */
async function errors(tx: Tx, caller: Caller, importId: string, locationId: string) {
  const calls = [
    (t: Tx) => t`select public.begin_import('a.csv', ${randomUUID()}, ${locationId})`,
    (t: Tx) => t`select public.stage_import(${importId}, '[]')`,
    (t: Tx) => t`select public.preview_import(${importId})`,
    (t: Tx) => t`select public.apply_import(${importId}, ${randomUUID()})`,
    (t: Tx) => t`select public.discard_import(${importId})`,
  ]
  await actAs(tx, caller)
  const codes: string[] = []
  for (const call of calls) {
    const code = await tx.savepoint(call).then(
      () => 'allowed',
      (error: { code: string }) => error.code,
    )
    codes.push(code)
  }
  await actAsOwner(tx)
  return codes
}

test('only managers and the secret key import; everybody else is refused each step', () =>
  rolledBack(sql, async (tx) => {
    const place = await aLocation(tx)
    const id = await staged(tx, place, [aLine()])

    expect(await errors(tx, shopper, id, place)).toEqual(Array(5).fill('42501'))
    expect(await errors(tx, await person(tx), id, place)).toEqual(Array(5).fill('PT403'))
    expect(await errors(tx, await person(tx, 'viewer'), id, place)).toEqual(Array(5).fill('PT403'))
    expect(await errors(tx, await person(tx, 'stock'), id, place)).toEqual(Array(5).fill('PT403'))
  }))

test.for(['manager', 'secret key'] as const)('a %s imports a file from beginning to end', (who) =>
  rolledBack(sql, async (tx) => {
    const [place, line] = [await aLocation(tx), aLine()]
    await actAs(tx, who === 'manager' ? await person(tx, 'manager') : secretKey)

    const id = await staged(tx, place, [line])
    const { changes } = await previewed(tx, id)
    await applied(tx, id)

    expect(changes).toHaveLength(2)
    await actAsOwner(tx)
    expect([...(await tx`select title from public.products where handle = ${line.Handle}`)]).toEqual([
      { title: 'Mug' },
    ])
  }),
)

test('staff read which files were imported, shoppers do not', () =>
  rolledBack(sql, async (tx) => {
    await staged(tx, await aLocation(tx), [aLine()])
    const seen = async (caller: Caller) => {
      await actAs(tx, caller)
      const rows = await tx
        .savepoint((inner) => inner`select file_name from public.imports`)
        .catch((error: { code: string }) => error.code)
      await actAsOwner(tx)
      return typeof rows === 'string' ? rows : rows.length > 0
    }

    expect(await seen(await person(tx, 'viewer'))).toBe(true)
    expect(await seen(await person(tx))).toBe(false)
    expect(await seen(shopper)).toBe('42501')
  }))

test('not even the secret key writes around the functions', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, secretKey)

    for (const write of [
      (t: Tx) => t`update public.imports set applied_at = now()`,
      (t: Tx) => t`insert into private.import_changes default values`,
      (t: Tx) => t`select * from private.import_products`,
    ]) {
      await expect(tx.savepoint(write)).rejects.toMatchObject({ code: '42501' })
    }
  }))

test.for([
  [[], 'not 1 to 1000 products'],
  [[{ handle: 'mug' }], 'null value'],
  [[{ handle: 'Mug!', line: 2, title: 'Mug', option_names: [] }], 'import_products_handle_check'],
  [[{ handle: 'mug', line: 'two', title: 'Mug', option_names: [] }], 'invalid input syntax'],
  [
    [{ handle: 'mug', line: 2, title: 'Mug', option_names: [], status: 'sold' }],
    'invalid input value for enum',
  ],
  [
    [
      {
        handle: 'mug',
        line: 2,
        title: 'Mug',
        option_names: [],
        media: [{ src: 'javascript:1', alt: '', option_values: null }],
      },
    ],
    'import_products_media_check',
  ],
  [
    [{ handle: 'mug', line: 2, title: 'Mug', option_names: [], description_html: '<p onclick="x">' }],
    'import_products_description_html_check',
  ],
] as [object[], string][])('products like %j cannot be staged past the parser', ([products, problem]) =>
  rolledBack(sql, async (tx) => {
    const place = await aLocation(tx)

    const refused = await refusal(tx.savepoint((inner) => stagedProducts(inner, place, products)))

    expect(refused).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { problem: expect.stringContaining(problem) },
    })
  }),
)

test.for([
  '<script>',
  '<p class="x">',
  '<img src=x>',
  '<a href="javascript:x">',
  '<svg/onload=x>',
  '<a href="https://x" onclick="y">',
])('no way into the catalogue takes a description with %s', (html) =>
  rolledBack(sql, async (tx) => {
    const insert = (t: Tx, description: string) => t`
        insert into public.products (handle, title, category, description_html)
        values (${aHandle()}, 'Mug', 'tests', ${description})`
    await tx`insert into public.categories (slug, title) values ('tests', 'Tests') on conflict do nothing`

    await expect(tx.savepoint((inner) => insert(inner, html))).rejects.toMatchObject({
      constraint_name: 'products_describe_themselves_safely',
    })
    await insert(tx, '<p>A <a href="https://clay.example/">mug</a> for 3 &lt; 4<br /></p>')
  }),
)
