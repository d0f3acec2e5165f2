import { listIn } from './lists'
import type { ProductSheet } from './sheet'
import { fieldOf, textsOf } from './texts'
import type { Texts } from './three-way'

/** A product has no more options than a file has columns for them. */
export const mostOptions = 3

/** The fields that say what there is to choose: the names, and the values of each variant. */
export function optionFields({ variants }: Pick<ProductSheet, 'variants'>): string[] {
  return ['option_names', ...variants.map(({ id }) => fieldOf(id, 'option_values'))]
}

/** The entries of a list as they are kept. */
export function optionsIn(text: string | undefined): string[] {
  return listIn(text).map((entry) => entry.trim())
}

/**
 * Problems with changed options: names must differ, each active variant needs a value for each option, and no two
 * variants may be the same. An inactive one may have values of removed options.
 */
export function optionProblems(base: ProductSheet, texts: Texts): Record<string, string> {
  const before = textsOf(base)
  const now = { ...before, ...texts }
  const changed = new Set(optionFields(base).filter((field) => now[field] !== before[field]))
  if (changed.size === 0) return {}

  const names = optionsIn(now.option_names)
  const misnamed = namesProblem(names)
  if (misnamed) return { option_names: misnamed }
  const problems: Record<string, string> = {}
  const skus = new Map<string, string>()
  for (const { id, sku } of base.variants) {
    const field = fieldOf(id, 'option_values')
    const values = optionsIn(now[field])
    const rival = skus.get(JSON.stringify(values))
    skus.set(JSON.stringify(values), sku)
    const isMeant = now[fieldOf(id, 'active')] === 'on' || changed.has(field)
    const problem = (isMeant && valuesProblem(values, names)) || (rival && `are those of ${rival} already`)
    if (problem) problems[field] = problem
  }
  return problems
}

function namesProblem(names: readonly string[]): string | undefined {
  const twice = names.find((name, place) => names.indexOf(name) < place)
  if (names.includes('')) return 'have one without a name before another'
  if (twice) return `have ${twice} twice`
  return names.some((name) => name.length > 120) ? 'have a name longer than 120 characters' : undefined
}

function valuesProblem(values: readonly string[], names: readonly string[]): string | undefined {
  const missing = names.find((_, place) => !values[place])
  if (missing) return `lack a value for ${missing}`
  if (values.length > names.length) return 'have a value for an option without a name'
  return values.some((value) => value.length > 255) ? 'have one longer than 255 characters' : undefined
}
