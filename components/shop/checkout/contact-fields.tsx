import { Link } from '@/components/ui/link'
import { TextField } from '@/components/ui/text-field'
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
      <legend className="display mb-4 text-title">{contactFieldsWords.contact}</legend>
      {isGuest && (
        <p className="-mt-2 mb-4 text-small">
          {contactFieldsWords.noAccountNeeded}{' '}
          <Link href="/account/sign-in?next=/checkout" className="underlined">
            {contactFieldsWords.signIn}
          </Link>{' '}
          {contactFieldsWords.ifYouHaveOne}
        </p>
      )}
      <div className="grid gap-4">
        <TextField
          id="name"
          name="name"
          label={contactFieldsWords.name}
          autoComplete="name"
          defaultValue={typed?.name}
          problem={problem('name')}
        />
        <TextField
          id="email"
          name="email"
          type="email"
          inputMode="email"
          label={contactFieldsWords.eMail}
          autoComplete="email"
          defaultValue={typed?.email}
          problem={problem('email')}
        />
      </div>
    </fieldset>
  )
}
