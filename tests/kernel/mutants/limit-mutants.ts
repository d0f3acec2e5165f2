import type { Mutant } from './plant'

const seenIn = 'tests/database/holds/hold-limits'

export const limitMutants: Mutant[] = [
  {
    name: 'an expired hold restarts without end',
    file: 'holds/',
    from: `  if v_until is null or at >= v_until + limits.hold_pause then`,
    to: `  if true then`,
    seenIn,
  },
  {
    name: 'a guest who used up a hold does not pause',
    file: 'holds/',
    from: `  if private.is_used_up(v_since, v_until, limits) then`,
    to: `  if false then`,
    seenIn,
  },
  {
    name: 'a line that is removed takes the age of its hold along',
    file: 'holds/',
    from: `    if v_line.held_until is not null then`,
    to: `    if false then`,
    seenIn,
  },
  {
    name: 'signing in makes a hold young again',
    file: 'accounts/',
    from: `v_line.price_minor, v_line.held_since, v_line.held_until)`,
    to: `v_line.price_minor, private.clock(), null)`,
    seenIn,
  },
  {
    name: 'the share of a network is not asked for',
    file: 'holds/',
    from: `    if v_held + more > v_most then`,
    to: `    if false then`,
    seenIn,
  },
  {
    name: 'a new guest goes on where another of the network had to stop',
    file: 'holds/',
    from: `  select sums.held, sums.total + unpaid.units, resting.units, resting.until`,
    to: `  select sums.held, sums.total + unpaid.units, 0, resting.until`,
    seenIn,
  },
  {
    name: 'the share of the whole shop is not asked for',
    file: 'holds/',
    from: `  if v_total + more > limits.network_free_units and v_total + more > (`,
    to: `  if false and v_total + more > (`,
    seenIn,
  },
  {
    name: 'units that are added cost what the first one did',
    file: 'holds/',
    from: `price_minor = case when v_taken > 0 then`,
    to: `price_minor = case when v_held = 0 then`,
    seenIn: 'tests/database/holds/frozen-prices',
  },
  {
    name: 'of two lines that become one the lower price counts',
    file: 'accounts/',
    from: `  if not v_is_same_price then`,
    to: `  if false then`,
    seenIn: 'tests/database/holds/frozen-prices',
  },
  {
    name: 'a guest may ask as fast as they like',
    file: 'callers/',
    from: `          and spending.spent >= case when spending.subject like 'n:%' then rate.network else rate.guest end`,
    to: `          and false`,
    seenIn: 'tests/database/holds/rates',
  },
  {
    name: 'two servers count by themselves',
    file: 'callers/',
    from: `  where spending.spent < spend.at_most or v_now - spending.since not between interval '0' and spend.per`,
    to: ``,
    seenIn: 'tests/database/holds/rates',
  },
  {
    name: 'a refused hold of an account is not counted',
    file: 'holds/',
    from: `  perform private.count_own('hold', cart_token, v_network);
`,
    to: ``,
    seenIn: 'tests/database/holds/rates',
  },
  {
    name: 'a refused order of an account is not counted',
    file: 'orders/',
    from: `    return private.answer_refused(v_answer -> 'refused');`,
    to: `    perform private.refuse(v_answer -> 'refused');`,
    seenIn: 'tests/database/holds/rates',
  },
  {
    name: 'more orders are cancelled than the manager has seen',
    file: 'holds/',
    from: `      order by unpaid.id limit least(200, expected)`,
    to: `      order by unpaid.id limit 200`,
    seenIn: 'tests/database/holds/hold-desk',
  },
]
