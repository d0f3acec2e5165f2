import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { explainPageWords } from '@/app/staff/variants/words'
import { ExplanationView } from '@/components/staff/explain/explanation-view'
import { quantityWords } from '@/components/staff/explain/words'
import { WayBack } from '@/components/staff/shell/way-back'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { Text } from '@/components/ui/text/text'
import { momentOfWallTime } from '@/lib/domain/core/shop-time'
import { nameOf } from '@/lib/domain/products/variant-name'
import { ExplainQuestion } from '@/lib/domain/stock/explanation'
import { actorNames } from '@/lib/server/people/staff'
import { requireStaff } from '@/lib/server/session/session'
import { explainQuantity } from '@/lib/server/stock/explain'
import { inventoryEntry } from '@/lib/server/stock/inventory'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: explainPageWords.howIsThisCalculated }

export default async function ExplainRoute(props: PageProps<'/staff/variants/[variant]/explain'>) {
  const { role } = await requireStaff('viewer')
  const question = await questionIn(props)
  if (!question) notFound()
  const [entry, locations, names] = await Promise.all([
    inventoryEntry(question.variant_id),
    activeLocations(),
    actorNames(),
  ])
  const place = locations.find(({ id }) => id === question.location_id)
  if (!entry || !place) notFound()
  return (
    <StaffPage gap={6} isNarrow>
      <PageHeading
        above={<WayBack href={`/staff/variants/${entry.variant_id}` as Route}>{nameOf(entry)}</WayBack>}
        title={
          <>
            {quantityWords[question.quantity]}
            <Text as="span" tone="soft">
              , {place.name}
            </Text>
          </>
        }
      />
      <ExplanationView
        explanation={await explainQuantity(question)}
        locations={locations}
        names={names}
        role={role}
      />
    </StaffPage>
  )
}

/** A past moment comes as an ISO time in a link, or from the form by the shop's clock. One to come is now. */
async function questionIn({ params, searchParams }: PageProps<'/staff/variants/[variant]/explain'>) {
  const { variant } = await params
  const { location, quantity, at, wall } = await searchParams
  const moment = at ?? (typeof wall === 'string' ? momentOfWallTime(wall) : null)
  const isPast = typeof moment === 'string' && Date.parse(moment) < Date.now()
  const question = { variant_id: variant, location_id: location, quantity, at: isPast ? moment : null }
  return ExplainQuestion.safeParse(question).data
}
