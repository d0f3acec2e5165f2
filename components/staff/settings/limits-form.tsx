'use client'

import { TextField } from '@/components/ui/forms/text-field'
import { Section } from '@/components/ui/layout/section'
import { saveShopSettings } from '@/lib/actions/staff/settings'
import type { ShopSettings } from '@/lib/domain/settings/shop'
import { EditForm } from './edit-form'
import { sectionWords, limitsFormWords as words } from './words'

/** From which number on stock is low, and how long a cart reserves. Renders a `<form>`. */
export function LimitsForm({ settings }: { settings: ShopSettings }) {
  return (
    <EditForm label={sectionWords.limits.title} latest={settings} action={saveShopSettings}>
      {({ field }) => (
        <>
          <Section id="stock" title={words.stock}>
            <TextField
              label={words.lowStock}
              hint={words.lowStockHint}
              {...field('low_stock_at')}
              inputMode="numeric"
              required
            />
          </Section>
          <Section id="reservations" title={words.reservations}>
            <TextField
              label={words.holdMinutes}
              hint={words.holdMinutesHint}
              {...field('hold_minutes')}
              inputMode="numeric"
              required
            />
          </Section>
        </>
      )}
    </EditForm>
  )
}
