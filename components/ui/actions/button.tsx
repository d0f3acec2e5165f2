import type { LinkProps } from 'next/link'
import type { ComponentPropsWithRef } from 'react'
import { classes } from '@/components/ui/classes'
import { Link } from '@/components/ui/link'
import { textButton } from '@/components/ui/looks'
import { type ButtonLooks, buttonLook } from './button-look'

type ButtonProps = ButtonLooks & ComponentPropsWithRef<'button'>

/**
 * A button. One that cannot be used now is `aria-disabled`, so that it keeps the focus; one of several that holds is
 * `aria-pressed`. Renders a `<button>`, by default of the type `submit`.
 */
export function Button({
  kind = 'quiet',
  size = 'compact',
  place,
  type = 'submit',
  className,
  ...props
}: ButtonProps) {
  return (
    <button
      {...props}
      type={type}
      className={classes(
        buttonLook({ kind, size, ...(place && { place }) }),
        props['aria-pressed'] !== undefined && 'aria-pressed:border-ink aria-pressed:bg-sunken',
        className,
      )}
    />
  )
}

/** A link that looks like a button, to the page where a task begins. Renders an `<a>`. */
export function ButtonLink<Href extends string>({
  kind = 'quiet',
  size = 'compact',
  ...props
}: ButtonLooks & LinkProps<Href>) {
  const fit = size === 'large' ? '' : 'inline-flex items-center'
  return <Link {...(props as LinkProps<Href>)} className={classes(buttonLook({ kind, size }), fit)} />
}

const linkSizes = {
  small: 'underlined min-h-6 shrink-0 cursor-pointer text-link',
  text: textButton,
}

/**
 * A button that reads as a link. Renders a `<button>`.
 *
 * @param size `small` is 24 px high, for the staff tools; `text` 44 px, in the colour of the text, for the shop.
 */
export function LinkButton({
  type = 'button',
  size = 'small',
  className,
  ...props
}: ComponentPropsWithRef<'button'> & { size?: keyof typeof linkSizes }) {
  return <button {...props} type={type} className={classes(linkSizes[size], className)} />
}
