import { expect, test } from 'vitest'
import { countriesIn, countryCodes } from '@/lib/domain/checkout/countries'
import { countryName } from '@/lib/domain/checkout/country-name'
import { DeliveryTax, deliveryTaxFields, ZoneRequest, zoneFields } from '@/lib/domain/checkout/delivery-zone'
import { zoneTexts } from '@/lib/domain/checkout/zone-texts'
import { percent } from '@/lib/domain/text/percent'

const key = '00000000-0000-4000-8000-000000000001'

function aForm(fields: Record<string, string | string[]>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ idempotency_key: key, currency: 'EUR', ...fields }))
    for (const each of [value].flat()) form.append(name, each)
  return form
}

test('countries are read by name, code or EU, and an unknown one stays as it was written', () => {
  expect(countriesIn('Germany, at;  Côte d’Ivoire\ncote d ivoire, germany')).toEqual(['DE', 'AT', 'CI'])
  expect(countriesIn('EU')).toHaveLength(27)
  expect(countriesIn('Atlantis, EZ')).toEqual(['Atlantis', 'EZ'])
})

test('every country is known by one code, and its name leads to it', () => {
  expect(countryCodes.length).toBeGreaterThan(240)
  expect(countryCodes).toEqual(expect.arrayContaining(['DE', 'GB', 'US', 'JP', 'KW', 'RS']))
  for (const code of countryCodes) expect(countriesIn(countryName(code).replaceAll(',', ' '))).toEqual([code])
})

test('a form of a zone is read with prices of its currency', () => {
  const form = aForm({
    name: ' Germany ',
    countries: 'Germany, AT',
    postcodes: '10*, 12 345\nb-9000',
    estimate: '2–3 days',
    rate_from: ['', '50', '', ''],
    rate: ['4,90', '0', '', ''],
  })

  expect(ZoneRequest.parse(zoneFields(form))).toEqual({
    zone: {
      name: 'Germany',
      countries: ['DE', 'AT'],
      postcodes: ['10*', '12345', 'B9000'],
      rates: [
        { from_minor: 0, minor: 490 },
        { from_minor: 5000, minor: 0 },
      ],
      estimate: '2–3 days',
    },
    idempotency_key: key,
  })
  const inYen = aForm({ name: 'Japan', countries: 'JP', rate: '500', rate_from: '', currency: 'JPY' })
  expect(ZoneRequest.parse(zoneFields(inYen)).zone.rates).toEqual([{ from_minor: 0, minor: 500 }])
  const inDinars = aForm({ name: 'Kuwait', countries: 'KW', rate: '1.250', rate_from: '', currency: 'KWD' })
  expect(ZoneRequest.parse(zoneFields(inDinars)).zone.rates).toEqual([{ from_minor: 0, minor: 1250 }])
})

test.for([
  ['countries', { countries: 'Atlantis' }],
  ['countries', { countries: '' }],
  ['rates', { rate: 'a lot' }],
  ['rates', { rate: '-1' }],
  ['postcodes', { postcodes: '1%' }],
  ['name', { name: '  ' }],
] as const)('a form with a bad %s names it', ([field, part]) => {
  const form = aForm({ name: 'Zone', countries: 'DE', rate: '1', rate_from: '', ...part })
  const read = ZoneRequest.safeParse(zoneFields(form))
  expect(read.error?.issues[0]?.path.slice(0, 2)).toEqual(['zone', field])
})

test('a zone is shown as its form takes it', () => {
  const zone = {
    id: key,
    name: 'Germany',
    countries: ['DE', 'AT'],
    postcodes: ['10*'],
    rates_from_minor: [0, 5000],
    rates_minor: [490, 0],
    estimate: null,
    version: 1,
  }
  const { rates, ...texts } = zoneTexts(zone, 'EUR')
  const form = aForm({
    ...texts,
    zone_id: key,
    expected_version: '1',
    rate_from: rates.map(({ from }) => from),
    rate: rates.map(({ rate }) => rate),
  })

  const { zone: read } = ZoneRequest.parse(zoneFields(form))

  expect(read.rates).toEqual([
    { from_minor: 0, minor: 490 },
    { from_minor: 5000, minor: 0 },
  ])
  expect(read.countries).toEqual(['DE', 'AT'])
})

test('the tax on delivery is that of the items, or a percentage', () => {
  const read = (fields: Record<string, string>) =>
    DeliveryTax.safeParse(deliveryTaxFields(aForm(fields))).data
  expect(read({ tax: 'goods', percentage: '19' })).toEqual({ idempotency_key: key })
  expect(read({ tax: 'rate', percentage: '7,5' })).toEqual({ idempotency_key: key, tax_rate_bp: 750 })
  expect(read({ tax: 'rate', percentage: '101' })).toBeUndefined()
  expect(read({ tax: 'rate', percentage: '' })).toBeUndefined()
  expect(percent(750)).toBe('7.5 %')
})
