const layouts = {
  stack: 'grid justify-items-start gap-3',
  fields: 'grid gap-4',
  row: 'flex flex-wrap items-end gap-3',
  line: 'flex flex-wrap items-center gap-x-4 gap-y-2',
  card: 'grid gap-3 rounded-small border border-line bg-raised p-4',
  question: 'grid gap-2 rounded-small border border-line bg-raised px-4 py-3 text-small',
}

export type FormLayout = keyof typeof layouts

/**
 * The places of the parts of a form: `stack` for a button and its status, `fields` below each other, `row` with the button
 * beside the fields, `line` for buttons, `card` in a box, `question` in a box with small text.
 */
export function formLayout(layout: FormLayout): string {
  return layouts[layout]
}
