import 'server-only'
import { CodeChoices } from '@/lib/domain/codes/choice'
import { isUnlikely, SHORTEST_CODE } from '@/lib/domain/codes/quantity'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

interface Line {
  code: string
  quantity: number
  note?: string
}

/** A line as SQL takes it. */
type NamedLine = {
  variant_id: string
  quantity: number
  note?: string
}

/**
 * Lines that name a code, as SQL takes them. Refused at the first code that no variant has or that several have, and at the
 * first quantity that is probably a code.
 *
 * @param isSure a person has confirmed unlikely quantities.
 */
export async function variantsOf(lines: readonly Line[], isSure = false): Promise<Result<NamedLine[]>> {
  const codes = lines.map(({ code }) => code)
  const quantities = lines.map(({ quantity }) => quantity).filter((quantity) => quantity >= SHORTEST_CODE)
  const [known, mistaken] = await Promise.all([
    choicesOf(codes),
    isSure ? null : choicesOf(quantities.map(String)),
  ])
  const named: NamedLine[] = []
  for (const [index, { code, quantity, note }] of lines.entries()) {
    const choices = known.get(code) ?? []
    const [only] = choices
    if (!only || choices.length > 1) return refused(codeRefusal(`lines[${index}].code`, code, choices))
    if (mistaken && isUnlikely(quantity, (text) => (mistaken.get(text) ?? []).length > 0)) {
      const detail = {
        field: `lines[${index}].quantity`,
        quantity,
        choices: mistaken.get(String(quantity)) ?? [],
      }
      return refused({ code: 'quantity_unlikely', detail })
    }
    named.push({ variant_id: only.variant_id, quantity, ...(note && { note }) })
  }
  return accepted(named)
}

function codeRefusal(field: string, code: string, choices: CodeChoices) {
  return choices.length > 1
    ? ({ code: 'ambiguous_code', detail: { field, code, choices } } as const)
    : ({
        code: 'invalid_input',
        detail: { field, problem: 'no variant has this SKU or barcode', value: code },
      } as const)
}

/** The possible variants of each code. */
async function choicesOf(codes: string[]): Promise<Map<string, CodeChoices>> {
  if (codes.length === 0) return new Map()
  const client = await sessionClient()
  const rows = rowsOrThrow('find_by_codes', await client.rpc('find_by_codes', { codes }))
  return new Map(rows.map((row) => [row.code, CodeChoices.parse(row.choices)]))
}
