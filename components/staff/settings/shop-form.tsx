'use client'

import { SelectField, TextField } from '@/components/ui/forms/text-field'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { saveShopSettings } from '@/lib/actions/staff/settings'
import type { shopChoices } from '@/lib/domain/settings/choices'
import { returnFees, type ShopSettings } from '@/lib/domain/settings/shop'
import { percentText } from '@/lib/domain/text/percent'
import { type Edited, EditForm } from './edit-form'
import { shopFormWords as words } from './words'

type Choices = ReturnType<typeof shopChoices>

/** The identity of the shop, and how it writes numbers and time. Renders a `<form>`. */
export function ShopForm({ settings, ...choices }: Choices & { settings: ShopSettings }) {
  return (
    <EditForm label={words.shop} latest={settings} action={saveShopSettings}>
      {(edited) => (
        <>
          <IdentityFields {...edited} />
          <ContactFields {...edited} {...choices} />
          <NumberFields {...edited} {...choices} />
          <TaxFields {...edited} />
          <ReturnFields {...edited} />
        </>
      )}
    </EditForm>
  )
}

type Fields = Edited<ShopSettings>

function IdentityFields({ field }: Fields) {
  return (
    <Stack gap={4}>
      <TextField label={words.name} {...field('name')} required maxLength={80} autoComplete="off" />
      <TextField label={words.line} hint={words.lineHint} {...field('line')} maxLength={160} />
      <TextField
        label={words.description}
        hint={words.descriptionHint}
        {...field('description')}
        maxLength={400}
      />
    </Stack>
  )
}

function ContactFields({ countries, field }: Fields & Choices) {
  return (
    <Section id="contact" title={words.contact}>
      <Stack gap={4} columns={2}>
        <TextField label={words.email} {...field('email')} type="email" maxLength={254} autoComplete="off" />
        <TextField label={words.phone} {...field('phone')} type="tel" maxLength={40} autoComplete="off" />
      </Stack>
      <TextField label={words.address} {...field('address')} maxLength={300} autoComplete="off" />
      <SelectField label={words.country} {...field('country')}>
        <option value="">{words.noCountry}</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
    </Section>
  )
}

function NumberFields({ timeZones, locales, shown, field }: Fields & Choices) {
  return (
    <Section id="numbers" title={words.numbers}>
      <Stack gap={4} columns={2}>
        <TextField
          label={words.currency}
          hint={shown.has_prices ? words.currencyFixed : words.currencyHint}
          {...field('currency')}
          readOnly={shown.has_prices}
          required
          maxLength={3}
          autoComplete="off"
        />
        <SelectField label={words.locale} {...field('locale')}>
          {locales.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
      </Stack>
      <SelectField label={words.timeZone} hint={words.timeZoneHint} {...field('time_zone')}>
        {[...new Set([shown.time_zone, ...timeZones])].map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </SelectField>
    </Section>
  )
}

function TaxFields({ shown, problem, field }: Fields) {
  return (
    <Section id="tax" title={words.tax}>
      <Stack gap={4} columns={2}>
        <TextField label={words.taxNumber} {...field('tax_number')} maxLength={40} autoComplete="off" />
        <TextField
          label={words.taxRate}
          hint={words.taxRateHint}
          id="setting-tax_rate"
          name="tax_rate"
          defaultValue={percentText(shown.tax_rate_bp)}
          problem={problem('tax_rate')}
          inputMode="decimal"
          maxLength={6}
          required
        />
      </Stack>
    </Section>
  )
}

function ReturnFields({ field }: Fields) {
  return (
    <Section id="returns" title={words.returns}>
      <Stack gap={4} columns={2}>
        <TextField
          label={words.returnDays}
          hint={words.returnDaysHint}
          {...field('return_days')}
          inputMode="numeric"
          maxLength={3}
          required
        />
        <SelectField label={words.returnFees} {...field('return_fees')}>
          {returnFees.map((fees) => (
            <option key={fees} value={fees}>
              {words.returnFeesOf[fees]}
            </option>
          ))}
        </SelectField>
      </Stack>
    </Section>
  )
}
