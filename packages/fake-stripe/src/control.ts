import { invalid } from '#errors'
import { type Faults, faultKinds, steps } from '#faults'
import type { Account } from '#payments/account'
import { cancelIntent, findIntent } from '#payments/intents'
import { failRefund } from '#payments/refunds'
import { deliveries } from '#webhooks'

type Asked = Record<string, unknown>

/**
 * Orders of a test over HTTP, as JSON to /control/NAME: `webhooks` {to, mode, late_ms}, `deliver` {event}, `drop`, `faults`
 * {step, kind, times} or {clear: true}, `dispute` {payment_intent}, `close_dispute` {dispute, status}, `expire`
 * {payment_intent} (the authorisation ends at its deadline), `fail_refund` {refund}.
 */
export async function control(
  account: Account,
  faults: Faults,
  name: string,
  asked: Asked,
): Promise<unknown> {
  const { webhooks } = account
  switch (name) {
    case 'webhooks':
      if (asked.to !== undefined) webhooks.sendTo(asked.to === null ? null : String(asked.to))
      if (asked.mode !== undefined) webhooks.mode = oneOf(deliveries, asked.mode, 'mode')
      if (asked.late_ms !== undefined) webhooks.delay(Number(asked.late_ms))
      return { mode: webhooks.mode, held: webhooks.held().map(({ id, type }) => ({ id, type })) }
    case 'deliver':
      return { status: await webhooks.deliver(String(asked.event)) }
    case 'drop':
      webhooks.drop()
      return { held: [] }
    case 'faults':
      if (asked.clear === true) faults.clear()
      else
        faults.add(
          oneOf(steps, asked.step, 'step'),
          oneOf(faultKinds, asked.kind, 'kind'),
          Number(asked.times ?? 1),
        )
      return {}
    case 'dispute':
      return account.dispute(String(asked.payment_intent))
    case 'close_dispute':
      return account.closeDispute(String(asked.dispute), asked.status === 'won' ? 'won' : 'lost')
    case 'expire':
      return cancelIntent(account, findIntent(account, String(asked.payment_intent)), 'automatic')
    case 'fail_refund':
      return failRefund(account, String(asked.refund))
    default:
      throw invalid(`No such control: ${name}`)
  }
}

function oneOf<T extends string>(all: readonly T[], asked: unknown, name: string): T {
  const one = all.find((each) => each === asked)
  if (!one) throw invalid(`${name} is one of ${all.join(', ')}`, { param: name })
  return one
}
