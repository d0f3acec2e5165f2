'use client'

import { keptByOthersWords, units } from '@/components/staff/shell/words'
import { codeKey } from '@/lib/domain/codes/code'
import { keyOfScan } from '@/lib/domain/codes/scan'
import type { CountLine, CountRead } from '@/lib/domain/counts/count'
import { isKeptByOthers, mayChangeStockAt, roleReaches, type StaffMember } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Location } from '@/lib/domain/stock/place'
import { ColleaguesHere } from './colleagues-here'
import { CopyNotice } from './copy-notice'
import { CountDecisionForm } from './count-decision'
import { CountLineRow } from './count-line-row'
import { ScanForm } from './scan-form'
import { useCount } from './use-count'
import { WaitingNotice } from './waiting-notice'
import { countDeskWords } from './words'

/** Everything of one count that people work on together: the field to scan into, the lines, what is left, the decision. */
export function CountDesk({
  first,
  member,
  names,
  locations,
}: {
  first: CountRead
  member: StaffMember
  names: Readonly<Record<string, string>>
  locations: readonly Location[]
}) {
  const desk = useCount(first, member.userId)
  const { count, lines, uncounted, uncounted_total } = desk.read
  const isOpen = count.status === 'open'
  const mayCount = isOpen && mayChangeStockAt(member, count.location_id)
  const mayDecide = roleReaches(member.role, 'manager')
  const labels = new Map(
    [...uncounted, ...lines].flatMap((each) =>
      [each.sku, each.barcode ?? each.sku, each.variant_id].map(
        (code) => [codeKey(code), nameOf(each)] as const,
      ),
    ),
  )
  const nameBy = (code: string) => labels.get(keyOfScan(code))

  function withdrawEntry(line: CountLine, id: string, count: number): void {
    const now = Date.now()
    desk.keep({
      id,
      code: line.variant_id,
      units: count,
      began: now,
      ended: now,
      withdrawn: true,
      unknown: false,
    })
  }

  return (
    <>
      <CopyNotice copiedAt={desk.copiedAt} />
      <ColleaguesHere countId={count.id} name={member.name} />
      {isOpen && isKeptByOthers(member, count.location_id) && (
        <p className="text-small text-soft">{keptByOthersWords(count.location_id, locations)}</p>
      )}
      {mayCount && (
        <section
          aria-label={countDeskWords.scan}
          data-bar
          className="[&~*_*]:scroll-mt-40 sticky top-0 z-10 -mx-[var(--gutter)] grid gap-3 border-line border-b bg-paper px-[var(--gutter)] py-3"
        >
          <ScanForm nameBy={nameBy} onFound={desk.keep} />
        </section>
      )}
      <WaitingNotice desk={desk} nameBy={nameBy} />
      <section aria-labelledby="lines" className="grid gap-2">
        <h2 id="lines" className="display text-title">
          {countDeskWords.counted}
        </h2>
        {lines.length === 0 && (
          <p className="text-small text-soft">
            {countDeskWords.noItemsCountedYet}
            {mayCount && countDeskWords.scanTheFirstItem}
          </p>
        )}
        <ul>
          {lines.map((line) => (
            <CountLineRow
              key={line.variant_id}
              line={line}
              waiting={desk.waiting}
              read={desk.read}
              names={names}
              mayCount={mayCount}
              mayDecide={mayDecide}
              onWithdraw={withdrawEntry}
              onRead={desk.take}
            />
          ))}
        </ul>
      </section>
      {(mayCount || mayDecide) && (
        <CountDecisionForm
          read={desk.read}
          locations={locations}
          mayDecide={mayDecide}
          onDecided={desk.take}
        />
      )}
      {isOpen && uncounted_total > 0 && (
        <section aria-labelledby="uncounted" className="grid gap-2">
          <h2 id="uncounted" className="display text-title">
            {countDeskWords.notCountedYet} {uncounted_total}
          </h2>
          <p className="text-small text-soft">
            {countDeskWords.theirStockDoesNotChange}
            {mayCount && countDeskWords.toRecordThatNoneIs}
          </p>
          <ul className="grid gap-x-8 tablet:grid-cols-2">
            {uncounted.map((each) => (
              <li key={each.variant_id} className="flex gap-4 border-line border-b py-2 text-small">
                <span className="grow">
                  {nameOf(each)}
                  <span className="figures block text-fine text-soft">{each.sku}</span>
                </span>
                {each.expected !== null && <span className="figures text-soft">{units(each.expected)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {desk.isKept && <p className="text-fine text-soft">{countDeskWords.thisPageAndTheList}</p>}
    </>
  )
}
