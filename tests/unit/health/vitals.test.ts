import { expect, test } from 'vitest'
import { checkNames, type Figures, hear, metricsOf, newVitals, reportOf } from '@/lib/domain/health/vitals'

const needs = { schema: '20261130000000', sendsMail: true }
const fine: Figures = {
  schema: needs.schema,
  mail_waiting_seconds: null,
  payment_overdue_seconds: null,
  inventory_checked_seconds: 60,
  inventory_differences: 0,
}
const minutes = 60

/** A server whose heart beat a second ago, with these figures. */
function running(figures: Partial<Figures> = {}) {
  const vitals = { ...newVitals(0), beatAt: 99_000, figures: { ...fine, ...figures } }
  hear(vitals, 99_000, 12)
  return vitals
}
function failing(vitals: ReturnType<typeof running>, now = 100_000, needed = needs) {
  const { ready, checks } = reportOf(vitals, now, needed)
  const failed = checkNames.filter((name) => !checks[name].ok)
  expect(ready).toBe(failed.length === 0)
  return failed
}

test('a server is ready when the database answers and it hears its own heart', () => {
  expect(failing(running())).toEqual([])
})

test('a server that has just started is not ready', () => {
  expect(failing(newVitals(100_000) as ReturnType<typeof running>)).toEqual([...checkNames])
})

test('nine seconds without an answer, or without a heartbeat through Realtime, are too long', () => {
  expect(failing({ ...running(), heardAt: 90_900 })).toEqual(['realtime'])
  expect(failing({ ...running(), beatAt: 90_900 })).toEqual(['database'])
  expect(failing({ ...running(), beatAt: 91_000, heardAt: 91_000 })).toEqual([])
})

test.each<[string, Partial<Figures>, string[]]>([
  ['an older schema', { schema: '20261129000000' }, ['schema']],
  ['a newer schema', { schema: '20261201000000' }, ['schema']],
  ['no schema', { schema: null }, ['schema']],
  ['an e-mail that waits for 31 minutes', { mail_waiting_seconds: 31 * minutes }, ['mail']],
  ['an e-mail that waits for 29 minutes', { mail_waiting_seconds: 29 * minutes }, []],
  ['a payment deadline 11 minutes ago', { payment_overdue_seconds: 11 * minutes }, ['payments']],
  ['a sum that differs from its ledger', { inventory_differences: 1 }, ['inventory']],
  ['sums that nobody compares', { inventory_checked_seconds: 31 * minutes }, ['inventory']],
])('%s', (_, figures, failed) => {
  expect(failing(running(figures))).toEqual(failed)
})

test('a shop that sends no e-mails does not wait for them', () => {
  expect(failing(running({ mail_waiting_seconds: 90_000 }), 100_000, { ...needs, sendsMail: false })).toEqual(
    [],
  )
})

test('the metrics are those of the report, with the median lag of the last hundred heartbeats', () => {
  const vitals = running()
  for (let lagMs = 1; lagMs <= 200; lagMs += 1) hear(vitals, 99_500, lagMs)
  const metrics = metricsOf(reportOf(vitals, 100_000, needs)).split('\n')
  expect(metrics).toContain('onhand_ready 1')
  expect(metrics).toContain('onhand_check_ok{check="realtime"} 1')
  expect(metrics).toContain('onhand_realtime_lag_p50_ms 151')
  expect(metrics).toContain('onhand_realtime_lag_p95_ms 196')
  expect(metrics).not.toContain('onhand_mail_oldest_waiting_seconds null')
})
