'use client'

import { FormStatus } from '@/components/staff/forms/form-status'
import { formStatusWords } from '@/components/staff/forms/words'
import { Button } from '@/components/ui/actions/button'
import { Row } from '@/components/ui/layout/row'
import { Stack } from '@/components/ui/layout/stack'
import { setSafetyStock } from '@/lib/actions/staff/stock'
import { useForm } from '@/lib/client/forms/use-form'
import { useOptimisticRows } from '@/lib/client/live/hooks/use-optimistic-rows'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { InventoryEntry } from '@/lib/domain/stock/inventory'
import { stockLevels } from '@/lib/domain/stock/live'
import type { Location } from '@/lib/domain/stock/place'
import { LevelField } from './level-field'
import { useLevels } from './use-levels'
import { safetyFormWords } from './words'

/** Sets how many units of one level are not for sale. Renders a `<form>`. */
export function SafetyForm({ entry, location }: { entry: InventoryEntry; location: Location }) {
  const level = useLevels(entry).at(location.id)
  const applyOptimistic = useOptimisticRows(stockLevels)
  const form = useForm(setSafetyStock, {
    applyOptimistic,
    onAnswer: (answer, { form: sent }) => {
      if (answer.ok) sent?.reset()
    },
  })
  const what = safetyFormWords.safetyStock(nameOf(entry), location.name)
  return (
    <Stack as="form" gap={2} {...form.props} aria-label={what}>
      <input type="hidden" name="variant_id" value={entry.variant_id} />
      <input type="hidden" name="location_id" value={location.id} />
      <Row align="center" size="small">
        <LevelField
          location={location.name}
          units={level.safety}
          unitsAre={safetyFormWords.notForSale}
          name="units"
          title={safetyFormWords.enterTheUnits}
          placeholder={safetyFormWords.units}
          aria-label={what}
        />
        <Button kind="primary">{safetyFormWords.set}</Button>
      </Row>
      <FormStatus
        form={form}
        busy={formStatusWords.saving}
        done={formStatusWords.saved}
        locations={[location]}
      />
    </Stack>
  )
}
