import Form from 'next/form'
import type { ComponentProps } from 'react'
import { classes } from '@/components/ui/classes'

const layouts = {
  2: 'grid-cols-4 desktop:grid-cols-[2fr_1fr_1fr_auto] [&>button]:col-span-1 [&>label:first-of-type]:col-span-3',
  3: 'grid-cols-6 desktop:grid-cols-[2fr_1fr_1fr_1fr_auto] [&>button]:col-span-2 tablet:[&>button]:col-span-1 [&>label:first-of-type]:col-span-4 tablet:[&>label:first-of-type]:col-span-5',
  4: 'grid-cols-4 desktop:grid-cols-[2fr_1fr_1fr_auto_auto_auto] [&>button]:col-span-1 [&>label:first-of-type]:col-span-3',
}

/**
 * The filter of a list: a search field, its button, then other fields; the values are in the URL. Renders a
 * `<form role="search">` with the name `label`.
 *
 * @param fields the number of fields after the search field.
 */
export function FilterForm({
  label,
  fields,
  ...props
}: Omit<ComponentProps<typeof Form>, 'role' | 'className'> & {
  label: string
  fields: keyof typeof layouts
}) {
  return (
    <Form
      {...props}
      role="search"
      aria-label={label}
      className={classes(
        'grid items-end gap-3 [&>label]:col-span-2 desktop:[&>label:first-of-type]:col-span-1 desktop:[&>label]:col-span-1 desktop:[&>button]:order-last',
        layouts[fields],
      )}
    />
  )
}
