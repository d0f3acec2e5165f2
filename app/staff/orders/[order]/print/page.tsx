import type { Metadata, Route } from 'next'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { printPageWords } from '@/app/staff/orders/words'
import { OrderSheet } from '@/components/staff/orders/printing/order-sheet'
import { SheetChoice } from '@/components/staff/orders/printing/sheet-choice'
import { WayBack } from '@/components/staff/shell/way-back'
import { PageHeading, StaffPage } from '@/components/ui/layout/page'
import { SheetChoice as Chosen, sheetsOf } from '@/lib/domain/orders/sheets'
import { deskOrder } from '@/lib/server/orders/order-desk'
import { requireStaff } from '@/lib/server/session/session'
import { currentShop } from '@/lib/server/settings/shop'
import { activeLocations } from '@/lib/server/stock/locations'

export const instant = false

export const metadata: Metadata = { title: printPageWords.print }

export default async function PrintOrderRoute({
  params,
  searchParams,
}: PageProps<'/staff/orders/[order]/print'>) {
  await requireStaff('viewer')
  const id = z.guid().safeParse((await params).order)
  if (!id.success) notFound()
  const asked = Chosen.parse(await searchParams)
  const [desk, shop, locations] = await Promise.all([deskOrder(id.data), currentShop(), activeLocations()])
  if (!desk) notFound()
  const sheets = sheetsOf(desk.order)
  const chosen = sheets.includes(asked.sheet) ? asked : { ...asked, sheet: 'slip' as const }
  return (
    <StaffPage>
      <PageHeading
        title={printPageWords.print}
        above={
          <WayBack href={`/staff/orders/${id.data}` as Route}>
            {printPageWords.order(desk.order.number)}
          </WayBack>
        }
      />
      <SheetChoice orderId={id.data} chosen={chosen} sheets={sheets} />
      <OrderSheet chosen={chosen} desk={desk} shop={shop} locations={locations} />
    </StaffPage>
  )
}
