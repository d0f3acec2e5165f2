import { TextField } from '@/components/ui/forms/text-field'
import { Row } from '@/components/ui/layout/row'
import { carriers } from '@/lib/domain/orders/carriers'
import type { Parcel } from '@/lib/domain/orders/parcels'
import { parcelWords } from './words'

/** The carrier, with suggestions, and the tracking number of a parcel. */
export function ParcelFields({
  id,
  parcel,
}: {
  /** Different for each form of a page. */
  id: string
  parcel?: Parcel
}) {
  return (
    <Row align="start">
      <TextField
        label={parcelWords.carrier}
        name="carrier"
        list={`carriers-${id}`}
        maxLength={60}
        autoComplete="off"
        defaultValue={parcel?.carrier ?? ''}
      />
      <datalist id={`carriers-${id}`}>
        {carriers.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextField
        id={`tracking-${id}`}
        label={parcelWords.trackingNumber}
        hint={parcelWords.trackingHint}
        name="tracking_number"
        content="code"
        maxLength={100}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        defaultValue={parcel?.trackingNumber ?? ''}
      />
    </Row>
  )
}
