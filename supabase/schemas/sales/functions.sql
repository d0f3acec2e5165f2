create function private.quarter_hour(moment timestamptz)
returns timestamptz
language plpgsql
immutable
set search_path = ''
as $$
begin
  return date_bin('15 minutes', moment, '2000-01-01 00:00:00+00');
end;
$$;
comment on function private.quarter_hour(timestamptz) is 'When the quarter of an hour began that this moment is in.';

create function private.session_stripe()
returns smallint
language plpgsql
set search_path = ''
as $$
declare
  v_stripe smallint := 0;
begin
  while not pg_try_advisory_xact_lock(hashtext('stripe'), v_stripe) loop
    v_stripe := v_stripe + 1;
  end loop;
  return v_stripe;
end;
$$;
comment on function private.session_stripe() is
  'The lowest stripe that no other open transaction writes to. Sums of the whole shop are stored in stripes, because
   one row would make orders wait for each other. No transaction waits for a stripe, so it has no place in the order of
   locks; there are as many stripes as there were concurrent writers.';

create function private.count_sales(placed public.sales_by_minute[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.sales_by_minute as sales (minute, stripe, orders, units, revenue_minor,
    cancelled_or_returned, cancelled_or_returned_minor)
  select each.* from unnest(placed) as each
  on conflict (minute, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    cancelled_or_returned = sales.cancelled_or_returned + excluded.cancelled_or_returned,
    cancelled_or_returned_minor = sales.cancelled_or_returned_minor + excluded.cancelled_or_returned_minor;

  insert into public.sales_by_quarter_hour as sales (quarter_hour, stripe, orders, units, revenue_minor,
    cancelled_or_returned, cancelled_or_returned_minor)
  select private.quarter_hour(each.minute), each.stripe, sum(each.orders), sum(each.units), sum(each.revenue_minor),
    sum(each.cancelled_or_returned), sum(each.cancelled_or_returned_minor)
  from unnest(placed) as each
  group by 1, 2
  on conflict (quarter_hour, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    cancelled_or_returned = sales.cancelled_or_returned + excluded.cancelled_or_returned,
    cancelled_or_returned_minor = sales.cancelled_or_returned_minor + excluded.cancelled_or_returned_minor;
end;
$$;
comment on function private.count_sales(public.sales_by_minute[]) is
  'Adds to the minutes, and to the quarters of an hour they are in.';

create function private.items_sell()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- In the order of variants, which is the order of their locks.
  insert into public.sales_by_variant as sales (variant_id, sold, cancelled, returned, revenue_minor)
  select added.variant_id, sum(added.quantity), sum(added.cancelled), sum(added.returned),
    sum((added.quantity - added.cancelled - added.returned) * added.price_minor::bigint)
  from added
  where added.sold_at is not null
  group by added.variant_id
  order by added.variant_id
  on conflict (variant_id) do update
  set sold = sales.sold + excluded.sold, cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned, revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1, updated_at = now();

  insert into public.sales_pace as pace (variant_id, quarter_hour, units)
  select added.variant_id, private.quarter_hour(added.sold_at), sum(added.quantity - added.cancelled - added.returned)
  from added
  where added.sold_at is not null
  group by 1, 2
  order by 1, 2
  on conflict (variant_id, quarter_hour) do update
  set units = pace.units + excluded.units;

  perform private.count_sales(array(
    select row(date_trunc('minute', added.sold_at, 'UTC'), private.session_stripe(), count(distinct added.order_id),
      sum(added.quantity),
      sum(added.total_minor), sum(added.cancelled + added.returned),
      sum((added.cancelled + added.returned) * added.price_minor::bigint))::public.sales_by_minute
    from added
    where added.sold_at is not null
    group by date_trunc('minute', added.sold_at, 'UTC')
  ));
  return null;
end;
$$;
comment on function private.items_sell() is 'Items that are sold when they are made (paid on collection) are counted.';
create trigger items_sell after insert on public.order_items
  referencing new table as added
  for each statement execute function private.items_sell();

create function private.items_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.sales_by_variant as sales (variant_id, sold, cancelled, returned, revenue_minor)
  select each.variant_id, sum(each.sign * each.quantity), sum(each.sign * each.cancelled),
    sum(each.sign * each.returned),
    sum(each.sign * (each.quantity - each.cancelled - each.returned) * each.price_minor::bigint)
  from (
    select 1 as sign, changed.* from changed where changed.sold_at is not null
    union all
    select -1, before.* from before where before.sold_at is not null
  ) as each
  group by each.variant_id
  having sum(each.sign) <> 0 or sum(each.sign * each.cancelled) <> 0 or sum(each.sign * each.returned) <> 0
  order by each.variant_id
  on conflict (variant_id) do update
  set sold = sales.sold + excluded.sold, cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned, revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1, updated_at = now();

  insert into public.sales_pace as pace (variant_id, quarter_hour, units)
  select each.variant_id, private.quarter_hour(each.sold_at),
    sum(each.sign * (each.quantity - each.cancelled - each.returned))
  from (
    select 1 as sign, changed.* from changed where changed.sold_at is not null
    union all
    select -1, before.* from before where before.sold_at is not null
  ) as each
  group by 1, 2
  having sum(each.sign * (each.quantity - each.cancelled - each.returned)) <> 0
  order by 1, 2
  on conflict (variant_id, quarter_hour) do update
  set units = pace.units + excluded.units;

  perform private.count_sales(array(
    select row(moved.minute, private.session_stripe(), moved.orders, moved.units, moved.revenue_minor,
      moved.cancelled_or_returned, moved.cancelled_or_returned_minor)::public.sales_by_minute
    from (
      select date_trunc('minute', each.sold_at, 'UTC') as minute,
        count(distinct each.order_id) filter (where each.sign = 1) - count(distinct each.order_id)
          filter (where each.sign = -1) as orders,
        sum(each.sign * each.quantity) as units, sum(each.sign * each.total_minor) as revenue_minor,
        sum(each.sign * (each.cancelled + each.returned)) as cancelled_or_returned,
        sum(each.sign * (each.cancelled + each.returned) * each.price_minor::bigint) as cancelled_or_returned_minor
      from (
        select 1 as sign, changed.* from changed where changed.sold_at is not null
        union all
        select -1, before.* from before where before.sold_at is not null
      ) as each
      group by 1
    ) as moved
    where moved.units <> 0 or moved.cancelled_or_returned <> 0
  ));
  return null;
end;
$$;
comment on function private.items_change() is
  'Paid, cancelled or returned items are counted, at the time they were sold.';
create trigger items_change after update on public.order_items
  referencing old table as before new table as changed
  for each statement execute function private.items_change();

create function private.orders_count()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if new.user_id is null or new.placed_at is null then
    return null;
  end if;
  if tg_op = 'INSERT' or old.placed_at is null then
    insert into public.customers as customer (user_id, orders, total_minor)
    values (new.user_id, 1, new.total_minor)
    on conflict (user_id) do update
    set orders = customer.orders + 1,
      total_minor = customer.total_minor + excluded.total_minor,
      updated_at = now();
  end if;
  if tg_op = 'UPDATE' and old.status <> 'cancelled' and new.status = 'cancelled' then
    update public.customers
    set cancelled = customers.cancelled + 1, updated_at = now()
    where customers.user_id = new.user_id;
  end if;
  return null;
end;
$$;
comment on function private.orders_count() is
  'A customer''s orders, counted when placed and when cancelled. Per row: an order is placed alone.';
create trigger orders_count after insert or update of status on public.orders
  for each row execute function private.orders_count();
