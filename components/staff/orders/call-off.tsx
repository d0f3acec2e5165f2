import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { cancelOrder } from '@/lib/actions/staff/order-desk'
import { callOffWords } from './words'

/** Calls off what was not handed over, after a second thought; for managers. Renders a `<details>`. */
export function CallOff({ orderId }: { orderId: string }) {
  return (
    <details>
      <summary className={`${quietButton} inline-flex list-none items-center`}>
        {callOffWords.cancelOrder}
      </summary>
      <ActionForm
        action={cancelOrder}
        fields={{ order_id: orderId }}
        label={callOffWords.cancelOrder}
        className="mt-3 grid justify-items-start gap-3"
      >
        <p className="max-w-prose text-small">{callOffWords.itemsThatAreNotFulfilled}</p>
        <label className="grid w-full gap-1">
          <span className={labelText}>{callOffWords.reason}</span>
          <input name="reason" maxLength={200} autoComplete="off" className={fieldBox} />
        </label>
        <button type="submit" className={quietButton}>
          {callOffWords.yesCancelOrder}
        </button>
      </ActionForm>
    </details>
  )
}
