-- Parcels: an order that is sent leaves with a carrier, and mostly with a tracking number. Both are part of the event
-- that hands its units over; a correction is a later event. So the timeline is the record, and nothing is overwritten.
-- Refusals: role_required, location_not_yours, not_found, invalid_input, order_not_open,
-- idempotency_key_reused, busy.

create function private.parcel_in(value jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_carrier text := private.text_in(value -> 'carrier', 60);
  v_number text := upper(regexp_replace(left(value ->> 'tracking_number', 100), '[ \u00a0]', '', 'g'));
begin
  if v_carrier is null
    or jsonb_typeof(value -> 'tracking_number') not in ('string', 'null')
    or v_number !~ '^[0-9A-Z][0-9A-Z-]{3,39}$' then
    return null;
  end if;
  return jsonb_strip_nulls(jsonb_build_object('carrier', v_carrier, 'tracking_number', v_number));
end;
$$;
comment on function private.parcel_in(jsonb) is
  'A parcel, rebuilt from JSON: {carrier: one line of 1 to 60 characters, tracking_number: 4 to 40 of 0-9, A-Z and
   hyphens, without spaces, or absent}. NULL for anything else.';

alter table public.order_events
  add constraint order_events_have_true_parcels check (
    not (detail ? 'parcel') or (
      kind in ('handed_over', 'parcel_changed')
      and detail -> 'parcel' is not distinct from private.parcel_in(detail -> 'parcel')
    )
  ),
  add constraint order_events_change_a_parcel check (
    kind <> 'parcel_changed' or coalesce(jsonb_typeof(detail -> 'hand_over') = 'number', false)
  );

create function private.check_parcel(parcel jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_parcel jsonb := private.parcel_in(parcel);
begin
  if v_parcel is null then
    perform private.refuse(422, 'invalid_input',
      '{"field": "parcel", "problem": "not {carrier, tracking_number: 4 to 40 letters and digits}"}',
      'Type the carrier, and the tracking number as it is on the label.');
  end if;
  return v_parcel;
end;
$$;
comment on function private.check_parcel(jsonb) is 'As private.parcel_in; raises invalid_input (422) instead of NULL.';

create function private.hand_over_to_carrier(order_id uuid, hand_over bigint)
returns public.order_events
language plpgsql
stable
set search_path = ''
as $$
declare
  c_changes constant integer := 20;
  v_event public.order_events;
begin
  select event.* into v_event
  from public.order_events as event
  join public.orders on orders.id = event.order_id and orders.delivery = 'delivery'
  where event.id = hand_over_to_carrier.hand_over and event.order_id = hand_over_to_carrier.order_id
    and event.kind = 'handed_over';
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id, 'hand_over', hand_over),
      'Reload the order.');
  end if;
  if (
    select count(*) from public.order_events as event
    where event.order_id = hand_over_to_carrier.order_id and event.kind = 'parcel_changed'
  ) >= c_changes then
    perform private.refuse(422, 'invalid_input', '{"field": "parcel", "problem": "changed 20 times already"}',
      'Each change is an e-mail to the customer. Call them instead.');
  end if;
  return v_event;
end;
$$;
comment on function private.hand_over_to_carrier(uuid, bigint) is
  'The event by which units of an order left for its address. Raises not_found (404), and invalid_input (422) for
   an order whose parcels were changed 20 times. The caller has locked the order.';

create function private.change_parcel(order_id uuid, hand_over bigint, parcel jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_parcel jsonb;
  v_order public.orders;
  v_now jsonb;
begin
  perform private.require_role_for_order('stock', order_id);
  v_parcel := private.check_parcel(parcel);
  v_response := private.begin_once(
    idempotency_key, 'change_parcel', jsonb_build_array(order_id, hand_over, v_parcel)
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.erased_at is not null then
    perform private.refuse_state(v_order, 'The customer was erased from the order, and the parcel with them.');
  end if;
  v_now := (private.hand_over_to_carrier(order_id, hand_over)).detail -> 'parcel';
  v_now := coalesce((
    select event.detail -> 'parcel' from public.order_events as event
    where event.order_id = v_order.id and event.kind = 'parcel_changed'
      and event.detail -> 'hand_over' = to_jsonb(change_parcel.hand_over)
    order by event.id desc limit 1
  ), v_now);
  if v_now is distinct from v_parcel then
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
    insert into public.order_events (order_id, kind, detail)
    values (v_order.id, 'parcel_changed', jsonb_build_object('hand_over', hand_over, 'parcel', v_parcel));
  end if;
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.change_parcel(uuid, bigint, jsonb, uuid) is 'See public.change_parcel.';

create function public.change_parcel(order_id uuid, hand_over bigint, parcel jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.change_parcel(order_id, hand_over, parcel, idempotency_key);
end;
$$;
comment on function public.change_parcel(uuid, bigint, jsonb, uuid) is
  'Says with which carrier, and under which tracking number, the units of a hand-over travel, or corrects it: parcel
   {"carrier", "tracking_number"}, hand_over the id of the event; staff of role stock. The customer gets an e-mail when
   there is a number. The same again changes nothing. Returns the order as read_order does. Raises
   role_required (403), location_not_yours (403), not_found (404), invalid_input (422, also after 20 changes),
   order_not_open (409, the customer was erased), idempotency_key_reused (409), busy (503).';

revoke execute on function public.change_parcel(uuid, bigint, jsonb, uuid) from public, anon;
grant execute on function public.change_parcel(uuid, bigint, jsonb, uuid),
  private.change_parcel(uuid, bigint, jsonb, uuid) to authenticated, service_role;
