'use client'

import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Choice } from '@/components/ui/choice'
import { TextField } from '@/components/ui/forms/text-field'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { setDeliveryTax } from '@/lib/actions/staff/delivery'
import { percentText } from '@/lib/domain/text/percent'
import { deliveryTaxWords as words, zoneRefusalWords } from './words'

/** How prices of deliveries are taxed. Renders a `<section>` with a form for managers. */
export function DeliveryTax({ taxRateBp }: { taxRateBp: number | null }) {
  return (
    <Section id="tax" title={words.tax} gap={3} width="form">
      <ActionForm key={taxRateBp} action={setDeliveryTax} done={words.saved} words={zoneRefusalWords}>
        <Stack as="fieldset" gap={2} aria-labelledby="tax">
          <Choice name="tax" value="goods" title={words.asGoods} defaultChecked={taxRateBp === null}>
            {words.asGoodsHint}
          </Choice>
          <Choice name="tax" value="rate" title={words.ownRate} defaultChecked={taxRateBp !== null}>
            {words.ownRateHint}
          </Choice>
        </Stack>
        <TextField
          label={words.percentage}
          name="percentage"
          inputMode="decimal"
          content="units"
          maxLength={6}
          defaultValue={taxRateBp === null ? '' : percentText(taxRateBp)}
          autoComplete="off"
        />
        <div>
          <Button kind="primary">{words.save}</Button>
        </div>
      </ActionForm>
    </Section>
  )
}
