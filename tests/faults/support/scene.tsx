import { render } from '@testing-library/react'
import { signJwt } from 'embedded-supabase/keys'
import type { Contender } from '@/tests/faults/support/faults/contender'
import { comeFrom } from '@/tests/support/page-origin'
import { type Browser, theBrowser } from './browser'
import { type Witness, watch } from './witness'
import type { World } from './world'

/** An open page, its observer, and the controls that cause faults. */
export interface Scene {
  readonly world: World
  readonly browser: Browser
  readonly witness: Witness
  /** Opens the page on what the server rendered when the scene was set. */
  open(): void
  close(): void
}

/** Sets a scene: new goods on the shelf, what the server renders of them now, and a browser that shows nothing yet. */
export async function setScene(world: World, contender: Contender, page: 'shop' | 'staff'): Promise<Scene> {
  const isStaff = page === 'staff'
  const browser = theBrowser()
  comeFrom(world.address.shopUrl)
  const goods = await world.now.stock(5_000)
  const staffMember = isStaff ? await world.now.hire() : null
  const props = {
    goods,
    settings: {
      supabaseUrl: world.address.cableUrl,
      publishableKey: world.address.publishableKey,
      isStockBroadcast: await world.now.isStockBroadcast(),
    },
    served: await world.now.served(isStaff ? 'stock_levels' : 'shelf'),
    ...(staffMember && { accessToken: () => Promise.resolve(session(staffMember)) }),
  }
  const container = document.body.appendChild(document.createElement('main'))
  const witness = watch(container, browser.slept)
  const Page = isStaff ? contender.StaffPage : contender.ShopPage
  let unmount: () => void = () => undefined
  return {
    world,
    browser,
    witness,
    open() {
      unmount = render(<Page {...props} />, { container }).unmount
    },
    close() {
      unmount()
      witness.leave()
      container.remove()
    },
  }
}

/** The token of a signed-in staff member's page: good for an hour. */
function session(userId: string): string {
  return signJwt({ role: 'authenticated', sub: userId, exp: Math.floor(Date.now() / 1_000) + 3_600 })
}
