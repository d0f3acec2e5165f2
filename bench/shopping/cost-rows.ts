import { median } from '@/bench/figures/quantile'
import type { Row } from '@/bench/figures/report'
import type { Cost } from './cost'
import { peers } from './peers'
import { posts, type Step, steps } from './steps'

/** Sending the confirmations, once all orders are placed; some are sent while others still order. */
export const email = 'its e-mail'
export type Costed = Step | typeof email

interface Measured {
  costs: Record<Costed, Cost>[]
  /** Bare updates per second by one client. */
  limits: number[]
  floors: Cost[]
  statements: Record<Step, number>[]
}

/** The table of the checkout: rate, statements and CPU, for the requests that order and with the pages drawn. */
export function rowsOf({ costs, limits, floors, statements }: Measured): Row[] {
  const limit = median(limits)
  const floor = median(floors.map(({ shop }) => shop))
  const cost = (among: readonly Costed[], kind: keyof Cost) =>
    median(costs.map((round) => sum(among.map((step) => round[step][kind]))))
  const count = (among: readonly Step[]) =>
    sum(among.map((step) => median(statements.map((counts) => counts[step]))))

  const rate = (what: string, among: readonly Step[], beside: string): Row => {
    const perSecond = 1000 / cost(among, 'clock')
    return {
      what,
      measured: `${perSecond.toFixed(0)}/s`,
      limit: `bare UPDATE, 1 client, ${limit.toFixed(0)}/s${beside}`,
      ratio: (limit / perSecond).toFixed(0),
      target: '50 or less, aim 25',
    }
  }
  const cpu = (what: string, among: readonly Costed[], beside: string, target: string): Row => {
    const [shop, api] = [cost(among, 'shop'), cost(among, 'api')]
    return {
      what,
      measured: `${(shop + api).toFixed(1)} ms: shop ${shop.toFixed(1)}, Data API ${api.toFixed(1)}`,
      limit: `cheapest answer ${floor.toFixed(2)} ms${beside}`,
      ratio: ((shop + api) / floor).toFixed(1),
      target,
    }
  }
  const counted = (what: string, among: readonly Step[], beside: string): Row => ({
    what,
    measured: `${count(among)}`,
    limit: beside,
    ratio: '',
    target: '12 or fewer',
  })
  return [
    rate('orders, the requests that order', posts, `; limit ÷ ${peers.limitByCheckout}`),
    rate('orders, with the pages', steps, ''),
    counted('statements, the requests that order', posts, peers.statements),
    counted('statements, with the pages', steps, ''),
    cpu('server CPU, the requests that order', posts, `; ${peers.milliseconds} ms`, '6 ms or less'),
    cpu('server CPU, with the pages', steps, '', '6 ms or less'),
    ...steps.map((step) => cpu(`server CPU, ${step}`, [step], '', '')),
    cpu(`server CPU, ${email}`, [email], '', ''),
  ]
}

const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0)
