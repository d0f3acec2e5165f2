import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { ShopSettings } from '@/lib/domain/settings/shop'
import {
  actAs,
  actAsOwner,
  aShop,
  connect,
  deliver,
  person,
  refusal,
  rolledBack,
  secretKey,
  shopper,
  type Tx,
} from '@/tests/support/database'

const sql = connect(2)
afterAll(() => sql.end())

async function read(tx: Tx): Promise<ShopSettings> {
  const [row] = await tx`select public.read_shop_settings() as sheet`
  return ShopSettings.parse(row?.sheet)
}

async function save(tx: Tx, changes: unknown, expected: number, key: string = randomUUID()) {
  const [row] = await tx`
    select public.save_shop_settings(${tx.json(changes as never)}, ${expected}, ${key}) as sheet`
  return ShopSettings.parse(row?.sheet)
}

test('a manager saves some settings, the others stay, and the trail names both values', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const before = await read(tx)

    const after = await save(tx, { name: '  Corner Shop ', phone: '', tax_rate_bp: 550 }, before.version)

    expect(after).toEqual({
      ...before,
      ...{ name: 'Corner Shop', phone: '', tax_rate_bp: 550 },
      version: after.version,
    })
    expect(after.version).toBeGreaterThan(before.version)
    expect(await read(tx)).toEqual(after)
    const lines = await tx`select before ->> 'name' as was, after ->> 'name' as is from public.audit_trail
      where subject = 'settings' order by id desc limit 1`
    expect([...lines]).toEqual([{ was: before.name, is: 'Corner Shop' }])
  }))

test('the same request takes effect once; other values under its key are refused', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const { version } = await read(tx)
    const key = randomUUID()

    const first = await save(tx, { name: 'First' }, version, key)
    expect(await save(tx, { name: 'First' }, version, key)).toEqual(first)
    const other = await refusal(tx.savepoint((inner) => save(inner, { name: 'Second' }, version, key)))
    expect(other.code).toBe('idempotency_key_reused')
  }))

test('settings that another manager saved in between are not overwritten', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const { version } = await read(tx)
    const theirs = await save(tx, { line: 'Theirs' }, version)

    const met = await refusal(tx.savepoint((inner) => save(inner, { line: 'Mine' }, version)))

    expect(met).toMatchObject({ status: 409, code: 'settings_changed', detail: { version: theirs.version } })
    expect((await read(tx)).line).toBe('Theirs')
  }))

test('the currency is fixed once a product has a price', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await actAs(tx, await person(tx, 'manager'))
    const { version, has_prices } = await read(tx)
    expect(has_prices).toBe(true)

    const met = await refusal(tx.savepoint((inner) => save(inner, { currency: 'GBP' }, version)))

    expect(met).toMatchObject({ status: 409, code: 'currency_in_use', detail: { currency: 'EUR' } })
    expect((await save(tx, { currency: 'EUR' }, version)).currency).toBe('EUR')
  }))

test('a shop without a product changes its currency', () =>
  rolledBack(sql, async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`delete from public.variants`
    await tx`set local session_replication_role = origin`
    await actAs(tx, await person(tx, 'manager'))
    const { version, has_prices } = await read(tx)
    expect(has_prices).toBe(false)
    expect((await save(tx, { currency: 'JPY' }, version)).currency).toBe('JPY')
  }))

const wrong: [string, unknown][] = [
  ['name', ''],
  ['name', '   '],
  ['name', 'x'.repeat(81)],
  ['name', 'Shop\u202egnp.exe'],
  ['name', 5],
  ['name', null],
  ['name', ['Shop']],
  ['email', 'Shop <orders@example.com>'],
  ['email', 'no address'],
  ['phone', '<script>'],
  ['country', 'be'],
  ['country', 'BEL'],
  ['locale', 'en_GB'],
  ['locale', 'english'],
  ['currency', 'eur'],
  ['time_zone', 'Atlantis/Harbour'],
  ['time_zone', 'FOO+3'],
  ['time_zone', 'posixrules'],
  ['accent', 'red;}body{display:none'],
  ['typeface', 'Comic Sans'],
  ['tax_rate_bp', 10_001],
  ['tax_rate_bp', 19.5],
  ['tax_rate_bp', '1900'],
  ['low_stock_at', -1],
  ['hold_minutes', 0],
  ['hold_minutes', 1e9],
  ['hero_title', 'x'.repeat(81)],
  ['hero_text', 7],
  ['hero_picture', 'javascript:alert(1)'],
  ['hero_picture', '//elsewhere.example/a.svg'],
  ['hero_picture', '/a b.svg'],
  ['return_days', 366],
  ['return_fees', 'nobody'],
  ['search_language', 'klingon'],
  ['search_synonyms', 'sofa'],
  ['search_synonyms', 'sofa, couch; lamp'],
  ['search_synonyms', 'sofa, couch\nlamp, light'],
  ['search_synonyms', `sofa, ${'x'.repeat(6000)}`],
  ['version', 99],
  ['only_row', false],
  ['stock_broadcast', true],
  ['x'.repeat(5000), 'y'],
]

