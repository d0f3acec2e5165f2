import type { ReactNode } from 'react'
import { Input } from '@/components/ui/forms/controls'
import { Text } from '@/components/ui/text/text'

/** A number of units at a location as it is, and a field for another one. Renders a `<span>` and an `<input>`. */
export function LevelField({
  location,
  units,
  unitsAre,
  ...field
}: {
  location: string
  units: number
  /** The words behind the number: "on hand". */
  unitsAre: ReactNode
  name: string
  title: string
  placeholder: string
  'aria-label': string
  onFocus?: () => void
}) {
  return (
    <>
      <span className="w-48 max-tablet:w-full">
        {location}:{' '}
        <Text as="span" figures>
          {units}
        </Text>{' '}
        {unitsAre}
      </span>
      <Input
        {...field}
        content="number"
        required
        inputMode="numeric"
        pattern="[0-9]+"
        autoComplete="off"
        className="w-28"
      />
    </>
  )
}
