import type { Mutant } from './plant'

const offers = 'tests/database/waitlist/offers'
const joining = 'tests/database/waitlist/joining'
const leaving = 'tests/database/waitlist/leaving'

export const waitlistMutants: Mutant[] = [
  {
    name: 'units that return are offered at the commit alone, so that a visitor takes them first',
    file: 'stock/kept_sums.sql',
    from: `  if v_lines is not null then`,
    to: `  if false then`,
    seenIn: offers,
  },
  {
    name: 'the last person of a waitlist is served first',
    file: 'waitlist/offers.sql',
    from: `    order by entry.place limit v_due`,
    to: `    order by entry.place desc limit v_due`,
    seenIn: offers,
  },
  {
    name: 'a lapsed offer still counts as one on the waitlist',
    file: 'waitlist/offers.sql',
    from: `      select before.variant_id, -1 from before where before.status in ('waiting', 'offered')`,
    to: `      select before.variant_id, -1 from before where before.status = 'waiting' and false`,
    seenIn: offers,
  },
  {
    name: 'the open shelf gets no units while people wait',
    file: 'waitlist/offers.sql',
    from: `    - (select limits.open_units from private.shop_limits as limits where limits.only_row));`,
    to: `    - 0);`,
    seenIn: offers,
  },
  {
    name: 'an offer is accepted as often as its link is opened',
    file: 'waitlist/accepting.sql',
    from: `  update private.waitlist set status = 'accepted' where waitlist.id = entry.id;`,
    to: `  perform 1;`,
    seenIn: joining,
  },
  {
    name: 'an e-mail leaves for an offer that has ended',
    file: 'mail/sending.sql',
    from: `  perform private.drop_waitlist_mail();`,
    to: `  perform 1;`,
    seenIn: joining,
  },
  {
    name: 'a missing unit that a picker writes off is offered first',
    file: 'picking/short_picks.sql',
    from: `  perform set_config('onhand.offers_wait', 'on', true);`,
    to: `  perform 1;`,
    seenIn: offers,
  },
  {
    name: 'a unit is offered to the entry that leaves with it',
    file: 'waitlist/joining.sql',
    from: `entry.status in ('unconfirmed', 'waiting');`,
    to: `false;`,
    seenIn: leaving,
  },
]
