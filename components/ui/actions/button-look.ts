import { classes } from '@/components/ui/classes'
import { largePrimaryButton, largeQuietButton } from '@/components/ui/looks'

const kinds = {
  primary:
    'border-action bg-action text-on-action hover:opacity-90 aria-disabled:border-line aria-disabled:bg-sunken aria-disabled:text-soft aria-disabled:hover:opacity-100',
  quiet: 'border-field bg-transparent hover:bg-sunken disabled:opacity-50 aria-disabled:opacity-50',
}
const compact = 'shrink-0 cursor-pointer rounded-small border px-3 font-medium text-small'
const sizes = { compact: `${compact} h-10`, tall: `${compact} h-12` }
const places = { start: 'justify-self-start', end: 'ms-auto' }

export interface ButtonLooks {
  /** `primary` for the main action of a form or page. */
  kind?: 'primary' | 'quiet'
  /** `compact` is 40 px high, for the staff tools; `tall` 48 px, beside a scan field; `large` 48 px, for the shop. */
  size?: keyof typeof sizes | 'large'
  place?: keyof typeof places
}

/** The look of a button, for another element: a `<summary>`, a plain `<a>`. */
export function buttonLook({ kind = 'quiet', size = 'compact', place }: ButtonLooks = {}): string {
  const large = kind === 'primary' ? largePrimaryButton : largeQuietButton
  const look = size === 'large' ? large : `${sizes[size]} ${kinds[kind]}`
  return classes(look, place && places[place]) ?? ''
}
