import 'server-only'
import { CodeChoices } from '@/lib/domain/codes/choice'
import { accepted, type Result, refused } from '@/lib/domain/core/result'
import { rowsOrThrow } from '@/lib/server/platform/refusals'
import { sessionClient } from '@/lib/server/platform/supabase'

/** Lines that name a code, as SQL takes them. Refused at the first code that no variant has, or that several have. */
export async function variantsOf(
  lines: readonly { code: string; quantity: number }[],
): Promise<Result<{ variant_id: string; quantity: number }[]>> {
  const choices = await choicesOf(lines.map(({ code }) => code))
  const named = lines.map(({ code, quantity }) => ({ quantity, code, found: choices.get(code) ?? [] }))
  const at = named.findIndex(({ found }) => found.length !== 1)
  const { code, found } = named[at] ?? { code: '', found: [] }
  if (at >= 0) {
    const field = `lines[${at}].code`
    return found.length > 1
      ? refused({ code: 'ambiguous_code', detail: { field, code, choices: found } })
      : refused({
          code: 'invalid_input',
          detail: { field, problem: 'no variant has this SKU or barcode', value: code },
        })
  }
  return accepted(
    named.map(({ quantity, found: [only] }) => ({ variant_id: only?.variant_id ?? '', quantity })),
  )
}

/** What each code may mean. */
async function choicesOf(codes: string[]): Promise<Map<string, CodeChoices>> {
  const client = await sessionClient()
  const rows = rowsOrThrow('find_by_codes', await client.rpc('find_by_codes', { codes }))
  return new Map(rows.map((row) => [row.code, CodeChoices.parse(row.choices)]))
}
