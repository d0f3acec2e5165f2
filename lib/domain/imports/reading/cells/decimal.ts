/** The mark before the fraction in the numbers of a file; null: they do not tell. */
export type DecimalMark = '.' | ',' | null

/** A number in parts. ambiguous: one separator and three digits after it, which may be thousands or a fraction. */
export interface Figures {
  whole: string
  fraction: string
  ambiguous: boolean
}

/** The digits of 1299, 1,299.00, 1.299,00, 1 299,00 and 1'299.00; null when it is no such number. */
export function readFigures(text: string, mark: DecimalMark): Figures | null {
  const plain = text.replaceAll(/[ ’'](?=\d{3}(?!\d))/g, '')
  if (!/^[\d.,]*\d$/.test(plain)) return null
  const [first = '', ...others] = plain.match(/[.,]/g) ?? []
  if (first === '') return { whole: plain, fraction: '', ambiguous: false }
  const last = others.at(-1) ?? first
  const tail = plain.slice(plain.lastIndexOf(last) + 1)
  if (others.length > 0 && others.every((one) => one === first)) {
    return isGrouped(plain, first) ? { whole: digitsOf(plain), fraction: '', ambiguous: false } : null
  }
  if (others.length > 0) {
    const head = plain.slice(0, plain.lastIndexOf(last))
    return isGrouped(head, first) ? { whole: digitsOf(head), fraction: tail, ambiguous: false } : null
  }
  const head = plain.slice(0, plain.indexOf(first))
  const mayGroup = tail.length === 3 && /^[1-9]\d{0,2}$/.test(head)
  if (mayGroup && mark !== null && mark !== first) {
    return { whole: head + tail, fraction: '', ambiguous: false }
  }
  return { whole: head || '0', fraction: tail, ambiguous: mayGroup && mark === null }
}

/** Which mark the numbers of a file have before their fraction, where they agree. */
export function decimalMarkOf(numbers: Iterable<string>): DecimalMark {
  const marks = new Set<string>()
  for (const text of numbers) {
    const plain = text.replaceAll(/[^\d.,]/g, '')
    const [, mark] = /([.,])\d+$/.exec(plain) ?? []
    if (!mark) continue
    const figures = readFigures(plain, null)
    if (!figures || figures.ambiguous) continue
    marks.add(figures.fraction === '' ? (mark === '.' ? ',' : '.') : mark)
  }
  const [only] = marks
  return marks.size === 1 ? (only as DecimalMark) : null
}

function isGrouped(text: string, separator: string): boolean {
  const [head = '', ...groups] = text.split(separator)
  return /^\d{1,3}$/.test(head) && groups.every((group) => /^\d{3}$/.test(group))
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '')
}
