import type { ReactNode } from 'react'
import type { LiveSettings } from '@/lib/domain/core/settings'
import type { Goods } from '@/tests/faults/support/till'

/** The props of a page, whoever wrote it. */
export interface PageProps {
  readonly settings: LiveSettings
  readonly goods: Goods
  /** The server render: the row of these goods in the table that the page follows. */
  readonly served: Record<string, unknown>
  /** The session of whoever is signed in; missing for a shopper. */
  readonly accessToken?: () => Promise<string>
}

/** A page that shows how many units are left, as "N left", once or more often. */
export interface Contender {
  readonly name: string
  /** Follows the shelf, as a shopper. */
  readonly ShopPage: (props: PageProps) => ReactNode
  /** Follows exact stock, as staff. */
  readonly StaffPage: (props: PageProps) => ReactNode
}
