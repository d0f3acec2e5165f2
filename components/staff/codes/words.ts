import type { CodeChoice } from '@/lib/domain/codes/choice'
import type { Gs1 } from '@/lib/domain/codes/gs1'

const number = new Intl.NumberFormat('en')
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })

export const codeWords = {
  whichOne: (code: string) => `More than one product has the code “${code}”. Which one is it?`,
  choose: 'Choose',
  movedCode: (code: string) => `“${code}” is a code, not a quantity. It is in the code field now.`,
  saveQuantity: (quantity: number) => `Save ${number.format(quantity)} units`,
  isAlsoCode: (quantity: number, choice: CodeChoice) =>
    `${number.format(quantity)} units? This number is also the code of ${nameOfChoice(choice)}. Nothing was saved yet.`,
  pressAgain: (quantity: number) =>
    `${number.format(quantity)} units? Check the quantity. Press Add again to save it.`,
  isLarge: (quantity: number) =>
    `${number.format(quantity)} units is a lot for one line. Check the quantity. Nothing was saved yet.`,
}

export function nameOfChoice({ title, option_values }: CodeChoice): string {
  return [title, ...option_values].join(', ')
}

/** Lot, dates and weight of a GS1 code, as a person reads them; empty for other codes. */
export function gs1Words(gs1: Gs1 | null): string {
  if (!gs1) return ''
  const parts = [
    gs1.lot && `Lot ${gs1.lot}`,
    gs1.serial && `Serial ${gs1.serial}`,
    gs1.bestBefore && `Best before ${day(gs1.bestBefore)}`,
    gs1.expiry && `Use by ${day(gs1.expiry)}`,
    gs1.grams !== undefined && `${number.format(gs1.grams)} g`,
    gs1.count !== undefined && `${number.format(gs1.count)} in the box`,
  ]
  return parts.filter(Boolean).join(' · ')
}

function day(iso: string): string {
  return date.format(new Date(`${iso}T00:00:00Z`))
}
