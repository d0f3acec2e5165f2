import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { PostedAnswer } from '@/components/staff/posted-answer'
import { ReceiveForm } from '@/components/staff/receive-form'
import { StockAnswer } from '@/lib/domain/stock-request'
import { readFlash } from '@/lib/server/flash'
import { activeLocations } from '@/lib/server/locations'
import { requireStaff } from '@/lib/server/session'

export const instant = false

export const metadata: Metadata = { title: 'Receive' }

export default async function ReceiveRoute() {
  await requireStaff('stock')
  const locations = await activeLocations()
  return (
    <main className="page grid gap-8 py-8">
      <header className="grid gap-2">
        <h1 className="display text-heading">Receive</h1>
        <p className="max-w-prose text-small text-soft">
          Scan or type what came. Everything on the note is booked at once, or nothing is, and you see which
          line is wrong.
        </p>
      </header>
      <PostedAnswer answer={await readFlash(StockAnswer)} locations={locations} />
      <ReceiveForm locations={locations} firstKey={randomUUID()} />
    </main>
  )
}
