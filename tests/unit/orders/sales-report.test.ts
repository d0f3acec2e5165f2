import { expect, test } from 'vitest'
import { salesHeading, salesRecords } from '@/lib/domain/exports/sales-records'
import { daysOf, ReportFilter, type SalesLine, sumsOf } from '@/lib/domain/insight/sales-report'

const tax = (rate_bp: number, amount_minor: number, tax_minor: number) => ({
  rate_bp,
  amount_minor,
  tax_minor,
})
const lines: SalesLine[] = [
  {
    ...{ period: '2026-11-01', orders: 2, units: 3, delivery_minor: 490, amount_minor: 3000, tax_minor: 400 },
    taxes: [tax(1900, 2000, 319), tax(700, 1000, 81)],
  },
  {
    ...{ period: '2026-11-02', orders: 1, units: 1, delivery_minor: 0, amount_minor: 100, tax_minor: 16 },
    taxes: [tax(1900, 100, 16)],
  },
]

test('the sums of a report are those of its periods, by tax rate too', () => {
  expect(sumsOf(lines)).toEqual({
    ...{ orders: 3, units: 4, delivery_minor: 490, amount_minor: 3100, tax_minor: 416 },
    taxes: [tax(1900, 2100, 335), tax(700, 1000, 81)],
  })
})

test('a report without days is of the month so far, and one of many years ends with its last day', () => {
  const days = (from: string, to: string) => daysOf(ReportFilter.parse({ from, to }), '2026-11-30')

  expect(days('', '')).toEqual({ first: '2026-11-01', last: '2026-11-30' })
  expect(days('2026-10-05', '')).toEqual({ first: '2026-10-05', last: '2026-11-30' })
  expect(days('2026-12-05', '')).toEqual({ first: '2026-12-05', last: '2026-12-05' })
  expect(days('2026-11-20', '2026-11-10')).toEqual({ first: '2026-11-01', last: '2026-11-10' })
  expect(days('2020-01-01', '2026-11-30')).toEqual({ first: '2025-11-29', last: '2026-11-30' })
  expect(ReportFilter.parse({ step: 'second', from: '0026-11-30' })).toEqual({
    from: '',
    to: '',
    step: 'day',
  })
})

test('a period has a row for each tax rate, and its sums in the first row alone', () => {
  const [first = [], second = []] = lines.slice(0, 1).flatMap((line) => salesRecords(line, 'EUR'))

  expect(first).toEqual(['2026-11-01', '2', '3', '4.90', '30.00', '4.00', 'EUR', '19', '20.00', '3.19'])
  expect(second).toEqual(['2026-11-01', '', '', '', '', '', '', '7', '10.00', '0.81'])
  expect(first).toHaveLength(salesHeading.length)
})
