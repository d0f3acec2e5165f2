import { missing } from '#errors'
import { type Charge, type Dispute, emptyState, newId, nowInSeconds, type State } from '#payments/objects'
import { Webhooks } from '#webhooks'

/** One Stripe account: its objects, and the events about them. */
export class Account {
  readonly state: State = emptyState()
  readonly webhooks: Webhooks
  /** The idempotency key of the request that is being answered. */
  key: string | null = null
  #url = ''
  readonly #toDispute = new Set<string>()

  constructor(webhookSecret: string) {
    this.webhooks = new Webhooks(this.state, webhookSecret)
  }

  url(): string {
    return this.#url
  }

  servedAt(url: string): void {
    this.#url = url
  }

  emit(type: string, object: object): void {
    this.webhooks.emit(type, object, this.key)
  }

  /** For a test card: the cardholder disputes the payment once it is captured. */
  disputeWhenCaptured(chargeId: string): void {
    this.#toDispute.add(chargeId)
  }

  settleDispute(charge: Charge): void {
    if (this.#toDispute.delete(charge.id)) this.dispute(charge.payment_intent)
  }

  /** Has the cardholder dispute a captured payment. */
  dispute(intentId: string, reason = 'fraudulent'): Dispute {
    const charge = [...this.state.charges.values()].find(
      (each) => each.payment_intent === intentId && each.captured,
    )
    if (!charge) throw missing('charge', intentId)
    const dispute: Dispute = {
      id: newId('du'),
      object: 'dispute',
      amount: charge.amount_captured,
      charge: charge.id,
      created: nowInSeconds(),
      currency: charge.currency,
      payment_intent: intentId,
      reason,
      status: 'needs_response',
    }
    charge.disputed = true
    this.state.disputes.set(dispute.id, dispute)
    this.emit('charge.dispute.created', dispute)
    return dispute
  }

  /** Ends a dispute. */
  closeDispute(id: string, status: 'won' | 'lost'): Dispute {
    const dispute = this.state.disputes.get(id)
    if (!dispute) throw missing('dispute', id)
    dispute.status = status
    this.emit('charge.dispute.closed', dispute)
    return dispute
  }
}
