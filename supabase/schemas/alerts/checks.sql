-- The rules -------------------------------------------------------------------------------------------------------

create function private.pace_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'unusual_pace'::public.alert_kind, 'unusual_pace:' || recent.variant_id, recent.variant_id, null::uuid,
    jsonb_build_object('sold', recent.sold, 'since', recent.since, 'usual', round(usual.units, 1))
  from (
    select pace.variant_id, edge.since, sum(pace.units) as sold
    from (select private.quarter_hour(at - interval '1 hour') as since) as edge
    join public.sales_pace as pace on pace.quarter_hour >= edge.since and pace.quarter_hour <= at
    group by pace.variant_id, edge.since
    having sum(pace.units) >= 10
  ) as recent
  join public.variants on variants.id = recent.variant_id and variants.created_at < at - interval '1 day'
  cross join lateral (
    select coalesce(sum(pace.units), 0)
      * extract(epoch from at - recent.since)
      / extract(epoch from recent.since - greatest(variants.created_at, recent.since - interval '28 days')) as units
    from public.sales_pace as pace
    where pace.variant_id = recent.variant_id
      and pace.quarter_hour >= recent.since - interval '28 days' and pace.quarter_hour < recent.since
  ) as usual
  where recent.sold > 4 * usual.units and recent.sold > usual.units + 6 * sqrt(usual.units)
$$;
comment on function private.pace_alerts(timestamptz) is
  'Of a variant on sale for a day at least ten units went in the last hour (to the quarter hour before), more than four
   times as many as usual in such a time over 28 days, and by more than six standard deviations of a Poisson count of
   that mean.';

create function private.document_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'no_document'::public.alert_kind, 'no_document:' || movement.variant_id || ':' || movement.location_id,
    movement.variant_id, null::uuid,
    jsonb_build_object('location_id', movement.location_id, 'units', sum(movement.delta), 'movements', count(*),
      'actor', (array_agg(movement.actor order by movement.id desc))[1], 'last_at', max(movement.created_at))
  from public.stock_movements as movement
  where movement.document is null and movement.note is null and movement.reason in ('receive', 'return', 'correction')
    and movement.created_at > at - interval '7 days'
    and not exists (
      select from public.stock_movements as counted
      where counted.variant_id = movement.variant_id and counted.location_id = movement.location_id
        and counted.id > movement.id and counted.reason = 'recount'
    )
  group by movement.variant_id, movement.location_id
  having abs(sum(movement.delta)) >= 10
$$;
comment on function private.document_alerts(timestamptz) is
  'Levels where staff moved ten units or more within seven days without a reference and a note. The alert ends when the
   movements are undone or the level is recounted.';

create function private.hoarding_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  with held as (
    select claims.variant_id, claims.quantity, claims.expires_at, claims.location_id, claims.id,
      -- An account, a network, or a guest of whom no network is known.
      coalesce(carts.user_id::text, claims.network, carts.id::text) as holder, claims.cart_id
    from public.claims
    join public.carts on carts.id = claims.cart_id
    where claims.expires_at > at
  )
  select 'hoarding'::public.alert_kind, 'hoarding:' || holder.variant_id || ':' || holder.holder, holder.variant_id,
    null::uuid,
    jsonb_build_object('held', holder.held, 'left', availability.available, 'until', holder.until,
      'location_id', holder.location_id,
      'carts', holder.carts)
  from (
    select held.variant_id, held.holder, sum(held.quantity) as held, max(held.expires_at) as until,
      count(distinct held.cart_id) as carts,
      (array_agg(held.location_id order by held.quantity desc, held.id))[1] as location_id
    from held
    group by held.variant_id, held.holder
    having sum(held.quantity) >= 5
  ) as holder
  join public.availability on availability.variant_id = holder.variant_id
  where holder.held >= availability.available
  union all
  select 'hoarding'::public.alert_kind, 'hoarding:shop:' || holder.holder, null::uuid, null::uuid,
    jsonb_build_object('held', holder.held, 'left', holder.left, 'until', holder.until, 'location_id', null,
      'carts', holder.carts)
  from (
    select held.holder, sum(held.quantity) as held, max(held.expires_at) as until,
      count(distinct held.cart_id) as carts,
      (select sum(totals.on_hand - totals.held - totals.committed) from public.stock_totals as totals) as left
    from held
    group by held.holder
    having sum(held.quantity) >= 20
  ) as holder
  where holder.held >= holder.left / 4.0
