/** A planted bug: in this migration, this text is replaced by that. */
export type Mutant = { name: string; file: string; from: string; to: string }

const FOUNDATION = '20261123000100_foundation.sql'
const STOCK = '20261123000400_stock.sql'
const STOCK_FUNCTIONS = '20261123000500_stock_functions.sql'
const CLAIMS = '20261123000520_claims.sql'
const SALES = '20261123000540_sales.sql'
const HOLDS = '20261123000550_hold_functions.sql'
const CHECKOUT = '20261123000560_checkout.sql'
const ORDERS = '20261123000570_order_functions.sql'
const PAYMENTS = '20261123000580_payment_functions.sql'

export const mutants: Mutant[] = [
  {
    name: 'no lock on the variant',
    file: STOCK,
    from: `  order by availability.variant_id
  for no key update;`,
    to: `  order by availability.variant_id;`,
  },
  {
    name: 'variants locked in order of arrival, no gate',
    file: CLAIMS,
    from: `  if cardinality(queue_for.variant_ids) = 1 then
    perform pg_advisory_xact_lock(uuid_hash_extended(queue_for.variant_ids[1], 0));
  else
    for v_gate in
      select distinct uuid_hash_extended(asked.id, 0) from unnest(queue_for.variant_ids) as asked (id) order by 1
    loop
      perform pg_advisory_xact_lock(v_gate);
    end loop;
  end if;
  perform private.lock_variants(queue_for.variant_ids);`,
    to: `  for v_gate in select uuid_hash_extended(asked.id, 0) from unnest(queue_for.variant_ids) as asked (id) order by random()
  loop
    perform pg_advisory_xact_lock(v_gate);
  end loop;`,
  },
  {
    name: 'locked rows are skipped when units are counted',
    file: CLAIMS,
    from: `      order by (level.location_id = take_units.prefer) desc nulls last, locations.position, level.location_id
    loop`,
    to: `      order by (level.location_id = take_units.prefer) desc nulls last, locations.position, level.location_id
      for update of level skip locked
    loop`,
  },
  {
    name: 'CHECK dropped, and the shortage overlooked',
    file: STOCK,
    from: `  available integer not null default 0 check (available >= 0),
  ledger_position`,
    to: `  available integer not null default 0,
  ledger_position`,
  },
  {
    name: 'taken without looking how many there are',
    file: CLAIMS,
    from: `      v_units := v_units || least(v_level.available, v_missing);
      v_missing := v_missing - least(v_level.available, v_missing);`,
    to: `      v_units := v_units || v_missing;
      v_missing := 0;`,
  },
  {
    name: 'expired holds are never released by who needs them',
    file: CLAIMS,
    from: `    if exists (select from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now) then`,
    to: `    if false then`,
  },
  {
    name: 'living holds are released too',
    file: CLAIMS,
    from: `      delete from public.claims where claims.variant_id = v_variant and claims.expires_at <= v_now;`,
    to: `      delete from public.claims where claims.variant_id = v_variant and claims.expires_at is not null;`,
  },
  {
    name: 'the trigger forgets a case: cancelled commitments',
    file: CLAIMS,
    from: `  set held = level.held - sums.held,
    committed = level.committed - sums.committed,
    available = level.available + sums.held + sums.committed,`,
    to: `  set held = level.held - sums.held,
    available = level.available + sums.held,`,
  },
  {
    name: 'a hold that becomes a commitment is counted twice',
    file: CLAIMS,
    from: `      select before.variant_id, before.location_id, -before.quantity, before.expires_at from before`,
    to: `      select before.variant_id, before.location_id, -before.quantity, before.expires_at from before where before.expires_at is null`,
  },
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
    from: `  if v_is_limited then`,
    to: `  if false then`,
  },
  {
    name: 'what was not held is given away without units',
    file: CHECKOUT,
    from: `  if v_taken < (select sum(item.quantity) from unnest(v_missing) as item) then`,
    to: `  if false then`,
  },
  {
    name: 'the cart keeps its lines after the order',
    file: CHECKOUT,
    from: `  delete from public.cart_lines where cart_lines.cart_id = v_cart.id;`,
    to: ``,
  },
  {
    name: 'the idempotency key is asked after the effect',
    file: FOUNDATION,
    from: `  on conflict do nothing;
  if found then
    return null;
  end if;`,
    to: `  on conflict do nothing;
  if found or begin_once.operation = 'place_order' or begin_once.operation = 'receive_stock' then
    return null;
  end if;`,
  },
  {
    name: 'the idempotency key does not look at the request',
    file: FOUNDATION,
    from: `or v_first.request <> begin_once.request then`,
    to: `then`,
  },
  {
    name: 'cancelling keeps the units',
    file: ORDERS,
    from: `  where item.order_id = closing.id and claims.order_item_id = item.id and claims.fulfilled = 0;`,
    to: `  where item.order_id = closing.id and claims.order_item_id = item.id and claims.fulfilled = 0 and claims.expires_at is not null;`,
  },
  {
    name: 'cancelling takes back what was handed over',
    file: ORDERS,
    from: `  set quantity = claims.fulfilled
  from`,
    to: `  set quantity = claims.fulfilled + 1
  from`,
  },
  {
    name: 'two lines of one item are not summed when handed over',
    file: ORDERS,
    from: `    select (line ->> 'order_item_id')::bigint as item_id, sum((line ->> 'quantity')::integer)::integer as units
    from jsonb_array_elements(fulfil_order.lines) as line
    group by 1`,
    to: `    select (line ->> 'order_item_id')::bigint as item_id, (line ->> 'quantity')::integer as units
    from jsonb_array_elements(fulfil_order.lines) as line`,
  },
  {
    name: 'the same thing can come back twice',
    file: ORDERS,
    from: `  where asked.units > coalesce(item.fulfilled - item.returned, 0);`,
    to: `  where asked.units > coalesce(item.fulfilled, 0);`,
  },
  {
    name: 'handing over does not lock the order',
    file: ORDERS,
    from: `where orders.id = lock_order.order_id for no key update;`,
    to: `where orders.id = lock_order.order_id;`,
  },
  {
    name: 'a sale lowers on hand and forgets committed',
    file: STOCK,
    from: `    available = level.available + sums.delta - sums.sold,`,
    to: `    available = level.available + sums.delta - 2 * sums.sold,`,
  },
  {
    name: 'two lines of one level are not summed by staff calls',
    file: STOCK_FUNCTIONS,
    from: `    group by line.variant_id, line.location_id
  ) as wanted`,
    to: `    group by line.variant_id, line.location_id, line.delta
  ) as wanted`,
  },
  {
    name: 'the ledger trigger reads, adds and writes back later',
    file: STOCK,
    from: `  perform private.lock_variants(array(select distinct added.variant_id from added));

  insert`,
    to: `  perform pg_sleep(0.002);

  insert`,
  },
  {
    name: 'a webhook is believed twice',
    file: PAYMENTS,
    from: `  if v_event ->> 'kind' = 'captured' and v_payment.status <> 'captured' then`,
    to: `  if v_event ->> 'kind' = 'captured' then`,
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
  },
  {
    name: 'nobody checks the signature',
    file: PAYMENTS,
    from: `    is distinct from sha256(convert_to(nullif(signature, ''), 'UTF8')) then`,
    to: `    is null then`,
  },
  {
    name: 'cancelled items stay sold',
    file: SALES,
    from: `  having sum(each.sign) <> 0 or sum(each.sign * each.cancelled) <> 0 or`,
    to: `  having sum(each.sign) <> 0 or`,
  },
]
