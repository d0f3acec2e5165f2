import type { ComponentPropsWithRef } from 'react'
import { classes } from '@/components/ui/classes'
import { largeControl } from '@/components/ui/looks'

const compact =
  'min-w-0 rounded-small border border-field bg-raised px-3 placeholder:text-soft disabled:opacity-50 aria-disabled:opacity-50'
const sizes = {
  compact: `${compact} h-10 text-small`,
  tall: `${compact} h-12 text-body`,
  large: largeControl,
}
/** A list beside a field to scan into: as high, with the text of other lists. */
const tallSelect = `${compact} h-12 text-small`
/** The kind of its content. */
const contents = {
  text: '',
  code: 'figures',
  number: 'figures text-right',
  units: 'figures w-20 text-right',
  file: 'max-w-full pt-1.5 file:me-3 file:cursor-pointer file:font-medium',
}

export interface ControlLooks {
  /** `compact` is 40 px high, for the staff tools; `tall` 48 px, for a field to scan into; `large` 48 px, for the shop. */
  size?: keyof typeof sizes | undefined
  content?: keyof typeof contents | undefined
  /** As wide as its place. */
  isWide?: boolean | undefined
}

type Control<Own extends 'input' | 'select' | 'textarea'> = Omit<ComponentPropsWithRef<Own>, 'size'> &
  ControlLooks

/** A field to type into, named by the caller. Renders an `<input>`. */
export function Input({
  size = 'compact',
  content = 'text',
  isWide = false,
  className,
  ...props
}: Control<'input'>) {
  return (
    <input
      {...props}
      className={classes(sizes[size], contents[content], isWide && 'w-full', marked(props), className)}
    />
  )
}

/** A list to choose one from, named by the caller. Renders a `<select>`. */
export function Select({
  size = 'compact',
  content = 'text',
  isWide = false,
  className,
  ...props
}: Control<'select'>) {
  return (
    <select
      {...props}
      className={classes(
        size === 'tall' ? tallSelect : sizes[size],
        contents[content],
        isWide && 'w-full',
        marked(props),
        className,
      )}
    />
  )
}

/** A field for several lines, named by the caller. Renders a `<textarea>`. */
export function TextArea({ className, ...props }: ComponentPropsWithRef<'textarea'>) {
  return (
    <textarea
      {...props}
      className={classes(compact, 'h-auto w-full py-2 text-small leading-relaxed', marked(props), className)}
    />
  )
}

/** Only a control that can be invalid has the look for it. */
function marked(props: { 'aria-invalid'?: unknown }): string | false {
  return 'aria-invalid' in props && 'aria-invalid:border-danger'
}
