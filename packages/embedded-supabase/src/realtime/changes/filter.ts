/** The filter of one postgres_changes entry: conditions joined by commas, all of which must hold. */

export const operators = [
  'eq',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'in',
  'like',
  'ilike',
  'match',
  'imatch',
  'is',
  'isdistinct',
] as const

export type Operator = (typeof operators)[number]

export type Condition = { column: string; operator: Operator; value: string; isNegated: boolean }

/** The client's message when its parameters cannot be read. */
export class ParameterError extends Error {}

/** Reads `room=eq.a,id=not.in.(1,2)`. Throws ParameterError with the server's words. */
export function parseFilter(filter: string): Condition[] {
  if (filter.trim() === '') return []
  return splitAtCommas(filter).map((part) => {
    const segment = part.trim()
    if (segment === '') throw failure('filter must not contain empty segments (check for extra commas)')
    return parseCondition(segment)
  })
}

function parseCondition(segment: string): Condition {
  const [column, test] = splitOnce(segment, '=')
  if (test === undefined) throw failure(inspectList([column]))
  const isNegated = test.startsWith('not.')
  const [operator, value] = splitOnce(isNegated ? test.slice('not.'.length) : test, '.')
  if (value === undefined) throw failure(inspectList([operator]))
  if (!isOperator(operator)) throw failure(inspectList([operator, value]))
  if (operator === 'in') return { column, operator, value: `{${insideParentheses(value)}}`, isNegated }
  return { column, operator, value: unquote(value), isNegated }
}

function isOperator(word: string): word is Operator {
  return (operators as readonly string[]).includes(word)
}

function insideParentheses(value: string): string {
  if (!value.startsWith('(') || !value.endsWith(')'))
    throw failure('`in` filter value must be wrapped by parentheses')
  return value.slice(1, -1)
}

/** A quote opens a quoted part only right after `.`, `(` or `,`. */
function splitAtCommas(filter: string): string[] {
  const parts: string[] = []
  let depth = 0
  let isQuoted = false
  let start = 0
  for (let at = 0; at < filter.length; at++) {
    const char = filter[at]
    if (isQuoted) {
      if (char === '\\') at++
      else if (char === '"') isQuoted = false
    } else if (char === '"') isQuoted = '.(,'.includes(filter[at - 1] ?? ' ')
    else if (char === '(') depth++
    else if (char === ')') depth = Math.max(0, depth - 1)
    else if (char === ',' && depth === 0) {
      parts.push(filter.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, filter.slice(start)]
}

/** Only a value that is one quoted string from end to end loses its quotes. */
function unquote(value: string): string {
  return /^"(?:[^"\\]|\\.)*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value
}

function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)]
}

function inspectList(words: string[]): string {
  return `[${words.map((word) => JSON.stringify(word)).join(', ')}]`
}

function failure(what: string): ParameterError {
  return new ParameterError(`Error parsing \`filter\` params: ${what}`)
}
