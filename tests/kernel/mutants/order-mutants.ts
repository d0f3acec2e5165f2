import type { Mutant } from './plant'

const CARTS = 'carts/'
const SALES = 'sales/'
const HOLDS = 'holds/'
const CHECKOUT = 'orders/'
const HOLDS_TOGETHER = 'holds/'
const ORDERS = 'orders/'
const PAYMENTS = 'payments/'

export const orderMutants: Mutant[] = [
  {
    name: 'release gives everything back twice',
    file: HOLDS,
    from: `    if v_claim.quantity <= v_surplus then
      delete from public.claims where claims.id = v_claim.id;`,
    to: `    if v_claim.quantity <= v_surplus then
      delete from public.claims where claims.id = v_claim.id;
      update public.stock_levels as level set held = level.held - v_claim.quantity, available = level.available + v_claim.quantity
      where level.variant_id = v_claim.variant_id and level.location_id = v_claim.location_id and level.held >= v_claim.quantity;`,
  },
  {
    name: 'a held line is given back only in the cart',
    file: HOLDS,
    from: `    exit when v_surplus <= 0;`,
    to: `    exit;`,
  },
  {
    name: 'the limit per person is not asked at checkout',
    file: CHECKOUT,
    from: `  if v_bought + line.quantity > line.limit_per_person then`,
    to: `  if false then`,
  },
  {
    name: 'units that were not held are sold without stock',
    file: CHECKOUT,
    from: `        if v_shared.missing > 0 then
          v_short`,
    to: `        if false then
          v_short`,
    seenIn: 'tests/kernel/known-pains-units',
  },
  {
    name: 'the cart keeps its lines after the order',
    file: CHECKOUT,
    from: `  delete from public.cart_lines where cart_lines.cart_id = any (v_carts);`,
    to: ``,
  },
  {
    name: 'a buyer is reminded of an order that ends within the hour',
    file: 'mail/',
    from: `      and payment.deadline > v_now + interval '1 hour'
`,
    to: ``,
    seenIn: 'tests/database/mail/reminders',
  },
  {
    name: 'an event takes any parcel',
    file: ORDERS,
    from: `      and detail -> 'parcel' is not distinct from private.parcel_in(detail -> 'parcel')`,
    to: ``,
    seenIn: 'tests/database/orders/parcels',
  },
  {
    name: 'a parcel of another order is corrected',
    file: ORDERS,
    from: `  where event.id = hand_over_to_carrier.hand_over and event.order_id = hand_over_to_carrier.order_id
    and event.kind = 'handed_over';`,
    to: `  where event.id = hand_over_to_carrier.hand_over
    and event.kind = 'handed_over';`,
    seenIn: 'tests/database/orders/parcels',
  },
  {
    name: 'cancelling keeps the units',
    file: ORDERS,
    from: `  where item.order_id = closing.id and claims.order_item_id = item.id and claims.fulfilled = 0;`,
    to: `  where item.order_id = closing.id and claims.order_item_id = item.id and claims.fulfilled = 0 and claims.expires_at is not null;`,
  },
  {
    name: 'cancelling returns units that were handed over',
    file: ORDERS,
    from: `  set quantity = claims.fulfilled
  from`,
    to: `  set quantity = claims.fulfilled + 1
  from`,
  },
  {
    name: 'two lines of one item are not summed when handed over',
    file: ORDERS,
    from: `    select line.order_item_id as item_id, sum(line.quantity)::integer as units
    from unnest(lines) as line
    group by 1
    union all`,
    to: `    select line.order_item_id as item_id, line.quantity as units
    from unnest(lines) as line
    union all`,
    seenIn: 'tests/database/orders/orders-round-trips',
  },
  {
    name: 'the same unit can be returned twice',
    file: ORDERS,
    from: `  where asked.units > coalesce(item.fulfilled - item.returned, 0);`,
    to: `  where asked.units > coalesce(item.fulfilled, 0);`,
    seenIn: 'tests/database/orders/orders-round-trips',
  },
  {
    name: 'handing over does not lock the order',
    file: ORDERS,
    from: `where orders.id = lock_order.order_id for no key update;`,
    to: `where orders.id = lock_order.order_id;`,
    seenIn: 'tests/database/stock/races',
  },
  {
    name: 'a webhook is believed twice',
    file: PAYMENTS,
    from: `  if event.kind = 'captured' and payment.status <> 'captured' then`,
    to: `  if event.kind = 'captured' then`,
  },
  {
    name: 'late money of a cancelled order is kept',
    file: PAYMENTS,
    from: `    refund_due_minor = case when ordered.status = 'awaiting_payment' then 0 else capture_payment.amount_minor end`,
    to: `    refund_due_minor = 0`,
  },
  {
    name: 'late money buys units that are gone',
    file: PAYMENTS,
    from: `    perform private.cancel_rest(ordered, 'paid too late, units gone');
    return 'refund_due';`,
    to: `    null;`,
    seenIn: 'tests/database/orders/payments',
  },
  {
    name: 'nobody checks the signature',
    file: PAYMENTS,
    from: `    is distinct from sha256(convert_to(nullif(signature, ''), 'UTF8')) then`,
    to: `    is null then`,
    seenIn: 'tests/database/orders/payments',
  },
  {
    name: 'cancelled items stay sold',
    file: SALES,
    from: `  having sum(each.sign) <> 0 or sum(each.sign * each.cancelled) <> 0 or`,
    to: `  having sum(each.sign) <> 0 or`,
  },
  {
    name: "a cart's hold is taken without the cart's lock",
    file: CARTS,
    from: `    select * into v_cart from public.carts where carts.token_hash = v_hash for no key update;`,
    to: `    select * into v_cart from public.carts where carts.token_hash = v_hash;`,
    seenIn: 'tests/database/stock/races',
  },
  {
    name: 'an order is paid with another amount',
    file: PAYMENTS,
    from: `  if ordered.status = 'awaiting_payment' and capture_payment.amount_minor <> paid.amount_minor then`,
    to: `  if false then`,
    seenIn: 'tests/database/orders/payments',
  },
  {
    name: 'the key of an order is asked after the effect',
    file: CHECKOUT,
    from: `      when known.answer ? 'response' then jsonb_build_object('order', known.answer -> 'response')`,
    to: ``,
    seenIn: 'tests/database/orders/orders-together.test',
  },
  {
    name: 'orders that are placed together are given the same units',
    file: CHECKOUT,
    from: `        units_left[v_level] := units_left[v_level] - v_units;`,
    to: ``,
    seenIn: 'tests/database/orders/orders-together.test',
  },
  {
    name: 'an order that is refused keeps what it took on the way',
    file: CHECKOUT,
    from: `      v_left := v_left_before;`,
    to: ``,
    seenIn: 'tests/database/orders/orders-together.test',
  },
  {
    name: 'the keys of holds that are made together are locked in order of arrival',
    file: HOLDS_TOGETHER,
    from: `from unnest(asked) as hold order by gate) as each;`,
    to: `from unnest(asked) as hold order by hold.n) as each;`,
    seenIn: 'tests/database/holds/holds-together-races',
  },
  {
    name: 'the carts of holds that are made together are made in order of arrival',
    file: HOLDS_TOGETHER,
    from: `from unnest(asked) as each order by each.token_hash`,
    to: `from unnest(asked) as each order by each.n`,
    seenIn: 'tests/database/holds/holds-together-races',
  },
  {
    name: 'the carts of holds that are made together are locked in order of arrival',
    file: HOLDS_TOGETHER,
    from: `  order by carts.id
  for no key update;`,
    to: `  order by (select each.n from unnest(asked) as each where each.token_hash = carts.token_hash)
  for no key update;`,
    seenIn: 'tests/database/holds/holds-together-races',
  },
]
