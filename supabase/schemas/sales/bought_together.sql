-- Products that are bought together: how many orders have both. Counted by a job, because an order of twenty products
-- has 190 pairs, for which no checkout should wait.

create table public.bought_together (
  product_id uuid references public.products (id) on delete cascade,
  other_id uuid references public.products (id) on delete cascade,
  orders integer not null check (orders >= 0),
  primary key (product_id, other_id)
);
comment on table public.bought_together is
  'For two products the number of placed orders with both, cancelled ones too; each pair is there in both directions.
   Kept by count_pairs.';
create index bought_together_most on public.bought_together (product_id, orders desc, other_id);
create index bought_together_by_other on public.bought_together (other_id);
alter table public.bought_together enable row level security;
revoke all on public.bought_together from anon, authenticated, service_role;
-- For the shop's server, whose product pages show it.
grant select on public.bought_together to service_role;

create table private.unpaired_orders (
  order_id uuid primary key references public.orders (id) on delete cascade
);
comment on table private.unpaired_orders is 'Placed orders that are not in bought_together yet.';
alter table private.unpaired_orders enable row level security;

create view private.order_pairs with (security_invoker = true) as
with bought as (
  select distinct item.order_id, variants.product_id
  from public.order_items as item
  join public.variants on variants.id = item.variant_id
), first as (
  select bought.*, row_number() over (partition by bought.order_id order by bought.product_id) as place from bought
)
select one.order_id, one.product_id, other.product_id as other_id
from first as one
join first as other on other.order_id = one.order_id and other.product_id <> one.product_id
where one.place <= 20 and other.place <= 20;
comment on view private.order_pairs is
  'The pairs of products in each order. Of an order with more than twenty products those of twenty.';

create function private.orders_await_pairs()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.unpaired_orders (order_id) values (new.id) on conflict do nothing;
  return null;
end;
$$;
comment on function private.orders_await_pairs() is 'A placed order is counted by the next run of count_pairs.';
create trigger orders_await_pairs_new after insert on public.orders
  for each row when (new.placed_at is not null) execute function private.orders_await_pairs();
create trigger orders_await_pairs after update of placed_at on public.orders
  for each row when (old.placed_at is null and new.placed_at is not null)
  execute function private.orders_await_pairs();

create function private.count_pairs(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  v_orders uuid[];
begin
  perform private.require_secret_key('Only the maintenance job of the shop counts.');
  -- A second server finds the job running and leaves it alone.
  if not pg_try_advisory_xact_lock(hashtextextended('onhand.count_pairs', 0)) then
    return 0;
  end if;
  with taken as (
    delete from private.unpaired_orders as unpaired
    where unpaired.order_id in (
      select waiting.order_id from private.unpaired_orders as waiting
      order by waiting.order_id
      limit least(greatest(coalesce(at_most, 200), 1), 1000)
    )
    returning unpaired.order_id
  )
  select coalesce(array_agg(taken.order_id), '{}') into v_orders from taken;
  insert into public.bought_together as known (product_id, other_id, orders)
  select pair.product_id, pair.other_id, count(*)
  from private.order_pairs as pair
  where pair.order_id = any (v_orders)
  group by 1, 2
  order by 1, 2
  on conflict (product_id, other_id) do update set orders = known.orders + excluded.orders;
  return cardinality(v_orders);
end;
$$;
comment on function private.count_pairs(integer) is 'See public.count_pairs.';

create function public.count_pairs(at_most integer default 200)
returns integer
language sql
set search_path = ''
as $$
  select private.count_pairs(at_most)
$$;
comment on function public.count_pairs(integer) is
  'Maintenance job: adds so many placed orders (1 to 1000) to bought_together. Returns their number; call it again while
   it is at_most. Needs no key: an order is counted once. For the secret key and the scheduler. Raises role_required
   (403).';

create function private.bought_together_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'bought_together', null::uuid, null::uuid, to_jsonb(counted), to_jsonb(known)
  from (
    select pair.product_id, pair.other_id, count(*)::integer as orders
    from private.order_pairs as pair
    join public.orders on orders.id = pair.order_id
    where orders.placed_at is not null
      and not exists (select from private.unpaired_orders as unpaired where unpaired.order_id = pair.order_id)
    group by 1, 2
  ) as counted
  full join public.bought_together as known using (product_id, other_id)
  where counted.orders is distinct from known.orders
$$;
comment on function private.bought_together_drift() is
  'Where two products are said to be in more or fewer orders together than they are.';

revoke execute on function public.count_pairs(integer) from public, anon, authenticated;
grant execute on function public.count_pairs(integer), private.count_pairs(integer) to service_role;
do $$
begin
  if exists (select from pg_extension where extname = 'pg_cron') then
    perform cron.schedule('count-pairs', '*/5 * * * *', 'select public.count_pairs(1000)');
  end if;
end;
$$;
