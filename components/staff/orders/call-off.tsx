import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { TextField } from '@/components/ui/forms/text-field'
import { Text } from '@/components/ui/text/text'
import { cancelOrder } from '@/lib/actions/staff/order-desk'
import { callOffWords } from './words'

/** Cancels the items that are not fulfilled, after a confirmation; for managers. Renders a `<details>`. */
export function CallOff({ orderId }: { orderId: string }) {
  return (
    <Disclosure look="button" summary={callOffWords.cancelOrder}>
      <ActionForm action={cancelOrder} fields={{ order_id: orderId }} label={callOffWords.cancelOrder}>
        <Text size="small" prose>
          {callOffWords.itemsThatAreNotFulfilled}
        </Text>
        <TextField
          label={callOffWords.reason}
          name="reason"
          maxLength={200}
          autoComplete="off"
          className="w-full"
        />
        <Button>{callOffWords.yesCancelOrder}</Button>
      </ActionForm>
    </Disclosure>
  )
}
