import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Text } from '@/components/ui/text/text'
import { changeTitle, type FieldChange, fieldChanges } from '@/lib/domain/imports/change-text'
import type { ImportChange } from '@/lib/domain/imports/preview'
import { changeTableWords } from './words'

/** Products and variants that an import adds or changes, field by field. `total` counts those not listed too. Renders a `<table>`. */
export function ChangeTable({ changes, total }: { changes: readonly ImportChange[]; total: number }) {
  return (
    <Table
      isTitled
      caption={
        total > changes.length
          ? changeTableWords.theFirstOfChanges(changes.length, total)
          : changeTableWords.allChanges
      }
      columns={[
        { heading: changeTableWords.line },
        { heading: changeTableWords.productOrVariant },
        { heading: changeTableWords.change },
      ]}
    >
      {changes.map((change) => (
        <TableRow key={`${change.subject} ${change.handle} ${change.sku}`}>
          <Cell figures>{change.line}</Cell>
          <Cell names className={change.subject === 'variant' ? 'ps-4' : undefined}>
            {changeTitle(change)}
          </Cell>
          <Cell>
            {change.before === null && (
              <p>
                {changeTableWords.newIt} {change.subject}
              </p>
            )}
            {fieldChanges(change).map((field) => (
              <FieldLine key={field.field} change={field} />
            ))}
          </Cell>
        </TableRow>
      ))}
    </Table>
  )
}

function FieldLine({ change: { field, before, after } }: { change: FieldChange }) {
  return (
    <Text figures>
      <Text as="span" tone="soft">
        {field}:{' '}
      </Text>
      {before !== null && (
        <>
          <Text as="del" tone="soft">
            {before}
          </Text>{' '}
          <span aria-hidden="true">→</span>{' '}
        </>
      )}
      <ins className="no-underline">{after}</ins>
    </Text>
  )
}
