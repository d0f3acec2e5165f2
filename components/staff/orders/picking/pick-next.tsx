import { ActionForm } from '@/components/staff/forms/action-form'
import { nothingWaitsWords } from '@/components/staff/orders/words'
import { Button } from '@/components/ui/actions/button'
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
      layout="line"
    >
      <Button kind="primary">{pickNextWords.pickTheNextOrder}</Button>
    </ActionForm>
  )
}
