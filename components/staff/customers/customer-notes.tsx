import { ActionForm } from '@/components/staff/forms/action-form'
import { Button } from '@/components/ui/actions/button'
import { EmptyState } from '@/components/ui/feedback/empty-state'
import { TextArea } from '@/components/ui/forms/controls'
import { Field } from '@/components/ui/forms/field'
import { LineItem, LineList } from '@/components/ui/layout/line-list'
import { Section } from '@/components/ui/layout/section'
import { Text } from '@/components/ui/text/text'
import { addCustomerNote } from '@/lib/actions/staff/people'
import { shopTime } from '@/lib/domain/core/shop-time'
import type { Customer } from '@/lib/domain/people/customer'
import { noteWords } from './words'

/** Notes about a customer, newest first, and the form for another. Renders a `<section>`. */
export function CustomerNotes({
  customer,
  names,
  mayWrite,
}: {
  customer: Customer
  names: Readonly<Record<string, string>>
  mayWrite: boolean
}) {
  return (
    <Section id="notes" title={noteWords.notes} gap={4}>
      {mayWrite && (
        <ActionForm
          // After a note another form, which is empty.
          key={customer.notes[0]?.id ?? 0}
          action={addCustomerNote}
          fields={{ order_id: customer.order_id }}
          label={noteWords.addNote}
          done={noteWords.saved}
        >
          <Field label={noteWords.note} hint={noteWords.hint} noteId="note-hint">
            <TextArea name="body" rows={3} maxLength={2000} required aria-describedby="note-hint" />
          </Field>
          <Button>{noteWords.addNote}</Button>
        </ActionForm>
      )}
      {customer.notes.length === 0 ? (
        <EmptyState>{noteWords.none}</EmptyState>
      ) : (
        <LineList>
          {customer.notes.map(({ id, body, actor, at }) => (
            <LineItem key={id}>
              {body.split('\n').map((line, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a note never change.
                <Text key={number} breaks>
                  {line}
                </Text>
              ))}
              <Text size="fine" tone="soft">
                {names[actor] ?? noteWords.formerStaff} ·{' '}
                <Text as="time" figures dateTime={at}>
                  {shopTime(at)}
                </Text>
              </Text>
            </LineItem>
          ))}
        </LineList>
      )}
    </Section>
  )
}