test.for(wrong)('%s is not set to %j', ([field, value]) =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const before = await read(tx)

    const met = await refusal(
      tx.savepoint((inner) => save(inner, { line: 'Also', [field]: value }, before.version)),
    )

    expect(met).toMatchObject({ status: 422, code: 'invalid_input', detail: { field: field.slice(0, 60) } })
    expect(await read(tx)).toEqual(before)
  }),
)

test.for([[], 'name', 7, null, {}, { name: 'x'.repeat(9000) }])(
  'changes are an object of settings: %j',
  (changes) =>
    rolledBack(sql, async (tx) => {
      await actAs(tx, await person(tx, 'manager'))
      const { version } = await read(tx)
      const met = await refusal(tx.savepoint((inner) => save(inner, changes, version)))
      expect(met).toMatchObject({ status: 422, code: 'invalid_input' })
    }),
)

test('only managers change the settings, only staff read them whole', () =>
  rolledBack(sql, async (tx) => {
    for (const role of ['viewer', 'stock'] as const) {
      await actAs(tx, await person(tx, role))
      const { version } = await read(tx)
      const met = await refusal(tx.savepoint((inner) => save(inner, { name: 'Mine' }, version)))
      expect(met).toMatchObject({ status: 403, code: 'role_required', detail: { role: 'manager' } })
      await actAsOwner(tx)
    }
    await actAs(tx, await person(tx))
    expect((await refusal(tx.savepoint(read))).code).toBe('role_required')
    expect([...(await tx`select name from public.shop_settings`)]).toEqual([])
    await actAs(tx, shopper)
    await expect(tx.savepoint(read)).rejects.toThrow('permission denied')
    await expect(tx.savepoint((at) => at`select name from public.shop_settings`)).rejects.toThrow(
      'permission denied',
    )
  }))

test('minutes of a hold are those of the next hold, and extend to three times as much', () =>
  rolledBack(sql, async (tx) => {
    await actAs(tx, await person(tx, 'manager'))
    const { version } = await read(tx)

    expect((await save(tx, { hold_minutes: 45 }, version)).hold_minutes).toBe(45)

    await actAsOwner(tx)
    const [limits] =
      await tx`select hold_time = '45 minutes' and hold_cap = '135 minutes' as set from private.shop_limits`
    expect(limits?.set).toBe(true)
  }))

test('another low-stock mark lists the shelf again', () =>
  rolledBack(sql, async (tx) => {
    const { variants, locations } = await aShop(tx)
    const variantId = String(variants[0])
    await deliver(tx, variantId, locations[0], 30)
    await actAs(tx, await person(tx, 'manager'))
    const { version } = await read(tx)

    await save(tx, { low_stock_at: 30 }, version)

    await actAsOwner(tx)
    const [shelf] = await tx`select band, "left"::int from public.shelf where variant_id = ${variantId}`
    expect(shelf).toMatchObject({ band: 'low', left: 30 })
  }))

test('a new product has the usual tax of the shop', () =>
  rolledBack(sql, async (tx) => {
    await aShop(tx)
    await tx`update public.shop_settings set tax_rate_bp = 600`
    await actAs(tx, secretKey)
    const [product] = await tx`insert into public.products (handle, title, category)
      select 'taxed-mug', 'Taxed mug', slug from public.categories limit 1 returning tax_rate_bp`
    expect(product?.tax_rate_bp).toBe(600)
  }))
