import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { TextField } from '@/components/ui/forms/text-field'
import { Text } from '@/components/ui/text/text'
import { cancelOrder } from '@/lib/actions/staff/order-desk'
import { cancelAsManagerWords } from './words'

/** Cancels the items that are not fulfilled, after a confirmation; for managers. Renders a `<details>`. */
export function CancelAsManager({ orderId }: { orderId: string }) {
  return (
    <Disclosure look="button" summary={cancelAsManagerWords.cancelOrder}>
      <ActionForm
        action={cancelOrder}
        fields={{ order_id: orderId }}
        label={cancelAsManagerWords.cancelOrder}
      >
        <Text size="small" prose>
          {cancelAsManagerWords.itemsThatAreNotFulfilled}
        </Text>
        <TextField
          label={cancelAsManagerWords.reason}
          name="reason"
          maxLength={200}
          autoComplete="off"
          className="w-full"
        />
        <Button>{cancelAsManagerWords.yesCancelOrder}</Button>
      </ActionForm>
    </Disclosure>
  )
}
