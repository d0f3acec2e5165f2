-- The numbers of the dashboard. Sales are stored sums (schemas/sales/tables.sql); this file stores the sums of all
-- stock and reads both in one snapshot. Reads count no rows: see docs/decisions/0025.

create table public.stock_totals (
  stripe smallint primary key check (stripe >= 0),
  on_hand bigint not null default 0,
  held bigint not null default 0,
  committed bigint not null default 0,
  on_hand_minor bigint not null default 0,
  held_minor bigint not null default 0
);
comment on table public.stock_totals is
  'Units of the whole shop, and what they are worth at today''s prices; readers sum the stripes
   (private.session_stripe).';
alter table public.stock_totals enable row level security;
revoke all on public.stock_totals from anon, authenticated, service_role;
grant select on public.stock_totals to authenticated, service_role;
create policy "staff see what all stock is worth" on public.stock_totals
  for select to authenticated using ((select private.staff_role()) is not null);

create function private.availability_total()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
begin
  if not exists (select from changed) then
    return null;
  end if;
  insert into public.stock_totals as total (stripe, on_hand, held, committed, on_hand_minor, held_minor)
  select private.session_stripe(), sum(each.on_hand), sum(each.held), sum(each.committed),
    sum(each.on_hand * each.price_minor), sum(each.held * each.price_minor)
  from (
    select moved.*, (select variants.price_minor from public.variants
      where variants.id = moved.variant_id)::bigint as price_minor
    from (
      select changed.variant_id, changed.on_hand, changed.held, changed.committed from changed
      union all
      select before.variant_id, -before.on_hand, -before.held, -before.committed from before
    ) as moved
  ) as each
  on conflict (stripe) do update
  set on_hand = total.on_hand + excluded.on_hand,
    held = total.held + excluded.held,
    committed = total.committed + excluded.committed,
    on_hand_minor = total.on_hand_minor + excluded.on_hand_minor,
    held_minor = total.held_minor + excluded.held_minor;
  return null;
end;
$$;
comment on function private.availability_total() is
  'Availability to the totals, at the price of the moment: under the variant''s lock it holds still.';
create trigger availability_total after update on public.availability
  referencing old table as before new table as changed
  for each statement execute function private.availability_total();

-- Before variants_relist by name, and locking what that will lock: all of a statement''s variants in one ascending
-- order.
create function private.variants_appraise()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_variants(array(
    select priced.id from (select id, price_minor, active from changed except select id, price_minor, active
      from before) as priced
  ));
  insert into public.stock_totals as total (stripe, on_hand_minor, held_minor)
  select private.session_stripe(), sum(availability.on_hand * each.price_minor),
    sum(availability.held * each.price_minor)
  from (
    select changed.id, changed.price_minor::bigint from changed
    union all
    select before.id, -before.price_minor::bigint from before
  ) as each
  join public.availability on availability.variant_id = each.id
  having count(*) > 0
  on conflict (stripe) do update
  set on_hand_minor = total.on_hand_minor + excluded.on_hand_minor,
    held_minor = total.held_minor + excluded.held_minor;
  return null;
end;
$$;
comment on function private.variants_appraise() is 'At another price the same units are worth something else.';
create trigger variants_appraise after update on public.variants
  referencing old table as before new table as changed
  for each statement execute function private.variants_appraise();

create function private.dashboard_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'sales_by_quarter_hour', null::uuid, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select private.quarter_hour(sales.minute) as quarter_hour, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor, sum(sales.cancelled_or_returned) as cancelled_or_returned,
      sum(sales.cancelled_or_returned_minor) as cancelled_or_returned_minor
    from public.sales_by_minute as sales
    group by 1
  ) as expected
  full join (
    select sales.quarter_hour, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor,
      sum(sales.cancelled_or_returned) as cancelled_or_returned,
      sum(sales.cancelled_or_returned_minor) as cancelled_or_returned_minor
    from public.sales_by_quarter_hour as sales
    group by sales.quarter_hour
  ) as actual using (quarter_hour)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  select 'sales_pace', variant_id, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select item.variant_id, private.quarter_hour(item.sold_at) as quarter_hour,
      sum(item.quantity - item.cancelled - item.returned) as units
    from public.order_items as item
    where item.sold_at is not null
    group by 1, 2
  ) as expected
  full join public.sales_pace as actual using (variant_id, quarter_hour)
  where coalesce(expected.units, 0) <> coalesce(actual.units, 0)
$$;
comment on function private.dashboard_drift() is
  'Where the sums of sales that the dashboard reads differ from what they add up to.';

