import type { Call } from './call'
import type { Intent } from './intents'
import { paymentCalls } from './payment-calls'
import { shopperCalls } from './shopper-calls'
import { staffCalls } from './staff-calls'
import { waitlistCalls } from './waitlist-calls'
import type { World } from './world'

/** Every deed, told as a function from a world to a call; undefined when there is nothing yet to do it to. */
const calls: Record<Intent['does'], (world: World, intent: Intent) => Call | undefined> = {
  ...shopperCalls,
  ...paymentCalls,
  ...staffCalls,
  ...waitlistCalls,
}

/** The call an intent comes to in this world. */
export const callFor = (world: World, intent: Intent): Call | undefined => calls[intent.does](world, intent)
