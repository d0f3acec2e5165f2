-- The proof that every sum is right: each function below returns rows where an aggregate differs from its source.

create function private.claims_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'claims', level.variant_id, level.location_id,
    jsonb_build_object('held', coalesce(sums.held, 0), 'committed', coalesce(sums.committed, 0)),
    jsonb_build_object('held', level.held, 'committed', level.committed)
  from public.stock_levels as level
  left join (
    select claims.variant_id, claims.location_id,
      sum(claims.quantity) filter (where claims.expires_at is not null) as held,
      sum(claims.quantity - claims.fulfilled) filter (where claims.expires_at is null) as committed
    from public.claims
    group by claims.variant_id, claims.location_id
  ) as sums using (variant_id, location_id)
  where (level.held, level.committed) is distinct from (coalesce(sums.held, 0), coalesce(sums.committed, 0))

  union all
  -- Units of an order: all assigned while it is open (once), handed over exactly as recorded, none left when it is
  -- cancelled.
  select 'order_items', item.variant_id, null,
    jsonb_build_object('order_item_id', item.id, 'fulfilled', item.fulfilled, 'claimed', owed.units,
      'returned', item.returned),
    jsonb_build_object('order_item_id', item.id, 'fulfilled', coalesce(sums.fulfilled, 0),
      'claimed', coalesce(sums.claimed, 0),
      'returned', coalesce(came_back.units, 0))
  from public.order_items as item
  join public.orders on orders.id = item.order_id
  left join (
    select claims.order_item_id, sum(claims.quantity) as claimed, sum(claims.fulfilled) as fulfilled
    from public.claims
    group by claims.order_item_id
  ) as sums on sums.order_item_id = item.id
  left join (
    select order_returns.order_item_id, sum(order_returns.quantity) as units
    from public.order_returns
    group by order_returns.order_item_id
  ) as came_back on came_back.order_item_id = item.id
  cross join lateral (
    select case when orders.status = 'awaiting_payment'
      and sums.claimed is null then 0 else item.quantity - item.cancelled end as units
  ) as owed
  where (item.fulfilled, owed.units, item.returned)
    is distinct from (coalesce(sums.fulfilled, 0), coalesce(sums.claimed, 0), coalesce(came_back.units, 0))

  union all
  -- A cart holds no more units than its lines ask for.
  select 'cart_lines', held.variant_id, null,
    jsonb_build_object('cart_id', held.cart_id, 'at_most', coalesce(line.quantity, 0)),
    jsonb_build_object('cart_id', held.cart_id, 'held', held.units)
  from (
    select claims.cart_id, claims.variant_id, sum(claims.quantity) as units
    from public.claims where claims.cart_id is not null group by claims.cart_id, claims.variant_id
  ) as held
  left join public.cart_lines as line using (cart_id, variant_id)
  where held.units > coalesce(line.quantity, 0)
$$;
comment on function private.claims_drift() is
  'Where held, committed, an order''s assigned units or a cart''s holds differ from their sums.';

create function private.sales_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'sale movements', pair.variant_id, pair.location_id, jsonb_build_object('handed_over', pair.claimed),
    jsonb_build_object('handed_over', pair.moved)
  from (
    select variant_id, location_id, coalesce(claimed.units, 0) as claimed, coalesce(moved.units, 0) as moved
    from (
      select claims.variant_id, claims.location_id, sum(claims.fulfilled) as units
      from public.claims group by claims.variant_id, claims.location_id
    ) as claimed
    full join (
      select movement.variant_id, movement.location_id, -sum(movement.delta) as units
      from public.stock_movements as movement where movement.reason = 'sale'
        group by movement.variant_id, movement.location_id
    ) as moved using (variant_id, location_id)
  ) as pair
  where pair.claimed <> pair.moved
$$;
comment on function private.sales_drift() is 'Where units handed over differ between claims and the ledger.';

create function private.orders_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select 'orders', null::uuid, null::uuid,
    jsonb_build_object('order_id', orders.id, 'units', sums.units, 'subtotal_minor', sums.total_minor,
      'discount_minor', sums.discount_minor, 'tax_minor', tax.minor, 'amount_minor', orders.total_minor,
      'open', sums.open_units > 0, 'sold', orders.placed_at),
    jsonb_build_object('order_id', orders.id, 'units', orders.units, 'subtotal_minor', orders.subtotal_minor,
      'discount_minor', orders.discount_minor, 'tax_minor', orders.tax_minor, 'amount_minor', payment.amount_minor,
      'open', orders.status in ('awaiting_payment', 'placed'), 'sold', sums.sold_at)
  from public.orders
  left join public.payments as payment on payment.order_id = orders.id
  left join (
    select item.order_id, sum(item.quantity) as units, sum(item.total_minor) as total_minor,
      sum(item.discount_minor) as discount_minor, sum(item.tax_minor) as tax_minor,
      sum(item.quantity - item.fulfilled - item.cancelled) as open_units, min(item.sold_at) as sold_at
    from public.order_items as item
    group by item.order_id
  ) as sums on sums.order_id = orders.id
  cross join lateral (
    select case when orders.delivery_minor = 0 then sums.tax_minor else (
      select sum((part ->> 'tax_minor')::bigint)
      from jsonb_array_elements(private.order_taxes(orders.id)) as part
    ) end as minor
  ) as tax
  where (sums.units, sums.total_minor, sums.discount_minor, tax.minor, orders.total_minor, sums.open_units > 0,
      orders.placed_at)
    is distinct from
    (orders.units, orders.subtotal_minor, orders.discount_minor, orders.tax_minor, payment.amount_minor,
      orders.status in ('awaiting_payment', 'placed'), sums.sold_at);
