import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { fieldName } from '@/lib/domain/imports/change-text'
import { keptReason } from '@/lib/domain/imports/kept-text'
import type { KeptField } from '@/lib/domain/imports/preview'
import { keptTableWords } from './words'

/** The changes that a revert leaves or left unchanged, with the reasons. Renders a `<table>`. */
export function KeptTable({
  kept,
  currency,
  isDone,
}: {
  kept: readonly KeptField[]
  currency: string
  isDone: boolean
}) {
  return (
    <Table
      isTitled
      caption={isDone ? keptTableWords.notReverted : keptTableWords.notChanged}
      columns={[
        { heading: keptTableWords.productOrVariant },
        { heading: keptTableWords.field },
        { heading: keptTableWords.reason },
      ]}
    >
      {kept.map((one) => (
        <TableRow key={`${one.line} ${one.subject} ${one.field}`}>
          <Cell names>{one.sku ?? one.handle}</Cell>
          <Cell>{fieldName(one.field)}</Cell>
          <Cell figures>{keptReason(one, currency)}</Cell>
        </TableRow>
      ))}
    </Table>
  )
}
