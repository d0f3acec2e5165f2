import { z } from 'zod'
import { readJsonRequest } from '@/lib/domain/core/bad-request'
import { isList, listText } from './lists'
import { mediaText } from './media-text'
import { ProductSheet, type SheetPicture } from './sheet'
import { textsOf } from './texts'
import { chosen, differences, type Edit, type Side, type Texts } from './three-way'

/** The fields of a posted product form. */
export interface PostedEdit {
  edit: Edit<ProductSheet>
  /** The confirmed prices, as the question named them; empty before. */
  confirmed: string
  idempotencyKey: string
}

const Carried = z.record(z.string(), z.string())

/**
 * Reads the form of a product. A question after it (these prices? which of the two?) carries the texts along in one hidden
 * field instead, with a `choose.<field>` for each difference. Throws `BadRequest` for what our own form does not send.
 */
export function postedEdit(form: FormData): PostedEdit {
  const text = (name: string) => String(form.get(name) ?? '')
  const base = readJsonRequest(ProductSheet, text('base'))
  const carried = form.get('mine')
  const mine = carried === null ? textsIn(form, base) : readJsonRequest(Carried, String(carried))
  const choices = choicesIn(form)
  const theirs = textsOf(base)
  const isChosen = Object.keys(choices).length > 0
  return {
    edit: { base, texts: isChosen ? chosen(differences(theirs, mine, theirs), theirs, choices) : mine },
    confirmed: text('confirmed'),
    idempotencyKey: text('idempotency_key'),
  }
}

export const ProductForm = z.instanceof(FormData).transform(postedEdit)

function choicesIn(form: FormData): Record<string, Side> {
  const prefix = 'choose.'
  return Object.fromEntries(
    [...form]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value === 'mine' ? 'mine' : 'theirs'] as const),
  )
}

/** The texts in the fields of a product's form. A field the form does not show is what it was. */
export function textsIn(form: FormData, sheet: ProductSheet): Texts {
  const texts = Object.entries(textsOf(sheet)).map(([name, was]) => [name, textIn(form, name, was)])
  return { ...Object.fromEntries(texts), media: mediaText(picturesIn(form)) }
}

function textIn(form: FormData, name: string, was: string): string {
  const value = form.get(name)
  if (value !== null && isList(name)) return listText(form.getAll(name).map(String))
  if (value !== null) return String(value).replaceAll('\r\n', '\n')
  return name === 'limited' || name.endsWith('.active') ? '' : was
}

/** The pictures in the order their places ask for: who takes a place moves the others along. */
function picturesIn(form: FormData): SheetPicture[] {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const rows = [...form.keys()].flatMap((key) => /^media\.(\d+|new)\.src$/.exec(key)?.[1] ?? [])
  const placed = rows.map((row, index) => {
    const place = Number(text(`media.${row}.place`)) || index + 1
    const picture = {
      src: text(`media.${row}.src`),
      alt: text(`media.${row}.alt`),
      variant_id: text(`media.${row}.variant_id`) || null,
      focus_x: percentIn(text(`media.${row}.focus_x`)),
      focus_y: percentIn(text(`media.${row}.focus_y`)),
    }
    const isGone = picture.src === '' || form.has(`media.${row}.remove`)
    return { picture, isGone, place: place - Math.sign(index + 1 - place) / 2 }
  })
  const kept = placed.filter(({ isGone }) => !isGone).toSorted((a, b) => a.place - b.place)
  return kept.map(({ picture }) => picture)
}

/** A percentage of a slider; the middle for anything else. */
function percentIn(text: string): number {
  return /^(?:\d{1,2}|100)$/.test(text) ? Number(text) : 50
}
