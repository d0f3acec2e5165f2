import { moneyAsDecimal } from '@/lib/domain/core/money'
import type { SalesLine } from '@/lib/domain/insight/sales-report'

export const salesHeading = [
  ...['Period from', 'Orders', 'Units', 'Delivery', 'Sales incl. tax', 'Tax', 'Currency'],
  ...['Tax rate', 'Rate: sales incl. tax', 'Rate: tax'],
]

/** A period as rows of its file, one for each tax rate; what is true of the whole period is in the first row alone. */
export function salesRecords(line: SalesLine, currency: string): string[][] {
  const money = (minor: number) => moneyAsDecimal({ minor, currency })
  const whole = [
    ...[line.orders, line.units].map(String),
    ...[line.delivery_minor, line.amount_minor, line.tax_minor].map(money),
    currency,
  ]
  return line.taxes.map(({ rate_bp, amount_minor, tax_minor }, at) => [
    line.period,
    ...(at === 0 ? whole : whole.map(() => '')),
    ...[String(rate_bp / 100), money(amount_minor), money(tax_minor)],
  ])
}
