'use client'

import { keptByOthersWords, units } from '@/components/staff/shell/words'
import { Section } from '@/components/ui/layout/section'
import { TopBar } from '@/components/ui/layout/top-bar'
import { Text } from '@/components/ui/text/text'
import { codeKey } from '@/lib/domain/codes/code'
import { keyOfScan } from '@/lib/domain/codes/scan'
import type { CountLine, CountRead } from '@/lib/domain/counts/count'
import { isKeptByOthers, mayChangeStockAt, roleReaches, type StaffMember } from '@/lib/domain/people/staff'
import { nameOf } from '@/lib/domain/products/variant-name'
import type { Location } from '@/lib/domain/stock/place'
import { CopyNotice } from './copy-notice'
import { CountDecisionForm } from './count-decision'
import { CountLineRow } from './count-line-row'
import { ScanForm } from './scan-form'
import { StaffHere } from './staff-here'
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
      <StaffHere countId={count.id} name={member.name} />
      {isOpen && isKeptByOthers(member, count.location_id) && (
        <Text size="small" tone="soft">
          {keptByOthersWords(count.location_id, locations)}
        </Text>
      )}
      {mayCount && (
        <TopBar label={countDeskWords.scan}>
          <ScanForm nameBy={nameBy} onFound={desk.keep} />
        </TopBar>
      )}
      <WaitingNotice desk={desk} nameBy={nameBy} />
      <Section id="lines" title={countDeskWords.counted} gap={2}>
        {lines.length === 0 && (
          <Text size="small" tone="soft">
            {countDeskWords.noItemsCountedYet}
            {mayCount && countDeskWords.scanTheFirstItem}
          </Text>
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
      </Section>
      {(mayCount || mayDecide) && (
        <CountDecisionForm
          read={desk.read}
          locations={locations}
          mayDecide={mayDecide}
          onDecided={desk.take}
        />
      )}
      {isOpen && uncounted_total > 0 && (
        <Section
          id="uncounted"
          title={
            <>
              {countDeskWords.notCountedYet} {uncounted_total}
            </>
          }
          gap={2}
        >
          <Text size="small" tone="soft">
            {countDeskWords.theirStockDoesNotChange}
            {mayCount && countDeskWords.toRecordThatNoneIs}
          </Text>
          <ul className="grid gap-x-8 tablet:grid-cols-2">
            {uncounted.map((each) => (
              <li key={each.variant_id} className="flex gap-4 border-line border-b py-2 text-small">
                <span className="grow">
                  {nameOf(each)}
                  <Text as="span" size="fine" tone="soft" figures block>
                    {each.sku}
                  </Text>
                </span>
                {each.expected !== null && (
                  <Text as="span" tone="soft" figures>
                    {units(each.expected)}
                  </Text>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {desk.isKept && (
        <Text size="fine" tone="soft">
          {countDeskWords.thisPageAndTheList}
        </Text>
      )}
    </>
  )
}
