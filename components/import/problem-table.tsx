import { type ImportProblem, shorten } from '@/lib/domain/import/problem'

/** Lines of a file and why they cannot be imported. `total` counts those not listed too. Renders a `<table>`. */
export function ProblemTable({ problems, total }: { problems: readonly ImportProblem[]; total: number }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-small">
        <caption className="pb-2 text-left text-fine text-soft">
          {total > problems.length
            ? `The first ${problems.length} of ${total} problems`
            : 'Every problem of the file'}
        </caption>
        <thead>
          <tr className="border-line border-b text-left text-fine text-soft [&>th]:py-2 [&>th]:pe-6 [&>th]:font-normal">
            <th scope="col">Line</th>
            <th scope="col">Column</th>
            <th scope="col">Value</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, value, why }) => (
            <tr
              key={`${line} ${column} ${why}`}
              className="border-line border-b align-top [&>td]:py-2 [&>td]:pe-6"
            >
              <td className="figures">{line ?? 'all'}</td>
              <td>{column || 'the line'}</td>
              <td className="break-all">
                {value ? shorten(value) : <span className="text-soft">blank</span>}
              </td>
              <td>{why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
