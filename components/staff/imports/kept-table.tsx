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
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-small">
        <caption className="pb-2 text-left text-fine text-soft">
          {isDone ? keptTableWords.notReverted : keptTableWords.notChanged}
        </caption>
        <thead>
          <tr className="border-line border-b text-left text-fine text-soft [&>th]:py-2 [&>th]:pe-6 [&>th]:font-normal">
            <th scope="col">{keptTableWords.productOrVariant}</th>
            <th scope="col">{keptTableWords.field}</th>
            <th scope="col">{keptTableWords.reason}</th>
          </tr>
        </thead>
        <tbody>
          {kept.map((one) => (
            <tr
              key={`${one.line} ${one.subject} ${one.field}`}
              className="border-line border-b align-top [&>*]:py-2 [&>*]:pe-6"
            >
              <th scope="row" className="text-left font-normal">
                {one.sku ?? one.handle}
              </th>
              <td>{fieldName(one.field)}</td>
              <td className="figures">{keptReason(one, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
