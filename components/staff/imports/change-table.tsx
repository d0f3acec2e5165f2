import { changeTitle, type FieldChange, fieldChanges } from '@/lib/domain/imports/change-text'
import type { ImportChange } from '@/lib/domain/imports/preview'
import { changeTableWords } from './words'

/** Products and variants that an import adds or changes, field by field. `total` counts those not listed too. Renders a `<table>`. */
export function ChangeTable({ changes, total }: { changes: readonly ImportChange[]; total: number }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-small">
        <caption className="pb-2 text-left text-fine text-soft">
          {total > changes.length
            ? changeTableWords.theFirstOfChanges(changes.length, total)
            : changeTableWords.allChanges}
        </caption>
        <thead>
          <tr className="border-line border-b text-left text-fine text-soft [&>th]:py-2 [&>th]:pe-3 tablet:[&>th]:pe-6 [&>th]:font-normal">
            <th scope="col">{changeTableWords.line}</th>
            <th scope="col">{changeTableWords.productOrVariant}</th>
            <th scope="col">{changeTableWords.change}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr
              key={`${change.subject} ${change.handle} ${change.sku}`}
              className="border-line border-b align-top [&>*]:py-2 [&>*]:pe-3 tablet:[&>*]:pe-6"
            >
              <td className="figures">{change.line}</td>
              <th
                scope="row"
                className={`text-left font-normal ${change.subject === 'variant' ? 'ps-4' : ''}`}
              >
                {changeTitle(change)}
              </th>
              <td>
                {change.before === null && (
                  <p>
                    {changeTableWords.newIt} {change.subject}
                  </p>
                )}
                {fieldChanges(change).map((field) => (
                  <FieldLine key={field.field} change={field} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function FieldLine({ change: { field, before, after } }: { change: FieldChange }) {
  return (
    <p className="figures">
      <span className="text-soft">{field}: </span>
      {before !== null && (
        <>
          <del className="text-soft">{before}</del> <span aria-hidden="true">→</span>{' '}
        </>
      )}
      <ins className="no-underline">{after}</ins>
    </p>
  )
}
