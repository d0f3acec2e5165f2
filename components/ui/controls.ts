// The look of form controls where people shop: at least 44 px tall, for a thumb.

const button =
  'inline-flex min-h-12 cursor-pointer items-center justify-center rounded-small border px-6 py-2 text-center font-medium aria-disabled:cursor-not-allowed'

/** The one thing a page is for. */
export const actionButton = `${button} border-action bg-action text-on-action hover:opacity-90 aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-soft aria-disabled:hover:opacity-100`
/** Everything beside it. */
export const quietButton = `${button} border-field hover:bg-raised aria-disabled:border-line aria-disabled:text-soft`
/** A button that reads as a link. */
export const linkButton = 'underlined min-h-11 cursor-pointer px-1'
export const textBox =
  'min-h-12 w-full rounded-small border border-field bg-raised px-3.5 py-2 aria-invalid:border-danger aria-invalid:outline-2 aria-invalid:outline-danger'
