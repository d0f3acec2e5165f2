import { type ImportProblem, shorten } from '@/lib/domain/imports/problem'
import { problemTableWords } from './words'

/** Lines of a file and why they cannot be imported. Renders a `<table>`. */
export function ProblemTable({ problems }: { problems: readonly ImportProblem[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-small">
        <caption className="pb-2 text-left text-fine text-soft">
          {problemTableWords.problemsInThisFile}
        </caption>
        <thead>
          <tr className="border-line border-b text-left text-fine text-soft [&>th]:py-2 [&>th]:pe-3 tablet:[&>th]:pe-6 [&>th]:font-normal">
            <th scope="col">{problemTableWords.line}</th>
            <th scope="col">{problemTableWords.column}</th>
            <th scope="col">{problemTableWords.value}</th>
            <th scope="col">{problemTableWords.reason}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, value, why }) => (
            <tr
              key={`${line} ${column} ${why}`}
              className="border-line border-b align-top [&>td]:py-2 [&>td]:pe-3 tablet:[&>td]:pe-6"
            >
              <td className="figures">{line}</td>
              <td>{column}</td>
              <td className="wrap-anywhere">
                {value === '' ? (
                  <span className="whitespace-nowrap text-soft">{problemTableWords.blank}</span>
                ) : (
                  value && shorten(value)
                )}
              </td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
