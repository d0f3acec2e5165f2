import { changeTitle, fieldChanges, fieldName } from './change-text'
import { changeCount, type ImportChange, type ImportPreview, type ImportSummary } from './preview'
import { problemText } from './problem'

/** A preview as lines of text for a terminal: counts, then each change, then what stands against applying it. */
export function previewText({ import: { summary }, changes, conflicts }: ImportPreview): string[] {
  const more = changeCount(summary) - changes.length
  return [
    ...summaryText(summary),
    ...changes.map(changeText),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...conflicts.map((conflict) => `  ✗ ${problemText(conflict)}`),
  ]
}

/** The counts of an import as lines of text. */
export function summaryText({ products, variants, fields, units_in, units_out }: ImportSummary): string[] {
  const changed = Object.entries(fields).map(([field, times]) => `${fieldName(field)} ${times}`)
  return [
    `products  ${products.new} new, ${products.changed} changed, ${products.unchanged} unchanged`,
    `variants  ${variants.new} new, ${variants.changed} changed, ${variants.unchanged} unchanged`,
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
