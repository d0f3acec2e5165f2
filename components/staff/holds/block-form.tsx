import { ActionForm } from '@/components/staff/forms/action-form'
import { fieldBox, quietButton } from '@/components/staff/forms/controls'
import { blockCaller } from '@/lib/actions/staff/hold-desk'
import { blockFormWords } from './words'

/** Blocks a guest, an account or a network, with a reason. Opens on demand. Renders a `<details>`. */
export function BlockForm({
  name,
  value,
  label,
}: {
  name: 'cart_id' | 'network'
  value: string
  label: string
}) {
  return (
    <details className="ms-auto">
      <summary className="underlined min-h-6 cursor-pointer text-link">
        {blockFormWords.block}
        <span className="sr-only"> {label}</span>
      </summary>
      <ActionForm
        action={blockCaller}
        fields={{ [name]: value }}
        className="flex flex-wrap items-center gap-2 py-2"
      >
        <input
          name="reason"
          required
          maxLength={200}
          placeholder={blockFormWords.reason}
          aria-label={blockFormWords.reasonForBlocking(label)}
          className={fieldBox}
        />
        <select name="hours" aria-label={blockFormWords.forHowLong} defaultValue="24" className={fieldBox}>
          <option value="1">{blockFormWords.n1Hour}</option>
          <option value="24">{blockFormWords.n1Day}</option>
          <option value="168">{blockFormWords.n1Week}</option>
          <option value="">{blockFormWords.untilUnblocked}</option>
        </select>
        <button type="submit" className={quietButton}>
          {blockFormWords.block} {label}
        </button>
      </ActionForm>
    </details>
  )
}
