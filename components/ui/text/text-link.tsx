import type { LinkProps } from 'next/link'
import { classes } from '@/components/ui/classes'
import { Link } from '@/components/ui/link'

const sizes = { small: 'text-small', name: 'font-medium text-body' }

/**
 * A link in running text or a list: underlined, heavier under the pointer. Renders an `<a>`.
 *
 * @param tone `link` is the colour of links, for the staff tools; the shop keeps the colour of its text.
 * @param isTall at least 24 px high, for a link on a separate line.
 */
export function TextLink<Href extends string>({
  tone = 'ink',
  size,
  isTall = false,
  end = false,
  className,
  ...props
}: LinkProps<Href> & {
  tone?: 'ink' | 'link'
  size?: keyof typeof sizes | undefined
  isTall?: boolean
  end?: boolean
}) {
  return (
    <Link
      {...(props as LinkProps<Href>)}
      className={classes(
        'underlined',
        tone === 'link' && 'text-link',
        size && sizes[size],
        isTall && 'inline-block min-h-6',
        end && 'ms-auto',
        className,
      )}
    />
  )
}
