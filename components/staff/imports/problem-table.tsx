import { Cell, Table, TableRow } from '@/components/ui/data/table'
import { Text } from '@/components/ui/text/text'
import { type ImportProblem, shorten } from '@/lib/domain/imports/problem'
import { problemTableWords } from './words'

/** Lines of a file and why they cannot be imported. Renders a `<table>`. */
export function ProblemTable({ problems }: { problems: readonly ImportProblem[] }) {
  return (
    <Table
      isTitled
      caption={problemTableWords.problemsInThisFile}
      columns={[
        { heading: problemTableWords.line },
        { heading: problemTableWords.column },
        { heading: problemTableWords.value },
        { heading: problemTableWords.reason },
      ]}
    >
      {problems.map(({ line, column, value, why }) => (
        <TableRow key={`${line} ${column} ${why}`}>
          <Cell figures>{line}</Cell>
          <Cell>{column}</Cell>
          <Text as="td" breaks>
            {value === '' ? (
              <span className="whitespace-nowrap text-soft">{problemTableWords.blank}</span>
            ) : (
              value && shorten(value)
            )}
          </Text>
          <Cell>{why}</Cell>
        </TableRow>
      ))}
    </Table>
  )
}
