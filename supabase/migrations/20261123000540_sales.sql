-- Sales: sums over order items and orders, kept by the transaction that changes them and never counted on read.

create table public.sales_by_variant (
  variant_id uuid primary key references public.variants (id),
  sold integer not null default 0 check (sold >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  returned integer not null default 0 check (returned >= 0),
  revenue_minor bigint not null default 0,
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
comment on table public.sales_by_variant is 'Units sold, cancelled and returned since ever, and the money that stayed (minor units, tax included).';

create table public.sales_by_minute (
  minute timestamptz,
  stripe smallint check (stripe between 0 and 15),
  orders integer not null default 0,
  units integer not null default 0,
  revenue_minor bigint not null default 0,
  primary key (minute, stripe)
);
comment on table public.sales_by_minute is
  'What was placed in each minute; readers sum the stripes. Sixteen of them, one per connection modulo sixteen, because
   one row per minute would make every order of the shop wait for every other.';

create table public.customers (
  user_id uuid primary key references auth.users (id) on delete cascade,
  orders integer not null default 0 check (orders >= 0),
  cancelled integer not null default 0 check (cancelled between 0 and orders),
  total_minor bigint not null default 0,
  updated_at timestamptz not null default now()
);
comment on table public.customers is 'Orders of a signed-in person: how many were placed, how many of those cancelled, and their total as placed.';

create function private.items_sell()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- In the order of variants, which is the order of their locks; the minute comes last of all rows of a transaction.
  insert into public.sales_by_variant as sales (variant_id, sold, cancelled, returned, revenue_minor)
  select added.variant_id, sum(added.quantity), sum(added.cancelled), sum(added.returned),
    sum((added.quantity - added.cancelled - added.returned) * added.price_minor::bigint)
  from added
  where added.sold_at is not null
  group by added.variant_id
  order by added.variant_id
  on conflict (variant_id) do update
  set sold = sales.sold + excluded.sold,
    cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1,
    updated_at = now();

  insert into public.sales_by_minute as sales (minute, stripe, orders, units, revenue_minor)
  select date_trunc('minute', added.sold_at, 'UTC'), pg_backend_pid() % 16, count(distinct added.order_id),
    sum(added.quantity), sum(added.total_minor)
  from added
  where added.sold_at is not null
  group by 1
  on conflict (minute, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor;
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
  select each.variant_id, sum(each.sign * each.quantity), sum(each.sign * each.cancelled), sum(each.sign * each.returned),
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
  set sold = sales.sold + excluded.sold,
    cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1,
    updated_at = now();

  insert into public.sales_by_minute as sales (minute, stripe, orders, units, revenue_minor)
  select date_trunc('minute', paid.sold_at, 'UTC'), pg_backend_pid() % 16, count(distinct paid.order_id),
    sum(paid.quantity), sum(paid.total_minor)
  from (
    select changed.id, changed.sold_at, changed.order_id, changed.quantity, changed.total_minor from changed
    where changed.sold_at is not null
    except
    select before.id, before.sold_at, before.order_id, before.quantity, before.total_minor from before
  ) as paid
  group by 1
  on conflict (minute, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor;
  return null;
end;
$$;
comment on function private.items_change() is 'Paid, cancelled or returned items are counted.';
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
comment on function private.orders_count() is 'A customer''s orders, counted when placed and when cancelled. Per row: an order is placed alone.';
create trigger orders_count after insert or update of status on public.orders
  for each row execute function private.orders_count();

alter table public.sales_by_variant enable row level security;
alter table public.sales_by_minute enable row level security;
alter table public.customers enable row level security;
revoke all on public.sales_by_variant, public.sales_by_minute, public.customers from anon, authenticated, service_role;
grant select on public.sales_by_variant, public.sales_by_minute, public.customers to authenticated, service_role;
create policy "staff see what sells" on public.sales_by_variant
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see the minutes" on public.sales_by_minute
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see how often somebody bought" on public.customers
  for select to authenticated using ((select private.staff_role()) is not null);
