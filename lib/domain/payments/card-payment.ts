/** Everything a browser needs to pay one order by card: public by nature, and useless for any other order. */
export interface CardAccess {
  publishableKey: string
  clientSecret: string
  /** The address of Stripe's script. */
  scriptUrl: string
}

/** How an attempt to pay ended, as far as the server knows. */
export type CardOutcome = 'paid' | 'payable' | 'closed'
