/** The hidden field with the key by which a form that is sent twice takes effect once. */
export const keyField = 'idempotency_key'
/** The hidden field with the page a form returns to without JavaScript; with it, the field is not sent. */
export const pageField = 'page'

/** The fields of a form that were filled in; one that was left empty is absent. */
export function fieldsIn(form: FormData): Record<string, unknown> {
  return Object.fromEntries([...form].filter(([, value]) => value !== ''))
}
