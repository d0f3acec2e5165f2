-- Alerts: problems for staff, with their evidence. There is one open alert per cause; it ends automatically when its
-- cause is gone. Invariants:
--   1. A repeated check changes nothing: a cause that persists keeps its alert, its owner and its history.
--   2. Only private.find_alerts ends an alert. Staff acknowledge, assign and snooze it.
-- The rules, each a function below: private.pace_alerts, document_alerts, hoarding_alerts, drift_alerts,
-- delivery_alerts.

create type public.alert_kind as enum ('unusual_pace', 'no_document', 'hoarding', 'drift', 'late_delivery');
comment on type public.alert_kind is
  'A variant sells far above its usual rate; units moved and nothing says why; one holder has much of what is left; a
   sum differs from what it adds up to; a delivery is overdue.';

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
comment on table public.alerts is 'Problems for staff to check. Never deleted. Staff only; written by functions.';
comment on column public.alerts.cause is 'Names what is wrong; the same cause has one open alert.';
comment on column public.alerts.evidence is 'The findings of the check, by kind, and the name of the variant.';
comment on column public.alerts.owner is 'The staff member the alert is assigned to; NULL: none yet.';
comment on column public.alerts.resolved_at is 'When a check found the cause gone; NULL while it persists.';
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

create type private.found_alert as (
  kind public.alert_kind, cause text, variant_id uuid, delivery_id uuid, evidence jsonb
);
comment on type private.found_alert is 'A finding of a check: an alert that is to be open now.';

-- find_alerts -----------------------------------------------------------------------------------------------------

create table private.alert_checks (
  kind public.alert_kind primary key,
  every interval not null,
  checked_at timestamptz
);
comment on table private.alert_checks is
  'How often each rule is asked, and when it last was: proving every sum takes longer than looking at holds.';
alter table private.alert_checks enable row level security;
insert into private.alert_checks (kind, every) values
  ('unusual_pace', '1 minute'), ('no_document', '5 seconds'), ('hoarding', '5 seconds'), ('drift', '15 minutes'),
    ('late_delivery', '1 minute');
