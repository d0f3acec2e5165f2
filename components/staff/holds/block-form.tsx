import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { Disclosure } from '@/components/ui/actions/disclosure'
import { Input, Select } from '@/components/ui/forms/controls'
import { VisuallyHidden } from '@/components/ui/text/visually-hidden'
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
    <Disclosure
      look="inline"
      className="ms-auto"
      summary={
        <>
          {blockFormWords.block}
          <VisuallyHidden> {label}</VisuallyHidden>
        </>
      }
    >
      <ActionForm action={blockCaller} fields={{ [name]: value }} layout="line" className="py-2">
        <Input
          name="reason"
          required
          maxLength={200}
          placeholder={blockFormWords.reason}
          aria-label={blockFormWords.reasonForBlocking(label)}
        />
        <Select name="hours" aria-label={blockFormWords.forHowLong} defaultValue="24">
          <option value="1">{blockFormWords.n1Hour}</option>
          <option value="24">{blockFormWords.n1Day}</option>
          <option value="168">{blockFormWords.n1Week}</option>
          <option value="">{blockFormWords.untilUnblocked}</option>
        </Select>
        <Button>
          {blockFormWords.block} {label}
        </Button>
      </ActionForm>
    </Disclosure>
  )
}
