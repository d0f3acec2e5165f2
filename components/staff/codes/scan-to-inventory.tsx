'use client'

import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useScanner } from '@/lib/client/hooks/use-scanner'
import { inventoryAddress } from '@/lib/domain/stock/inventory'

/**
 * Leads from a page about one variant to the one whose code is scanned there. A quantity that got the code has its value
 * back. Renders nothing.
 */
export function ScanToInventory() {
  const router = useRouter()
  useScanner(
    () => false,
    (text) => router.push(inventoryAddress({ q: text }) as Route),
  )
  return null
}
