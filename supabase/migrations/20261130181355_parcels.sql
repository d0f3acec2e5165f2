set check_function_bodies = off;

DROP FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb);

DROP FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb);

create or replace function private.change_parcel(order_id uuid, hand_over bigint, parcel jsonb, idempotency_key uuid)
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

create or replace function private.check_parcel(parcel jsonb)
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

create or replace function private.erase_orders(order_ids uuid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  perform private.forget_customers(order_ids);
  update public.orders
  set email = 'erased-' || orders.number || '@erased.invalid', name = 'Erased', phone = null, token_hash = null,
    network = null,
    address = case when orders.address is not null then private.erased_address(orders.address) end,
    erased_at = private.clock()
  where orders.id = any (order_ids);
  get diagnostics v_done = row_count;
  delete from private.order_links as link where link.order_id = any (order_ids);
  perform set_config('onhand.erasing', 'on', true);
  update public.order_events as event set detail = event.detail - array['reason', 'parcel']
  where event.order_id = any (order_ids) and event.detail ?| array['reason', 'parcel'];
  perform set_config('onhand.erasing', '', true);
  return v_done;
end;
$$;

create or replace function private.fulfil_order(
  order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb, parcel jsonb
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_items bigint[];
  v_units integer[];
  v_lines private.item_line[];
  -- Part of the event and of the request only where there is one.
  v_parcel jsonb := '{}';
begin
  perform private.require_role_at('stock', location_id);
  if lines is not null then
    v_lines := private.item_lines(lines, come_back => false);
  end if;
  if parcel is not null then
    v_parcel := jsonb_build_object('parcel', private.check_parcel(parcel));
  end if;
  v_response := private.begin_once(
    idempotency_key, 'fulfil_order', jsonb_build_array(order_id, location_id, to_jsonb(v_lines))
      || case when v_parcel = '{}' then '[]' else v_parcel end
  );
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order can be handed over.');
  end if;
  if parcel is not null and v_order.delivery <> 'delivery' then
    perform private.refuse(422, 'invalid_input', '{"field": "parcel", "problem": "the order is collected"}',
      'Leave the parcel out.');
  end if;
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = v_order.id)
  );

  select asked.items, asked.units into v_items, v_units
  from private.units_to_fulfil(order_id, location_id, v_lines) as asked;
  update public.claims
  set fulfilled = claims.fulfilled + picked.units
  from unnest(v_items, v_units) as picked (item_id, units)
  where claims.order_item_id = picked.item_id and claims.location_id = fulfil_order.location_id;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
  select item.variant_id, fulfil_order.location_id, -picked.units, 'sale', 'order ' || v_order.number,
    'order', v_order.id
  from unnest(v_items, v_units) as picked (item_id, units)
  join public.order_items as item on item.id = picked.item_id
  order by item.variant_id;
  update public.order_items as item
  set fulfilled = item.fulfilled + picked.units
  from unnest(v_items, v_units) as picked (item_id, units)
  where item.id = picked.item_id;

  perform private.close_handed_over(v_order.id);
  insert into public.order_events (order_id, kind, detail)
  values (
    v_order.id, 'handed_over',
    jsonb_build_object('location_id', location_id, 'items', to_jsonb(v_items), 'units', to_jsonb(v_units)) || v_parcel
  );
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.hand_over_to_carrier(order_id uuid, hand_over bigint)
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

create or replace function private.mail_kind_of(event public.order_events)
returns public.mail_kind
language plpgsql
stable
set search_path = ''
as $$
begin
  case event.kind
    when 'placed' then return 'order_placed';
    when 'cancelled' then return 'order_cancelled';
    when 'rest_cancelled' then return 'order_reduced';
    when 'refunded' then return 'order_refunded';
    when 'payment_declined' then return 'payment_declined';
    when 'short' then
      return case when (event.detail ->> 'cancelled')::integer > 0 then 'order_reduced' end;
    when 'picked' then
      return (select 'order_ready' from public.orders
        where orders.id = event.order_id and orders.delivery = 'collection');
    when 'handed_over' then
      return (select 'order_sent' from public.orders
        where orders.id = event.order_id and orders.delivery = 'delivery');
    when 'parcel_changed' then
      return case when event.detail -> 'parcel' ? 'tracking_number' then 'order_sent' end;
    else return null;
  end case;
