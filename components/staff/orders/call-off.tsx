import { fieldBox, labelText, quietButton } from '@/components/staff/forms/controls'
import { DeskForm } from './desk-form'

/** Calls off what was not handed over, after a second thought; for managers. Renders a `<details>`. */
export function CallOff({ orderId, firstKey }: { orderId: string; firstKey: string }) {
  return (
    <details>
      <summary className={`${quietButton} inline-flex list-none items-center`}>Cancel order</summary>
      <DeskForm
        gesture="cancel_order"
        orderId={orderId}
        firstKey={firstKey}
        label="Cancel order"
        className="mt-3 grid justify-items-start gap-3"
      >
        <p className="max-w-prose text-small">
          Items that are not fulfilled are released, and any payment for them becomes due for refund. This
          cannot be undone.
        </p>
        <label className="grid w-full gap-1">
          <span className={labelText}>Reason</span>
          <input name="reason" maxLength={200} autoComplete="off" className={fieldBox} />
        </label>
        <button type="submit" className={quietButton}>
          Yes, cancel order
        </button>
      </DeskForm>
    </details>
  )
}
