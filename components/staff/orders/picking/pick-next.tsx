import { ActionForm } from '@/components/staff/forms/action-form'
import { primaryButton } from '@/components/staff/forms/controls'
import { nothingWaitsWords } from '@/components/staff/orders/words'
import { pickNextOrder } from '@/lib/actions/staff/order-desk'
import { pickNextWords } from './words'

/** Takes the order that has waited longest, at one location or anywhere, and leads to it. Renders a `<form>`. */
export function PickNext({ locationId }: { locationId: string }) {
  return (
    <ActionForm
      action={pickNextOrder}
      fields={{ location_id: locationId }}
      busy={pickNextWords.searching}
      done={nothingWaitsWords}
      unanswered={pickNextWords.weCouldntConfirmThatTry}
      className="flex flex-wrap items-center gap-x-4 gap-y-1"
    >
      <button type="submit" className={primaryButton}>
        {pickNextWords.pickTheNextOrder}
      </button>
    </ActionForm>
  )
}
