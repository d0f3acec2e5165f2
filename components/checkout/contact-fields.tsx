import { TextField } from '@/components/ui/text-field'
import type { CheckoutField } from '@/lib/domain/checkout-fields'

/** Who it is for, in two fields. Renders a `<fieldset>`. */
export function ContactFields({
  typed,
  problem,
}: {
  typed: Record<CheckoutField, string> | undefined
  problem: (field: CheckoutField) => string | undefined
}) {
  return (
    <fieldset>
      <legend className="display mb-4 text-title">For whom?</legend>
      <div className="grid gap-4">
        <TextField
          id="name"
          name="name"
          label="Name"
          autoComplete="name"
          defaultValue={typed?.name}
          problem={problem('name')}
        />
        <TextField
          id="email"
          name="email"
          type="email"
          inputMode="email"
          label="E-mail"
          autoComplete="email"
          defaultValue={typed?.email}
          problem={problem('email')}
        />
      </div>
    </fieldset>
  )
}