create function private.stock_totals_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'stock_totals', null::uuid, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select coalesce(sum(units.on_hand), 0) as on_hand, coalesce(sum(units.held), 0) as held,
      coalesce(sum(units.committed), 0) as committed,
      coalesce(sum(units.on_hand * variants.price_minor), 0) as on_hand_minor,
      coalesce(sum(units.held * variants.price_minor), 0) as held_minor
    from (
      select movement.variant_id, movement.delta::bigint as on_hand, 0 as held, 0 as committed
        from public.stock_movements as movement
      union all
      select claims.variant_id, 0, case when claims.expires_at is not null then claims.quantity else 0 end,
        case when claims.expires_at is null then claims.quantity - claims.fulfilled else 0 end
      from public.claims
    ) as units
    join public.variants on variants.id = units.variant_id
  ) as expected
  cross join (
    select coalesce(sum(total.on_hand), 0) as on_hand, coalesce(sum(total.held), 0) as held,
      coalesce(sum(total.committed), 0) as committed,
      coalesce(sum(total.on_hand_minor), 0) as on_hand_minor, coalesce(sum(total.held_minor), 0) as held_minor
    from public.stock_totals as total
  ) as actual
  where to_jsonb(expected) <> to_jsonb(actual)
$$;
comment on function private.stock_totals_drift() is
  'Where the sums of all stock differ from the ledger and the claims.';

-- read_dashboard ----------------------------------------------------------------------------------------------

create function private.sales_between(edges timestamptz[], by_minute boolean)
returns table (bar integer, orders bigint, units bigint, cancelled_or_returned bigint, revenue_minor bigint)
language sql
stable
set search_path = ''
as $$
  select width_bucket(sales.began, edges), sum(sales.orders), sum(sales.units), sum(sales.cancelled_or_returned),
    sum(sales.revenue_minor)::bigint
  from (
    select each.minute as began, each.orders, each.units, each.cancelled_or_returned,
      each.revenue_minor - each.cancelled_or_returned_minor as revenue_minor
    from public.sales_by_minute as each
    where by_minute and each.minute >= edges[1] and each.minute < edges[cardinality(edges)]
    union all
    select each.quarter_hour, each.orders, each.units, each.cancelled_or_returned,
      each.revenue_minor - each.cancelled_or_returned_minor
    from public.sales_by_quarter_hour as each
    where not by_minute and each.quarter_hour >= edges[1] and each.quarter_hour < edges[cardinality(edges)]
  ) as sales
  group by 1
$$;
comment on function private.sales_between(timestamptz[], boolean) is
  'Orders placed between each of these moments and the next; revenue_minor is without cancelled and returned units.';

create function private.running_out(at timestamptz, at_most integer)
returns table (variant_id uuid, title text, option_values text[], sku text, available integer, sold bigint,
  since timestamptz)
language sql
stable
set search_path = ''
as $$
  with recent as (
    select pace.variant_id, sum(pace.units) as in_a_day,
      coalesce(sum(pace.units) filter (where pace.quarter_hour >= edge.hours), 0) as in_hours,
      coalesce(sum(pace.units) filter (where pace.quarter_hour >= edge.minutes), 0) as in_minutes,
      edge.day, edge.hours, edge.minutes
    from (
      select private.quarter_hour(at - interval '1 day') as day, private.quarter_hour(at - interval '2 hours') as hours,
        private.quarter_hour(at - interval '15 minutes') as minutes
    ) as edge
    join public.sales_pace as pace on pace.quarter_hour >= edge.day and pace.quarter_hour <= at
    group by pace.variant_id, edge.day, edge.hours, edge.minutes
    having sum(pace.units) > 0
  )
  select recent.variant_id, products.title, variants.option_values, variants.sku, availability.available, pace.sold,
    pace.since
  from recent
  cross join lateral (
    select
      case when in_minutes >= 10 then in_minutes when in_hours >= 10 then in_hours else in_a_day end as sold,
      case when in_minutes >= 10 then minutes when in_hours >= 10 then hours else day end as since
  ) as pace
  join public.availability on availability.variant_id = recent.variant_id and availability.available > 0
  join public.variants on variants.id = recent.variant_id and variants.active
  join public.products on products.id = variants.product_id and products.status = 'active'
  order by availability.available * extract(epoch from at - pace.since) / pace.sold, recent.variant_id
  limit at_most
$$;
comment on function private.running_out(timestamptz, integer) is
  'The variants that sell out first at their recent rate: units left, and units sold since when. Recent is the shortest
   of a quarter of an hour, two hours and a day (each to the quarter hour before) in which at least ten were sold, else
   the day.';

