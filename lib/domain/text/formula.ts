/**
 * Where a spreadsheet may begin a cell: at the start of a text, and after a separator or a line end, where a reader that
 * expects semicolons or tabs cuts a file that has commas. There =, +, -, @, a tab or a carriage return begins a formula;
 * apostrophes before it keep it text.
 */
const begins = '(?<=^|[;\\t\\n\\r])'
const formula = "(?='*[=+\\-@\\t\\r])"

const armed = new RegExp(`${begins}${formula}`, 'g')
const apostrophe = new RegExp(`${begins}'${formula}`, 'g')

/**
 * A text with an apostrophe more before each place where a spreadsheet would run it. `rearmed` takes those away, so a text
 * is the same after it was written and read, whatever it holds.
 */
export function disarmed(text: string): string {
  return text.replace(armed, "'")
}

/** The text of a cell without the apostrophes that keep spreadsheets from running it. */
export function rearmed(cell: string): string {
  return cell.replace(apostrophe, '')
}
