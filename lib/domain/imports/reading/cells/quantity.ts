import { type Cell, meaning, meaningless, plainDigits, visible } from './cell'
import { type DecimalMark, readFigures } from './decimal'

const MAX_QUANTITY = 1_000_000
/** From here on a quantity may be a code in the wrong column, so it is a question. */
const LARGE = 10_000

/** Whole units, 0 to a million. Fewer than none is none. */
export function readQuantity(text: string, mark: DecimalMark = null): Cell<number> {
  const plain = visible(plainDigits(text))
  const isNegative = /^[-−]/.test(plain)
  const figures = readFigures(plain.replace(/^[-−]\s*/, ''), mark)
  if (!figures) return meaningless('is not a number of units: write digits alone, like 12')
  let { whole, fraction } = figures
  if (figures.ambiguous && fraction === '000') {
    return meaningless(`is ${whole} or ${whole}000: write the digits alone`)
  }
  // A thousand and more is written in groups of three; a unit has no thousandths.
  if (figures.ambiguous) [whole, fraction] = [whole + fraction, '']
  if (/[1-9]/.test(fraction)) return meaningless('is not a whole number of units')
  if (isNegative) return meaning(0, 'stock_below_zero')
  const units = Number(whole)
  if (units > MAX_QUANTITY)
    return meaningless(`is more than ${MAX_QUANTITY}: a code, perhaps, in the wrong column`)
  const cell: Cell<number> & { ok: true } = { ok: true, data: units }
  if (!/^\d+$/.test(text)) Object.assign(cell, { fixed: ['quantity_rewritten'], became: String(units) })
  return units >= LARGE ? { ...cell, asked: { kind: 'large_quantity' } } : cell
}
