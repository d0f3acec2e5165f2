import { signed } from '@/components/staff/words'
import { fieldName, valueText } from '@/lib/domain/import/change-text'
import type { KeptField } from '@/lib/domain/import/preview'

/** What a revert leaves, or left, as it is, and why. Renders a `<table>`. */
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
          {isDone ? 'What was kept as it is' : 'What stays as it is'}
        </caption>
        <thead>
          <tr className="border-line border-b text-left text-fine text-soft [&>th]:py-2 [&>th]:pe-6 [&>th]:font-normal">
            <th scope="col">Product or variant</th>
            <th scope="col">What</th>
            <th scope="col">Why</th>
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
              <td className="figures">{reason(one, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function reason({ why, field, wanted, found }: KeptField, currency: string): string {
  if (why === 'promised_since') {
    return `${signed(Number(found))} of ${signed(Number(wanted))}: the others are gone, or held, ordered or kept as safety stock.`
  }
  const text = (value: KeptField['found']) => valueText(field, { [field]: value, currency })
  if (field === 'active' && why === 'taken_since') {
    return 'Its product has other choices by now, which it does not fit; it stays off sale.'
  }
  if (why === 'taken_since')
    return `${text(wanted)} belongs to something else by now; it stays ${text(found)}.`
  return `Somebody made it ${text(found)} since; before the import it was ${text(wanted)}.`
}
