import type { Mutant } from './plant'

const discounts = 'tests/database/totals/discounts'
const uses = 'tests/database/totals/discount-uses'

export const discountMutants: Mutant[] = [
  {
    name: 'uses that carts hold are not counted',
    file: 'totals/discounts.sql',
    from: `select array_agg(added.discount_id), array_agg((added.cart_id is not null)::integer),`,
    to: `select array_agg(added.discount_id), array_agg(0),`,
    seenIn: uses,
  },
  {
    name: 'a cancelled order keeps its use of a code',
    file: 'totals/order_parts.sql',
    from: `when (new.status = 'cancelled' and old.status <> 'cancelled' and new.discount_id is not null)`,
    to: `when (false)`,
    seenIn: uses,
  },
  {
    name: 'a discount applies below its minimum',
    file: 'totals/discounts.sql',
    from: `if v_goods < discount.minimum_minor or v_goods = 0 or`,
    to: `if v_goods = 0 or`,
    seenIn: discounts,
  },
  {
    name: 'a person uses a code more often than the shop allows',
    file: 'totals/discounts.sql',
    from: `    return 'already_used';`,
    to: `    null;`,
    seenIn: uses,
  },
  {
    name: 'a code works after its end',
    file: 'totals/',
    from: `    when not v_discount.active or v_discount.ends_at <= private.clock() then 'ended'\n`,
    to: '',
    seenIn: discounts,
  },
  {
    name: 'an order of which nothing is to be paid waits for a payment',
    file: 'orders/place_orders.sql',
    from: `    continue when v_total.total_minor > 0;`,
    to: `    continue when true;`,
    seenIn: 'tests/database/totals/free-orders',
  },
  {
    name: 'a changed code is locked before its count',
    file: 'totals/codes.sql',
    from: `  perform private.lock_counts(array[write_discount.discount_id], '{}');\n`,
    to: '',
    seenIn: 'tests/database/totals/discount-races',
  },
]
