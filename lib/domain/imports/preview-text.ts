import { changeTitle, fieldChanges, fieldName } from './change-text'
import { asks as askWords } from './finding'
import {
  changeCount,
  type ImportAsk,
  type ImportChange,
  type ImportPreview,
  type ImportQuestion,
  type ImportSummary,
} from './preview'
import { problemText, shorten } from './problem'

/** A preview as lines of text for a terminal: counts, then each change, then the problems that block applying it. */
export function previewText({
  import: { summary },
  changes,
  questions,
  asks,
  conflicts,
}: ImportPreview): string[] {
  const more = changeCount(summary) - changes.length
  return [
    ...summaryText(summary),
    ...changes.map(changeText),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...questions.map((question) => `  ? ${questionText(question)}`),
    ...asks.flatMap(askText),
    ...conflicts.map((conflict) => `  ✗ ${problemText(conflict)}`),
  ]
}

/** The counts of an import as lines of text. */
export function summaryText({
  products,
  variants,
  levels,
  fields,
  units_in,
  units_out,
}: ImportSummary): string[] {
  const changed = Object.entries(fields).map(([field, times]) => `${fieldName(field)} ${times}`)
  return [
    `products  ${products.new} new, ${products.changed} changed, ${products.unchanged} unchanged`,
    `variants  ${variants.new} new, ${variants.changed} changed, ${variants.unchanged} unchanged`,
    ...(levels.changed > 0 ? [`levels    ${levels.changed} changed`] : []),
    `units     +${units_in}, −${units_out} on hand`,
    ...(changed.length > 0 ? [`fields    ${changed.join(', ')}`] : []),
  ]
}

function changeText(change: ImportChange): string {
  const fields = fieldChanges(change).map(
    ({ field, before, after }) => `${field} ${before === null ? '' : `${before} → `}${after}`,
  )
  const state = change.before ? [] : [`new ${change.subject}`]
  return `  line ${change.line}  ${changeTitle(change)}: ${[...state, ...fields].join(', ')}`
}

function askText({ kind, count, answer, choices, examples }: ImportAsk): string[] {
  const { question, words } = askWords[kind]
  const offered = Object.entries<string>(words)
    .filter(([choice]) => choices.some((one) => one === choice))
    .map(([choice, label]) => `${choice}: ${label}`)
  return [
    `  ? ${question} (${count}, ${kind}). ${answer ? `Answer: ${answer}` : offered.join('; ')}`,
    ...examples.map(({ line, column, value }) => `      line ${line}, ${column} "${shorten(value)}"`),
  ]
}

function questionText({
  line,
  sku,
  location,
  expected,
  counted,
  on_hand,
  choice,
  result,
}: ImportQuestion): string {
  const then = expected === null ? '' : `, exported when it was ${expected}`
  const outcome = choice === 'skip' ? 'skipped' : `${choice}: ${result}`
  return `line ${line}  ${sku} at ${location}: the file says ${counted}${then}; it is ${on_hand} now. ${outcome}`
}
