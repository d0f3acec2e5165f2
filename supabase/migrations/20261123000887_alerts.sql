-- Alerts: what somebody should look at, with the evidence. One open alert per cause; it ends by itself when its cause is
-- gone. What must be true:
--   1. Finding again changes nothing: a cause that stands keeps its alert, its owner and its history.
--   2. An alert is ended by private.find_alerts alone. People say that they saw it, whose it is, and until when it may wait.
-- The rules, each a function below: private.pace_alerts, document_alerts, hoarding_alerts, drift_alerts, delivery_alerts.

create type public.alert_kind as enum ('unusual_pace', 'no_document', 'hoarding', 'drift', 'late_delivery');
comment on type public.alert_kind is
  'A variant sells far above its usual rate; units moved and nothing says why; one holder has much of what is left; a sum
   differs from what it adds up to; a delivery is overdue.';

create table public.alerts (
  id bigint generated always as identity primary key,
  kind public.alert_kind not null,
  cause text not null,
  variant_id uuid references public.variants (id),
  delivery_id uuid references public.deliveries (id),
  evidence jsonb not null,
  owner uuid references public.staff (user_id),
  acknowledged_at timestamptz,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.alerts is 'What somebody should look at. Never deleted. Staff only; written by functions.';
comment on column public.alerts.cause is 'Names what is wrong; the same cause has one open alert.';
comment on column public.alerts.evidence is 'What was found, by kind: see the rules; and what its variant is called.';
comment on column public.alerts.owner is 'The colleague who looks after it; NULL: nobody yet.';
comment on column public.alerts.resolved_at is 'When its cause was found to be gone; NULL while it stands.';
create unique index alerts_once_per_cause on public.alerts (cause) where resolved_at is null;
create index alerts_by_variant on public.alerts (variant_id);
create index alerts_by_delivery on public.alerts (delivery_id);
create index alerts_by_owner on public.alerts (owner);
create trigger alerts_touch before update on public.alerts
  for each row execute function private.touch();

alter table public.alerts enable row level security;
revoke all on public.alerts from anon, authenticated, service_role;
grant select on public.alerts to authenticated, service_role;
create policy "staff see alerts" on public.alerts
  for select to authenticated using ((select private.staff_role()) is not null);

-- For document_alerts: few movements have neither.
create index stock_movements_unexplained on public.stock_movements (created_at)
  where document is null and note is null and reason in ('receive', 'return', 'correction');

create type private.found_alert as (kind public.alert_kind, cause text, variant_id uuid, delivery_id uuid, evidence jsonb);
comment on type private.found_alert is 'What a rule finds: an alert as it should stand open now.';

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
  'Of a variant on sale for a day at least ten units went in the last hour (to the quarter hour before), more than four times
   as many as usual in such a time over 28 days, and by more than six standard deviations of a Poisson count of that mean.';

create function private.document_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'no_document'::public.alert_kind, 'no_document:' || movement.variant_id || ':' || movement.location_id, movement.variant_id, null::uuid,
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
  'At one level ten units or more came or went in all within seven days, by movements of a person that name no paper and
   carry no note; gone once they are taken back, or the level is recounted.';

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
  select 'hoarding'::public.alert_kind, 'hoarding:' || holder.variant_id || ':' || holder.holder, holder.variant_id, null::uuid,
    jsonb_build_object('held', holder.held, 'left', availability.available, 'until', holder.until, 'location_id', holder.location_id,
      'carts', holder.carts)
  from (
    select held.variant_id, held.holder, sum(held.quantity) as held, max(held.expires_at) as until, count(distinct held.cart_id) as carts,
      (array_agg(held.location_id order by held.quantity desc, held.id))[1] as location_id
    from held
    group by held.variant_id, held.holder
    having sum(held.quantity) >= 5
  ) as holder
  join public.availability on availability.variant_id = holder.variant_id
  where holder.held >= availability.available
  union all
  select 'hoarding'::public.alert_kind, 'hoarding:shop:' || holder.holder, null::uuid, null::uuid,
    jsonb_build_object('held', holder.held, 'left', holder.left, 'until', holder.until, 'location_id', null, 'carts', holder.carts)
  from (
    select held.holder, sum(held.quantity) as held, max(held.expires_at) as until, count(distinct held.cart_id) as carts,
      (select sum(totals.on_hand - totals.held - totals.committed) from public.stock_totals as totals) as left
    from held
    group by held.holder
    having sum(held.quantity) >= 20
  ) as holder
  where holder.held >= holder.left / 4.0
$$;
comment on function private.hoarding_alerts(timestamptz) is
  'By sums, however many carts they are in: an account, the guests of a network, or a guest holds five units or more of a variant,
   and at least as many as are left for all others; or twenty units or more of the whole shop, and at least a quarter of what is
   left there.';

create function private.drift_alerts()
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'drift'::public.alert_kind, concat_ws(':', 'drift', drift.aggregate, drift.variant_id, drift.location_id), drift.variant_id, null::uuid,
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
    jsonb_build_object('number', delivery.number, 'supplier', delivery.supplier, 'from_location_id', delivery.from_location_id,
      'to_location_id', delivery.to_location_id, 'expected_on', delivery.expected_on,
      'outstanding', (select coalesce(sum(line.outstanding), 0) from public.delivery_lines as line where line.delivery_id = delivery.id))
  from public.deliveries as delivery
  cross join public.shop_settings
  where delivery.status = 'expected' and delivery.expected_on < (at at time zone shop_settings.time_zone)::date
$$;
comment on function private.delivery_alerts(timestamptz) is 'A delivery that is still expected, though the day it was for has ended on the shop''s clock.';

-- find_alerts -----------------------------------------------------------------------------------------------------

create table private.alert_checks (
  kind public.alert_kind primary key,
  every interval not null,
  checked_at timestamptz
);
comment on table private.alert_checks is 'How often each rule is asked, and when it last was: proving every sum takes longer than looking at holds.';
alter table private.alert_checks enable row level security;
insert into private.alert_checks (kind, every) values
  ('unusual_pace', '1 minute'), ('no_document', '5 seconds'), ('hoarding', '5 seconds'), ('drift', '15 minutes'), ('late_delivery', '1 minute');

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
  -- Whoever comes second while somebody is looking has nothing to do.
  with due as (
    select checks.kind from private.alert_checks as checks
    where checks.checked_at is null or checks.checked_at not between v_now - checks.every and v_now
    for update skip locked
  ), checked as (
    update private.alert_checks as checks set checked_at = v_now from due where checks.kind = due.kind returning checks.kind
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
  'Asks each rule that is due: raises alerts for new causes, brings the evidence of standing ones up to date, ends those whose
   cause is gone, wakes those that have waited long enough. Returns how many are open. Staff of any role, and the scheduler.
   Raises role_required (403).';

-- What people do with them ------------------------------------------------------------------------------------------

create function private.tend_alert(alert_id bigint, gesture text, owner uuid, hours integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_before public.alerts;
  v_after public.alerts;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, gesture, jsonb_build_array(alert_id, owner, hours));
  if v_response is not null then
    return v_response;
  end if;
  select * into v_before from public.alerts where alerts.id = tend_alert.alert_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('alert_id', alert_id), 'Reload the page.');
  end if;
  if owner is not null and not exists (select from public.staff where staff.user_id = tend_alert.owner and staff.active) then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'owner', 'problem', 'not a colleague', 'value', owner),
      'Choose somebody who works here.');
  end if;
  if hours not between 1 and 720 then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'hours', 'problem', 'not 1 to 720', 'value', hours),
      'Let it wait for an hour or more, at most thirty days.');
  end if;
  update public.alerts
  set owner = coalesce(tend_alert.owner, alerts.owner),
    acknowledged_at = coalesce(alerts.acknowledged_at, private.clock()),
    snoozed_until = coalesce(private.clock() + make_interval(hours => tend_alert.hours), alerts.snoozed_until)
  where alerts.id = tend_alert.alert_id and alerts.resolved_at is null
  returning * into v_after;
  if found then
    perform private.audit(gesture, 'alert', alert_id::text, v_after.kind::text,
      jsonb_build_object('owner', v_before.owner, 'snoozed_until', v_before.snoozed_until),
      jsonb_build_object('owner', v_after.owner, 'snoozed_until', v_after.snoozed_until));
  end if;
  -- One that ended meanwhile needs nobody any more.
  v_response := to_jsonb(coalesce(v_after, v_before));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.tend_alert(bigint, text, uuid, integer, uuid) is
  'Whatever is done with an alert: somebody has seen it, and perhaps it gets an owner or may wait. Returns it.';