end;
$$;

create or replace function private.order_as_json(order_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select jsonb_build_object(
      'order_id', orders.id, 'number', orders.number, 'status', orders.status, 'version', orders.version,
      'ready', orders.status = 'placed' and private.units_to_pick(orders.id) = 0,
      'email', orders.email, 'name', orders.name, 'phone', orders.phone, 'delivery', orders.delivery,
      'collect_at', orders.collect_at, 'address', orders.address, 'currency', orders.currency, 'units', orders.units,
      'total_minor', orders.total_minor, 'tax_minor', orders.tax_minor, 'created_at', orders.created_at,
      'subtotal_minor', orders.subtotal_minor, 'discount_minor', orders.discount_minor,
      'delivery_minor', orders.delivery_minor, 'delivery_estimate', orders.delivery_estimate,
      'taxes', private.order_taxes(orders.id), 'worth_minor', private.order_worth(orders.id, with_returns => false),
      'kept_at', (
        select coalesce(jsonb_agg(distinct claim.location_id), '[]')
        from public.claims as claim
        join public.order_items as item on item.id = claim.order_item_id
        where item.order_id = orders.id and claim.quantity > claim.fulfilled
      ),
      'placed_at', orders.placed_at, 'cancelled_at', orders.cancelled_at, 'erase_asked_at', orders.erase_asked_at,
      'now', private.clock(),
      'payment', (
        select jsonb_build_object('payment_id', payment.id, 'provider', payment.provider, 'status', payment.status,
          'amount_minor', payment.amount_minor, 'captured_minor', payment.captured_minor,
          'refund_due_minor', payment.refund_due_minor, 'refunded_minor', payment.refunded_minor,
          'deadline', payment.deadline,
          'in_progress', coalesce(payment.attempt_at > private.clock() - interval '2 minutes', false))
        from public.payments as payment where payment.order_id = orders.id
      ),
      'items', (
        select jsonb_agg(to_jsonb(item) - 'order_id' order by item.title, item.id)
        from public.order_items as item where item.order_id = orders.id
      ),
      'events', (
        select jsonb_agg(
          jsonb_build_object('id', event.id, 'kind', event.kind, 'detail', event.detail, 'at', event.created_at)
          order by event.id
        )
        from public.order_events as event where event.order_id = orders.id
      )
    )
    from public.orders
    where orders.id = order_as_json.order_id
  );
end;
$$;

create or replace function private.parcel_in(value jsonb)
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

create or replace function private.release_claim(order_id uuid, idempotency_key uuid)
returns public.order_picking
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'release_claim', jsonb_build_array(order_id));
  if v_response is null then
    perform private.lock_order(order_id);
    update public.order_picking as picking
    set picker = null, leased_until = null
    where picking.order_id = release_claim.order_id and picking.picker = private.actor();
    if found then
      insert into public.order_events (order_id, kind) values (release_claim.order_id, 'let_go');
      update public.orders set updated_at = clock_timestamp() where orders.id = release_claim.order_id;
    end if;
    select to_jsonb(picking) into v_response from public.order_picking as picking
      where picking.order_id = release_claim.order_id;
    v_response := coalesce(v_response, '{}');
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.order_picking, v_response);
end;
$$;

create or replace function private.try_lease(order_id uuid)
returns public.order_picking
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_before uuid;
  v_lease public.order_picking;
begin
  select picking.picker into v_before from public.order_picking as picking where picking.order_id = try_lease.order_id;
  insert into public.order_picking as picking (order_id, picker, leased_until)
  values (try_lease.order_id, private.actor(), v_now + private.lease_time())
  on conflict on constraint order_picking_pkey do update
  set picker = excluded.picker, leased_until = excluded.leased_until
  where picking.picker is null or picking.picker = excluded.picker or picking.leased_until <= v_now
  returning * into v_lease;
  if found and v_before is distinct from v_lease.picker then
    insert into public.order_events (order_id, kind) values (try_lease.order_id, 'claimed');
    -- The buyer's page says that it is being packed.
    update public.orders set updated_at = clock_timestamp() where orders.id = try_lease.order_id;
    perform private.open_picks(try_lease.order_id);
  end if;
  return v_lease;
end;
$$;

