import { Legend } from '@/components/ui/forms/field'
import { TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { TextLink } from '@/components/ui/text/text-link'
import type { CheckoutField } from '@/lib/domain/checkout/checkout-fields'
import { contactFieldsWords } from './words'

/** The shopper's name and e-mail address. Renders a `<fieldset>`. */
export function ContactFields({
  typed,
  problem,
  isGuest,
}: {
  typed: Record<CheckoutField, string> | undefined
  problem: (field: CheckoutField) => string | undefined
  isGuest: boolean
}) {
  return (
    <fieldset>
      <Legend size="title">{contactFieldsWords.contact}</Legend>
      {isGuest && (
        <p className="-mt-2 mb-4 text-small">
          {contactFieldsWords.noAccountNeeded}{' '}
          <TextLink href="/account/sign-in?next=/checkout">{contactFieldsWords.signIn}</TextLink>{' '}
          {contactFieldsWords.ifYouHaveOne}
        </p>
      )}
      <Stack gap={4}>
        <TextField
          size="large"
          id="name"
          name="name"
          label={contactFieldsWords.name}
          autoComplete="name"
          defaultValue={typed?.name}
          problem={problem('name')}
        />
        <TextField
          size="large"
          id="email"
          name="email"
          type="email"
          inputMode="email"
          label={contactFieldsWords.eMail}
          autoComplete="email"
          defaultValue={typed?.email}
          problem={problem('email')}
        />
      </Stack>
    </fieldset>
  )
}