create function public.acknowledge_alert(alert_id bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.tend_alert(alert_id, 'acknowledge_alert', auth.uid(), null, idempotency_key)
$$;
comment on function public.acknowledge_alert(bigint, uuid) is
  'The caller has seen an alert and looks after it from now on. Staff of role stock; returns it. Raises role_required (403),
   not_found (404), idempotency_key_reused (409).';

create function public.assign_alert(alert_id bigint, owner uuid, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.tend_alert(alert_id, 'assign_alert', owner, null, idempotency_key)
$$;
comment on function public.assign_alert(bigint, uuid, uuid) is
  'Gives an alert to a colleague. Otherwise as acknowledge_alert; invalid_input (422) when they do not work here.';

create function public.snooze_alert(alert_id bigint, hours integer, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.tend_alert(alert_id, 'snooze_alert', null, hours, idempotency_key)
$$;
comment on function public.snooze_alert(bigint, integer, uuid) is
  'Lets an alert wait for so many hours, at most thirty days. Otherwise as acknowledge_alert; invalid_input (422) for more.';

revoke execute on function public.find_alerts(), public.acknowledge_alert(bigint, uuid), public.assign_alert(bigint, uuid, uuid),
  public.snooze_alert(bigint, integer, uuid)
from public, anon;
grant execute on function public.find_alerts(), private.find_alerts(), public.acknowledge_alert(bigint, uuid),
  public.assign_alert(bigint, uuid, uuid), public.snooze_alert(bigint, integer, uuid),
  private.tend_alert(bigint, text, uuid, integer, uuid)
to authenticated, service_role;

-- Where the scheduler exists, it looks; where it does not, the shop's server does.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    perform cron.schedule('find-alerts', '1 minute', 'select public.find_alerts()');
  end if;
end;
$$;