end;
$$;
comment on function private.orders_drift() is
  'Where an order differs from the sum of its items, its payment from its total, or its tax from that of its parts.';

create function private.sales_sums_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'sales_by_variant', variant_id, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select item.variant_id, sum(item.quantity) as sold, sum(item.cancelled) as cancelled,
      sum(item.returned) as returned,
      sum((item.quantity - item.cancelled - item.returned) * item.price_minor::bigint) as revenue_minor
    from public.order_items as item
    where item.sold_at is not null
    group by item.variant_id
  ) as expected
  full join (
    select sales.variant_id, sales.sold, sales.cancelled, sales.returned, sales.revenue_minor
      from public.sales_by_variant as sales
  ) as actual using (variant_id)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  select 'sales_by_minute', null, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select date_trunc('minute', item.sold_at, 'UTC') as minute, count(distinct item.order_id) as orders,
      sum(item.quantity) as units,
      sum(item.total_minor) as revenue_minor, sum(item.cancelled + item.returned) as cancelled_or_returned,
      sum((item.cancelled + item.returned) * item.price_minor::bigint) as cancelled_or_returned_minor
    from public.order_items as item
    where item.sold_at is not null
    group by 1
  ) as expected
  full join (
    select sales.minute, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor,
      sum(sales.cancelled_or_returned) as cancelled_or_returned,
      sum(sales.cancelled_or_returned_minor) as cancelled_or_returned_minor
    from public.sales_by_minute as sales
    group by sales.minute
  ) as actual using (minute)
  where to_jsonb(expected) is distinct from to_jsonb(actual)
$$;
comment on function private.sales_sums_drift() is 'Where the sums of sales differ from the order items.';

create function private.customers_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'customers', null::uuid, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select orders.user_id, count(*) as orders, count(*) filter (where orders.status = 'cancelled') as cancelled,
      sum(orders.total_minor) as total_minor
    from public.orders
    where orders.placed_at is not null and orders.user_id is not null
    group by orders.user_id
  ) as expected
  full join (
    select customer.user_id, customer.orders, customer.cancelled, customer.total_minor from public.customers as customer
  ) as actual using (user_id)
  where to_jsonb(expected) is distinct from to_jsonb(actual)
$$;
comment on function private.customers_drift() is 'Where the counts of a customer differ from their orders.';

create function private.payments_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  -- Money: captured money pays for units of an order, or is due back.
  select 'payments', null::uuid, null::uuid,
    jsonb_build_object('order_id', orders.id, 'at_most', worth.minor),
    jsonb_build_object('order_id', orders.id, 'kept_minor', payment.captured_minor - payment.refund_due_minor)
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  cross join lateral (
    select case when orders.status in ('placed', 'fulfilled') then private.order_worth(orders.id) else 0 end as minor
  ) as worth
  where payment.captured_minor - payment.refund_due_minor > worth.minor

  union all
  select 'idempotency_keys', null, null, jsonb_build_object('key', asked.key, 'response', true),
    jsonb_build_object('key', asked.key, 'response', false)
  from private.idempotency_keys as asked
  where asked.response is null
$$;
comment on function private.payments_drift() is
  'Where captured money pays for nothing and is not due for refund, and idempotency keys without a response.';

create function private.inventory_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_check regprocedure;
begin
  for v_check in
    select pg_proc.oid
    from pg_catalog.pg_proc
    where pg_proc.pronamespace = 'private'::regnamespace
      and pg_proc.proname like '%\_drift'
      and pg_proc.proname <> 'inventory_drift'
    order by pg_proc.proname
  loop
    return query execute format('select * from %s', v_check);
  end loop;
end;
$$;
comment on function private.inventory_drift() is
  'See public.verify_inventory, which asks for a role first. Every function named private.<noun>_drift() with these
   columns is part of the proof, whichever migration brings it.';

create function private.verify_inventory()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return query select * from private.inventory_drift();
end;
$$;
comment on function private.verify_inventory() is 'See public.verify_inventory.';

create function public.verify_inventory()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
set search_path = ''
as $$
  select * from private.verify_inventory()
$$;
comment on function public.verify_inventory() is
  'Every row where an aggregate differs from what its ledger adds up to: no row, always. Staff of any role.';

revoke execute on function public.verify_inventory() from public, anon;
grant execute on function public.verify_inventory(), private.verify_inventory() to authenticated, service_role;
