/**
 * A cell that a spreadsheet would run as a formula (it begins with =, +, - or @) behind an apostrophe, which makes it
 * text there. `rearmed` takes that one away, so a text is the same after it was written and read, whatever it begins with.
 */
export function disarmed(text: string): string {
  return /^'*[=+\-@\t]/.test(text) ? `'${text}` : text
}

/** What a cell says without the apostrophe that keeps spreadsheets from running it. */
export function rearmed(cell: string): string {
  return /^'+[=+\-@\t]/.test(cell) ? cell.slice(1) : cell
}