$$;
comment on function private.hoarding_alerts(timestamptz) is
  'By sums, however many carts they are in: an account, the guests of a network, or a guest holds five units or more of
   a variant, and at least as many as are left for all others; or twenty units or more of the whole shop, and at least a
   quarter of what is left there.';

create function private.drift_alerts()
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'drift'::public.alert_kind, concat_ws(':', 'drift', drift.aggregate, drift.variant_id, drift.location_id),
    drift.variant_id, null::uuid,
    jsonb_build_object('aggregate', drift.aggregate, 'location_id', drift.location_id, 'rows', count(*),
      'expected', (array_agg(drift.expected))[1], 'actual', (array_agg(drift.actual))[1])
  from private.inventory_drift() as drift
  group by drift.aggregate, drift.variant_id, drift.location_id
  limit 50
$$;
comment on function private.drift_alerts() is 'A row of verify_inventory.';

create function private.delivery_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'late_delivery'::public.alert_kind, 'late_delivery:' || delivery.id, null::uuid, delivery.id,
    jsonb_build_object('number', delivery.number, 'supplier', delivery.supplier,
      'from_location_id', delivery.from_location_id,
      'to_location_id', delivery.to_location_id, 'expected_on', delivery.expected_on,
      'outstanding', (select coalesce(sum(line.outstanding), 0) from public.delivery_lines as line
        where line.delivery_id = delivery.id))
  from public.deliveries as delivery
  cross join public.shop_settings
  where delivery.status = 'expected' and delivery.expected_on < (at at time zone shop_settings.time_zone)::date
$$;
comment on function private.delivery_alerts(timestamptz) is
  'A delivery that is still expected, though the day it was for has ended on the shop''s clock.';

create function private.find_alerts()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_due public.alert_kind[];
  v_found private.found_alert[];
begin
  perform private.require_role('viewer');
  -- A second caller has nothing to do while the first one checks.
  with due as (
    select checks.kind from private.alert_checks as checks
    where checks.checked_at is null or checks.checked_at not between v_now - checks.every and v_now
    for update skip locked
  ), checked as (
    update private.alert_checks as checks set checked_at = v_now from due where checks.kind = due.kind
      returning checks.kind
  )
  select coalesce(array_agg(checked.kind), '{}') into v_due from checked;

  v_found := array(select rule from private.pace_alerts(v_now) as rule where 'unusual_pace' = any (v_due))
    || array(select rule from private.document_alerts(v_now) as rule where 'no_document' = any (v_due))
    || array(select rule from private.hoarding_alerts(v_now) as rule where 'hoarding' = any (v_due))
    || array(select rule from private.drift_alerts() as rule where 'drift' = any (v_due))
    || array(select rule from private.delivery_alerts(v_now) as rule where 'late_delivery' = any (v_due));

  update public.alerts
  set resolved_at = v_now
  where alerts.resolved_at is null
    and alerts.kind = any (v_due)
    and alerts.cause <> all (array(select each.cause from unnest(v_found) as each));
  insert into public.alerts (kind, cause, variant_id, delivery_id, evidence)
  select each.kind, each.cause, each.variant_id, each.delivery_id,
    each.evidence || jsonb_build_object('variant', private.label_of(each.variant_id))
  from unnest(v_found) as each
  order by each.cause
  on conflict (cause) where resolved_at is null do update
  set evidence = excluded.evidence
  where alerts.evidence <> excluded.evidence;
  update public.alerts
  set snoozed_until = null
  where alerts.resolved_at is null and alerts.snoozed_until <= v_now;
  return (select count(*) from public.alerts where alerts.resolved_at is null);
end;
$$;
comment on function private.find_alerts() is 'See public.find_alerts.';

create function public.find_alerts()
returns integer
language sql
set search_path = ''
as $$
  select private.find_alerts()
$$;
comment on function public.find_alerts() is
  'Runs each check that is due: opens alerts for new causes, updates the evidence of open ones, ends those whose cause
   is gone and wakes snoozed ones. Returns the number of open alerts. Staff of any role, and the scheduler. Raises
   role_required (403).';
