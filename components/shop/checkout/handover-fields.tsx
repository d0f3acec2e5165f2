import type { ReactNode } from 'react'
import { Choice } from '@/components/ui/choice'
import { FieldNote, Legend } from '@/components/ui/forms/field'
import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Stack } from '@/components/ui/layout/stack'
import { Text } from '@/components/ui/text/text'
import type { Cart } from '@/lib/domain/cart/cart'
import { unitsHeldAt } from '@/lib/domain/cart/cart-holds'
import { unitsIn } from '@/lib/domain/cart/cart-sums'
import { type CheckoutField, delivered, freeDeliveryCountries } from '@/lib/domain/checkout/checkout-fields'
import { countryName, namedCountries } from '@/lib/domain/checkout/country-name'
import type { CollectionPoint } from '@/lib/domain/stock/place'
import { inSentence } from '@/lib/domain/stock/place-name'
import { handoverFieldsWords, thereWords } from './words'

/**
 * Where to: one of our places, each with how much of the cart is there already, the one with most chosen first; or an
 * address, asked for once it is chosen, by the style sheet alone. Renders a `<fieldset>`.
 */
export function HandoverFields({
  cart,
  points,
  typed,
  problem,
  canBeBrought,
  countries,
  delivery,
}: {
  cart: Cart
  points: readonly CollectionPoint[]
  typed: Record<CheckoutField, string> | undefined
  problem: (field: CheckoutField) => string | undefined
  canBeBrought: boolean
  /** The countries of deliveries that have a price; null where all are free. */
  countries: readonly string[] | null
  /** The price of the delivery, for a place below its address. */
  delivery: ReactNode
}) {
  const there = (id: string) => unitsHeldAt(cart, id)
  const nearest = points.toSorted((one, other) => (there(other.id) ?? 0) - (there(one.id) ?? 0))[0]
  const chosen = typed?.handover || nearest?.id
  const offered = countries
    ? namedCountries(countries)
    : freeDeliveryCountries.map((code) => ({ code, name: countryName(code) }))
  return (
    <fieldset id="handover" tabIndex={-1} aria-describedby="handover-problem" className="outline-none">
      <Legend size="title">{handoverFieldsWords.delivery}</Legend>
      <Stack gap={2}>
        {points.map(({ id, name, address }) => (
          <Choice
            key={id}
            name="handover"
            value={id}
            defaultChecked={chosen === id}
            title={handoverFieldsWords.collectAt(inSentence(name))}
          >
            {address}
            <Text as="span" block>
              {thereWords(there(id), unitsIn(cart))}
            </Text>
          </Choice>
        ))}
        {canBeBrought && (
          <Choice
            name="handover"
            value={delivered}
            defaultChecked={chosen === delivered}
            title={handoverFieldsWords.deliverToMyAddress}
          >
            {countries ? handoverFieldsWords.paidOnline : handoverFieldsWords.freeDeliveryPaidOnline}
          </Choice>
        )}
      </Stack>
      <FieldNote id="handover-problem" size="large" problem={problem('handover')} />
      <div className="mt-5 hidden grid-cols-[2fr_3fr] gap-4 group-has-[input[value=delivery]:checked]/checkout:grid">
        <TextField
          size="large"
          id="line1"
          name="line1"
          label={handoverFieldsWords.streetAndHouseNumber}
          autoComplete="address-line1"
          defaultValue={typed?.line1}
          problem={problem('line1')}
          className="col-span-2"
        />
        <TextField
          size="large"
          id="postcode"
          name="postcode"
          label={handoverFieldsWords.postcode}
          autoComplete="postal-code"
          defaultValue={typed?.postcode}
          problem={problem('postcode')}
        />
        <TextField
          size="large"
          id="city"
          name="city"
          label={handoverFieldsWords.townOrCity}
          autoComplete="address-level2"
          defaultValue={typed?.city}
          problem={problem('city')}
        />
        <Stack gap={4} className="col-span-2">
          <SelectField
            size="large"
            id="country"
            name="country"
            label={handoverFieldsWords.country}
            autoComplete="country"
            defaultValue={typed?.country || offered[0]?.code}
          >
            {offered.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </SelectField>
          {countries && delivery}
        </Stack>
      </div>
    </fieldset>
  )
}
