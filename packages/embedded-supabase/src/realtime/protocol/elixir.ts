/** Error texts of the real server quote its parameters as Elixir prints them. */

import { isObject } from './wire'

const lineWidth = 80

/** A value on one line: `%{"event" => "*", "filter" => nil}`. */
export function inspect(value: unknown): string {
  if (value === null || value === undefined) return 'nil'
  if (typeof value === 'string') return inspectText(value)
  if (Array.isArray(value)) return `[${value.map(inspect).join(', ')}]`
  if (!isObject(value)) return String(value)
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${inspectText(key)} => ${inspect(value[key])}`)
  return `%{${pairs.join(', ')}}`
}

/** A list of strings, filled into lines when it is longer than one. */
export function inspectWords(words: readonly string[]): string {
  return fill('[', words.map(inspectText), ']', 0)
}

/** A list of tuples: one line if it fits, else one tuple a line. */
export function inspectTuples(tuples: readonly (readonly (string | boolean)[])[]): string {
  const items = tuples.map((tuple) =>
    tuple.map((part) => (typeof part === 'string' ? inspectText(part) : `${part}`)),
  )
  const flat = `[${items.map((parts) => `{${parts.join(', ')}}`).join(', ')}]`
  if (flat.length <= lineWidth) return flat
  return `[\n${items.map((parts) => `  ${fill('{', parts, '}', 2)}`).join(',\n')}\n]`
}

function fill(open: string, parts: string[], close: string, indent: number): string {
  const flat = open + parts.join(', ') + close
  if (indent + flat.length <= lineWidth) return flat
  const margin = ' '.repeat(indent + 1)
  let text = open
  let column = indent + open.length
  parts.forEach((part, index) => {
    const word = part + (index === parts.length - 1 ? close : ',')
    const isFirst = index === 0
    const fits = column + word.length + 1 <= lineWidth
    text += isFirst ? word : fits ? ` ${word}` : `\n${margin}${word}`
    column = isFirst || fits ? column + word.length + (isFirst ? 0 : 1) : margin.length + word.length
  })
  return text
}

function inspectText(text: string): string {
  const escaped = JSON.stringify(text).replaceAll('#{', '\\#{')
  return escaped
}