create or replace function public.change_parcel(order_id uuid, hand_over bigint, parcel jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.change_parcel(order_id, hand_over, parcel, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."change_parcel"(uuid, bigint, jsonb, uuid) FROM "anon";

create or replace function public.fulfil_order(
  order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb default null, parcel jsonb default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.fulfil_order(order_id, location_id, idempotency_key, lines, parcel);
end;
$$;

REVOKE ALL ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) FROM "anon";

-- No row has a parcel yet, so validating only reads; orders are placed meanwhile.
ALTER TABLE "public"."order_events" ADD CONSTRAINT "order_events_change_a_parcel" CHECK (((kind <> 'parcel_changed'::text) OR COALESCE((jsonb_typeof((detail -> 'hand_over'::text)) = 'number'::text), false))) NOT VALID;

ALTER TABLE "public"."order_events" VALIDATE CONSTRAINT "order_events_change_a_parcel";

COMMENT ON FUNCTION "private"."change_parcel"(uuid, bigint, jsonb, uuid) IS 'See public.change_parcel.';

COMMENT ON FUNCTION "private"."check_parcel"(jsonb) IS 'As private.parcel_in; raises invalid_input (422) instead of NULL.';

COMMENT ON FUNCTION "private"."erase_orders"(uuid[]) IS 'Erases the person from these orders: account, e-mail, name, phone, address, network, the secrets of the order links,
   the reason typed for a cancellation, and the parcels. The caller holds the orders.';

COMMENT ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) IS 'See public.fulfil_order.';

COMMENT ON FUNCTION "private"."hand_over_to_carrier"(uuid, bigint) IS 'The event by which units of an order left for its address. Raises not_found (404), and invalid_input (422) for
   an order whose parcels were changed 20 times. The caller has locked the order.';

COMMENT ON FUNCTION "private"."parcel_in"(jsonb) IS 'A parcel, rebuilt from JSON: {carrier: one line of 1 to 60 characters, tracking_number: 4 to 40 of 0-9, A-Z and
   hyphens, without spaces, or absent}. NULL for anything else.';

COMMENT ON FUNCTION "public"."change_parcel"(uuid, bigint, jsonb, uuid) IS 'Says with which carrier, and under which tracking number, the units of a hand-over travel, or corrects it: parcel
   {"carrier", "tracking_number"}, hand_over the id of the event; staff of role stock. The customer gets an e-mail when
   there is a number. The same again changes nothing. Returns the order as read_order does. Raises
   role_required (403), location_not_yours (403), not_found (404), invalid_input (422, also after 20 changes),
   order_not_open (409, the customer was erased), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) IS 'Hands over units of a placed order from one location: lines [{"order_item_id", "quantity"}], or everything
   committed there when NULL; staff of role stock. Committed units are never measured against what is available.
   parcel {"carrier", "tracking_number"} says how they travel to an address; change_parcel corrects it. Returns the
   order. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409),
   not_allocated_here (409: wanted and allocated per line), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON TYPE "public"."mail_kind" IS 'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address, or
   their tracking number is known. order_reduced: units were cancelled. order_cancelled: all of them. order_refunded:
   money went back. payment_declined: can be paid again.';

REVOKE ALL ON FUNCTION "private"."change_parcel"(uuid, bigint, jsonb, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."change_parcel"(uuid, bigint, jsonb, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."change_parcel"(uuid, bigint, jsonb, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."check_parcel"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "private"."hand_over_to_carrier"(uuid, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."parcel_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."change_parcel"(uuid, bigint, jsonb, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."change_parcel"(uuid, bigint, jsonb, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."change_parcel"(uuid, bigint, jsonb, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb, jsonb) TO "service_role";

-- No row has a parcel yet, so validating only reads; orders are placed meanwhile.
ALTER TABLE "public"."order_events" ADD CONSTRAINT "order_events_have_true_parcels" CHECK (((NOT (detail ? 'parcel'::text)) OR ((kind = ANY (ARRAY['handed_over'::text, 'parcel_changed'::text])) AND (NOT ((detail -> 'parcel'::text) IS DISTINCT FROM private.parcel_in((detail -> 'parcel'::text))))))) NOT VALID;

ALTER TABLE "public"."order_events" VALIDATE CONSTRAINT "order_events_have_true_parcels";

reset check_function_bodies;
