-- Acknowledge, assign and snooze ---------------------------------------------------------------------------------

create function private.change_alert(alert_id bigint, operation text, owner uuid, hours integer, idempotency_key uuid)
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
  v_response := private.begin_once(idempotency_key, operation, jsonb_build_array(alert_id, owner, hours));
  if v_response is not null then
    return v_response;
  end if;
  select * into v_before from public.alerts where alerts.id = change_alert.alert_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('alert_id', alert_id), 'Reload the page.');
  end if;
  if owner is not null and not exists (select from public.staff where staff.user_id = change_alert.owner
    and staff.active) then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'owner', 'problem', 'not on the staff',
      'value', owner),
      'Choose an active staff member.');
  end if;
  if hours not between 1 and 720 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'hours', 'problem', 'not 1 to 720', 'value', hours),
      'Let it wait for an hour or more, at most thirty days.');
  end if;
  update public.alerts
  set owner = coalesce(change_alert.owner, alerts.owner),
    acknowledged_at = coalesce(alerts.acknowledged_at, private.clock()),
    snoozed_until = coalesce(private.clock() + make_interval(hours => change_alert.hours), alerts.snoozed_until)
  where alerts.id = change_alert.alert_id and alerts.resolved_at is null
  returning * into v_after;
  if found then
    perform private.audit(operation, 'alert', alert_id::text, v_after.kind::text,
      jsonb_build_object('owner', v_before.owner, 'snoozed_until', v_before.snoozed_until),
      jsonb_build_object('owner', v_after.owner, 'snoozed_until', v_after.snoozed_until));
  end if;
  -- An alert that has ended since is returned unchanged.
  v_response := to_jsonb(coalesce(v_after, v_before));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.change_alert(bigint, text, uuid, integer, uuid) is
  'Acknowledges an alert, with an owner or a snooze when given. Returns it. See the public functions.';

create function public.acknowledge_alert(alert_id bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.change_alert(alert_id, 'acknowledge_alert', auth.uid(), null, idempotency_key)
$$;
comment on function public.acknowledge_alert(bigint, uuid) is
  'Acknowledges an alert and assigns it to the caller. Staff of role stock; returns it. Raises role_required (403),
   not_found (404), idempotency_key_reused (409).';

create function public.assign_alert(alert_id bigint, owner uuid, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.change_alert(alert_id, 'assign_alert', owner, null, idempotency_key)
$$;
comment on function public.assign_alert(bigint, uuid, uuid) is
  'Assigns an alert to a staff member. Otherwise as acknowledge_alert; invalid_input (422) when they are not active.';

create function public.snooze_alert(alert_id bigint, hours integer, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.change_alert(alert_id, 'snooze_alert', null, hours, idempotency_key)
$$;
comment on function public.snooze_alert(bigint, integer, uuid) is
  'Snoozes an alert for some hours, at most thirty days. Otherwise as acknowledge_alert; invalid_input (422) for
   more.';

revoke execute on function public.find_alerts(), public.acknowledge_alert(bigint, uuid),
  public.assign_alert(bigint, uuid, uuid),
  public.snooze_alert(bigint, integer, uuid)
from public, anon;
grant execute on function public.find_alerts(), private.find_alerts(), public.acknowledge_alert(bigint, uuid),
  public.assign_alert(bigint, uuid, uuid), public.snooze_alert(bigint, integer, uuid),
  private.change_alert(bigint, text, uuid, integer, uuid)
to authenticated, service_role;

-- Where the scheduler exists, it looks; where it does not, the shop's server does.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron') then
    perform cron.schedule('find-alerts', '1 minute', 'select public.find_alerts()');
  end if;
end;
$$;