create function private.waited_for(at_most integer)
returns table (variant_id uuid, title text, option_values text[], sku text, in_line integer)
language sql
stable
set search_path = ''
as $$
  select availability.variant_id, products.title, variants.option_values, variants.sku, availability.in_line
  from public.availability
  join public.variants on variants.id = availability.variant_id
  join public.products on products.id = variants.product_id
  where availability.in_line > 0
  order by availability.in_line desc, availability.variant_id
  limit at_most
$$;
comment on function private.waited_for(integer) is 'The variants with the longest waitlists: demand without stock.';

-- long because all its numbers are read in one statement: they are of one moment.
create function private.read_dashboard(edges timestamptz[], at timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_by_minute boolean;
  v_minute timestamptz;
  v_span interval;
begin
  perform private.require_role('viewer');
  if coalesce(cardinality(edges), 0) not between 2 and 100 or at is null
    or not '2000-01-01' < all (edges || at) or not '2200-01-01' > all (edges || at)
    or edges <> array(select distinct edge from unnest(edges) as edge order by edge) then
    perform private.refuse(422, 'invalid_input', '{"field": "edges", "problem": "not 2 to 100 ascending moments"}',
      'Send when each bar begins, and when the last one ends.');
  end if;
  v_by_minute := edges[2] - edges[1] < interval '15 minutes';
  v_minute := date_trunc('minute', at, 'UTC');
  v_span := edges[cardinality(edges)] - edges[1];
  return (
    select jsonb_build_object(
      'version', (extract(epoch from clock_timestamp()) * 1000000)::bigint,
      'at', at,
      'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
      'bars', (
        select jsonb_agg(jsonb_build_object('from', edges[bar], 'orders', coalesce(sold.orders, 0),
          'units', coalesce(sold.units, 0),
          'cancelled_or_returned', coalesce(sold.cancelled_or_returned, 0),
          'revenue_minor', coalesce(sold.revenue_minor, 0)) order by bar)
        from generate_series(1, cardinality(edges) - 1) as bar
        left join private.sales_between(edges, v_by_minute) as sold using (bar)
      ),
      'before', (
        select jsonb_build_object('orders', coalesce(sum(sold.orders), 0), 'units', coalesce(sum(sold.units), 0),
          'cancelled_or_returned', coalesce(sum(sold.cancelled_or_returned), 0),
          'revenue_minor', coalesce(sum(sold.revenue_minor), 0))
        from private.sales_between(array[edges[1] - v_span, at - v_span], v_by_minute) as sold
      ),
      'minutes', (
        select jsonb_agg(coalesce(sold.units, 0) order by minute)
        from generate_series(v_minute - interval '59 minutes', v_minute, interval '1 minute') as minute
        left join (
          select sales.minute, sum(sales.units) as units
          from public.sales_by_minute as sales
          where sales.minute > v_minute - interval '1 hour' and sales.minute <= v_minute group by sales.minute
        ) as sold using (minute)
      ),
      'stock', (
        select jsonb_build_object('on_hand', coalesce(sum(total.on_hand), 0), 'held', coalesce(sum(total.held), 0),
          'committed', coalesce(sum(total.committed), 0), 'on_hand_minor', coalesce(sum(total.on_hand_minor), 0),
          'held_minor', coalesce(sum(total.held_minor), 0)) from public.stock_totals as total
      ),
      'running_out', (select coalesce(jsonb_agg(to_jsonb(soon)), '[]') from private.running_out(at, 8) as soon),
      'waited_for', (select coalesce(jsonb_agg(to_jsonb(line)), '[]') from private.waited_for(8) as line)
    )
  );
end;
$$;
comment on function private.read_dashboard(timestamptz[], timestamptz) is 'See public.read_dashboard.';

create function public.read_dashboard(edges timestamptz[], at timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_dashboard(edges, at)
$$;
comment on function public.read_dashboard(timestamptz[], timestamptz) is
  'The shop in numbers, all of one moment. edges: when each bar of the chart begins, and when the last one ends; 2 to
   100, on whole minutes, or on quarters of an hour where bars last that long or longer. at: now. Staff of any role.
   Returns bars and the same time before them ({orders, units, cancelled_or_returned: units, revenue_minor:
   what stayed}), minutes (units placed in each of the last sixty), stock (units, and their worth at today''s prices)
   running_out and waited_for (the longest waitlists). Raises role_required (403), invalid_input (422).';

revoke execute on function public.read_dashboard(timestamptz[], timestamptz) from public, anon;
grant execute on function public.read_dashboard(timestamptz[], timestamptz),
  private.read_dashboard(timestamptz[], timestamptz)
to authenticated, service_role;

-- An open dashboard is a live query like any other, so it has a room; nobody speaks there.
create policy "staff join the dashboard" on realtime.messages
  for select to authenticated
  using (extension = 'broadcast' and realtime.topic() like 'dashboard:%' and (select private.staff_role()) is not null);
