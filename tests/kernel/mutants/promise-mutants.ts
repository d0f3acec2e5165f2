import type { Mutant } from './plant'

/** Weaknesses of the promise: of the invariants, of how input is read, of the limits of unpaid orders. */
export const promiseMutants: Mutant[] = [
  {
    name: 'a cart may be named twice in a call',
    file: 'orders/',
    from: `group by draft.guest_hash having count(*) > 1`,
    to: `group by draft.guest_hash having count(*) > 100`,
    seenIn: 'tests/database/orders/orders-together.test',
  },
  {
    name: 'an order is written without the units it holds',
    file: 'orders/',
    from: `    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id;`,
    to: `    where claims.cart_id = draft.cart_id and claims.variant_id = item.variant_id and claims.quantity > 1;`,
    seenIn: 'tests/database/orders/orders.test',
  },
  {
    name: 'units of an order may be given to others unseen',
    file: 'invariants/',
    from: `      when 'placed' then sums.held = 0 and sums.claimed = item.quantity - item.cancelled`,
    to: `      when 'placed' then true`,
    seenIn: 'tests/database/orders/invariants',
  },
  {
    name: 'money of a cancelled order may be kept unseen',
    file: 'invariants/',
    from: `    and payment.captured_minor - payment.refund_due_minor > worth.minor;`,
    to: `    and false;`,
    seenIn: 'tests/database/orders/invariants',
  },
  {
    name: 'a cart may hold more than its line unseen',
    file: 'invariants/',
    from: `  where held.units > coalesce(line.quantity, 0)`,
    to: `  where held.units > coalesce(line.quantity, 99)`,
    seenIn: 'tests/database/orders/invariants',
  },
  {
    name: 'a key may be kept without its response unseen',
    file: 'invariants/',
    from: `    where asked.actor = new.actor and asked.key = new.key and asked.response is null`,
    to: `    where false`,
    seenIn: 'tests/database/orders/invariants',
  },
  {
    name: 'an address is stored as it was sent',
    file: 'orders/',
    from: `    asked.address := private.address_in(v_delivery -> 'address');`,
    to: `    asked.address := v_delivery -> 'address';`,
    seenIn: 'tests/database/orders/order-input',
  },
  {
    name: 'the length of a trimmed text is measured',
    file: 'core/',
    from: `  if length(v_text) not between shortest and longest`,
    to: `  if length(btrim(v_text)) not between shortest and longest`,
    seenIn: 'tests/database/orders/order-input',
  },
  {
    name: 'delivery is paid on collection',
    file: 'orders/',
    from: `    when asked.delivery = 'delivery' and asked.provider = 'on_collection' then`,
    to: `    when false then`,
    seenIn: 'tests/database/orders/order-input',
  },
  {
    name: 'everybody may say that a proof of work was checked',
    file: 'orders/',
    from: `  if private.is_trusted() then
    asked.network`,
    to: `  if true then
    asked.network`,
    seenIn: 'tests/database/orders/unpaid-orders',
  },
  {
    name: 'unpaid orders of a network are not counted',
    file: 'orders/',
    from: `      or asked.network is not null and`,
    to: `      or false and`,
    seenIn: 'tests/database/orders/unpaid-orders',
  },
  {
    name: 'an order that is being picked ends like one that nobody wants',
    file: 'payments/',
    from: `    exit when v_order.status = 'awaiting_payment' or not private.is_being_handled(v_order.id);`,
    to: `    exit;`,
    seenIn: 'tests/database/orders/unpaid-orders',
  },
  {
    name: 'one locked variant stops every order of a call',
    file: 'orders/',
    from: `  v_locked := private.queue_for_free(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));`,
    to: `  perform private.queue_for(array(select distinct line.variant_id from unnest(v_lines) as line order by 1));
  v_locked := '{}';`,
    seenIn: 'tests/database/orders/order-locks',
  },
  {
    name: 'a blocked caller places orders',
    file: 'orders/',
    from: `  v_answers := private.turned_away('checkout', v_callers.subjects, v_callers.networks) || v_answers;`,
    to: ``,
    seenIn: 'tests/database/holds/rates',
  },
  {
    name: 'orders are not counted',
    file: 'orders/',
    from: `  perform private.count_callers('checkout', v_callers.subjects, v_callers.networks);`,
    to: ``,
    seenIn: 'tests/database/holds/rates',
  },
  {
    name: 'the unpaid orders a guest has already do not count',
    file: 'orders/',
    from: `      where orders.guest_hash = any (array(select draft.guest_hash from unnest(asked) as draft))`,
    to: `      where false`,
    seenIn: 'tests/database/orders/unpaid-orders',
  },
  {
    name: 'a line may shrink below what it holds unseen',
    file: 'invariants/',
    from: `  perform private.check_carts(array[old.cart_id, new.cart_id]);`,
    to: ``,
    seenIn: 'tests/database/orders/invariants',
  },
]
