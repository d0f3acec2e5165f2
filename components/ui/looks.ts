// Looks as strings, for the parts of a product page that run in the browser: its script is limited to 170 KB, and a string
// costs less than a component. Everything else uses `Button`, `LinkButton` and `Select`.

const largeButton =
  'inline-flex min-h-12 cursor-pointer items-center justify-center rounded-small border px-6 py-2 text-center font-medium aria-disabled:cursor-not-allowed'

export const largePrimaryButton = `${largeButton} border-action bg-action text-on-action hover:opacity-90 aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-soft aria-disabled:hover:opacity-100`
export const largeQuietButton = `${largeButton} border-field hover:bg-raised aria-disabled:border-line aria-disabled:text-soft`
export const textButton = 'underlined -mx-1 min-h-11 shrink-0 cursor-pointer px-1'
export const largeControl =
  'min-h-12 w-full rounded-small border border-field bg-raised px-3.5 py-2 aria-invalid:border-danger aria-invalid:outline-2 aria-invalid:outline-danger'
