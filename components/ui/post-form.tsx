import type { ComponentProps } from 'react'
import { FormFields } from './form-fields'

/**
 * A form that always leads to a page, with and without JavaScript: to another one, or back to its own with a message
 * (docs/forms.md). Renders a `<form>`.
 *
 * @param page the page it returns to.
 */
export function PostForm({
  action,
  page,
  children,
  ...props
}: Omit<ComponentProps<'form'>, 'action'> & {
  action: (form: FormData) => Promise<unknown>
  page: string
}) {
  return (
    // React has no use for what a form's action returns, so its type does not allow it.
    <form {...props} action={action as (form: FormData) => Promise<void>}>
      <FormFields page={page} />
      {children}
    </form>
  )
}
