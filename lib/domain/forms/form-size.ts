/** How much one of our forms holds at most: fields, and characters in one value. A file is measured where it is taken. */
export interface FormSize {
  readonly fields: number
  readonly value: number
}

/** Of a shopper: nothing is longer than an address, and nothing is a list. */
export const shopperForm: FormSize = { fields: 60, value: 2_000 }
/** Of staff: a delivery of a thousand lines, or the sheet of a product with all its variants and its description. */
export const staffForm: FormSize = { fields: 20_000, value: 500_000 }

/** Whether what came as a form is one, and no larger than ours. An action can be called with anything. */
export function fits(form: unknown, { fields, value }: FormSize): form is FormData {
  if (!(form instanceof FormData)) return false
  let count = 0
  for (const [name, sent] of form) {
    count += 1
    if (count > fields || name.length > 200) return false
    if (typeof sent === 'string' && sent.length > value) return false
  }
  return true
}
