-- cancel_order ------------------------------------------------------------------------------------------------

create function private.cancel_rest(closing public.orders, reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_worth bigint := private.order_worth(closing.id);
  v_put_back integer;
  v_handed_over boolean;
begin
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = closing.id)
  );

  delete from public.claims
  using public.order_items as item
  where item.order_id = closing.id and claims.order_item_id = item.id and claims.fulfilled = 0;
  update public.claims
  set quantity = claims.fulfilled
  from public.order_items as item
  where item.order_id = closing.id and claims.order_item_id = item.id and claims.quantity > claims.fulfilled;
  v_put_back := private.put_back_picks(closing.id);

  v_handed_over := exists (
    select from public.order_items as item where item.order_id = closing.id and item.fulfilled > 0
  );
  update public.payments as payment
  set status = case when payment.status = 'captured' or v_handed_over then payment.status else 'void' end
  where payment.order_id = closing.id;
  update public.orders
  set status = case when v_handed_over then 'fulfilled' else 'cancelled' end::public.order_status,
    cancelled_at = case when not v_handed_over then private.clock() end
  where orders.id = closing.id;
  insert into public.order_events (order_id, kind, detail)
  values (
    closing.id, case when v_handed_over then 'rest_cancelled' else 'cancelled' end,
    jsonb_build_object('reason', cancel_rest.reason, 'put_back', v_put_back)
  );
  update public.order_items as item
  set cancelled = item.quantity - item.fulfilled
  where item.order_id = closing.id and item.cancelled < item.quantity - item.fulfilled;
  perform private.add_refund_due(closing.id, v_worth);
end;
$$;
comment on function private.cancel_rest(public.orders, text) is
  'Cancels what was not handed over: units go back on the shelf, captured money becomes due for refund, that of the
   delivery too when nothing was handed over. Its event says
   how many units have to be put back from the box on the shelf (put_back). The caller has locked the order.';

create function private.cancel_order(order_id uuid, idempotency_key uuid, order_token text, reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_is_manager boolean := private.acts_as_shop(order_token) or coalesce(private.staff_role() >= 'manager', false);
begin
  if reason is not null and private.text_in(to_jsonb(reason), 200) is null then
    perform private.refuse(
      422, 'invalid_input', '{"field": "reason", "problem": "not one line of 1 to 200 characters"}',
      'Say why in one line, or leave it out.'
    );
  end if;
  v_response := private.begin_once(idempotency_key, 'cancel_order', jsonb_build_array(order_id,
    case when length(order_token) <= 200 then encode(sha256(convert_to(order_token, 'UTF8')), 'hex') end, reason));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not (v_is_manager or private.owns_order(v_order, order_token)) then
    if private.staff_role() is not null then
      perform private.require_role('manager');
    end if;
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  if v_order.status not in ('awaiting_payment', 'placed') then
    perform private.refuse_state(v_order, 'Nothing is left to cancel; what was handed over can be returned.');
  end if;
  if not v_is_manager
    and exists (select from public.order_items as item where item.order_id = v_order.id and item.fulfilled > 0) then
    perform private.refuse_state(v_order, 'Part of it has been handed over: ask the shop.');
  end if;

  perform private.cancel_rest(v_order, coalesce(reason, 'asked for'));
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.cancel_order(uuid, uuid, text, text) is 'See public.cancel_order.';

create function public.cancel_order(
  order_id uuid, idempotency_key uuid, order_token text default null, reason text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.cancel_order(order_id, idempotency_key, order_token, reason);
end;
$$;
comment on function public.cancel_order(uuid, uuid, text, text) is
  'The inverse of place_order: what was not handed over goes back on the shelf, captured money becomes due for refund.
   The buyer while nothing was handed over; managers always. Returns the order as read_order does. Raises
   role_required (403, to other staff), not_found (404), invalid_input (422), order_not_open (409, with the status),
   idempotency_key_reused (409), busy (503).';

-- confirm_order -----------------------------------------------------------------------------------------------

create function private.confirm_order(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_is_confirmed boolean := private.has_confirmed_email(auth.uid());
  v_is_buyer boolean;
  v_is_staff boolean := private.is_trusted() or coalesce(private.staff_role() >= 'stock', false);
begin
  v_is_buyer := v_is_confirmed and exists (
    select from public.orders where orders.id = confirm_order.order_id and orders.user_id = auth.uid()
  );
  if not v_is_buyer and (v_is_staff or not v_is_confirmed) then
    perform private.require_role_for_order('stock', order_id);
  end if;
  v_response := private.begin_once(idempotency_key, 'confirm_order', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  if not v_is_staff and not v_is_buyer then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link or the number.');
  end if;
  update public.payments as payment
  set deadline = null
  where payment.order_id = v_order.id and payment.status = 'due' and v_order.status = 'placed';
  if not found then
    perform private.refuse_state(v_order, 'Only a placed order that is paid on collection can be confirmed.');
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind) values (v_order.id, 'confirmed');
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.confirm_order(uuid, uuid) is 'See public.confirm_order.';

create function public.confirm_order(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.confirm_order(order_id, idempotency_key);
end;
$$;
comment on function public.confirm_order(uuid, uuid) is
  'Keeps an order that is paid on collection beyond its deadline; staff of role stock, or its buyer with a confirmed
   e-mail address. cancel_order ends it. Returns the order as read_order does. Raises role_required and
   location_not_yours (403), not_found (404), order_not_open (409), idempotency_key_reused (409), busy (503).';

-- fulfil_order ------------------------------------------------------------------------------------------------

create type private.item_line as (order_item_id bigint, quantity integer, outcome public.return_outcome);
comment on type private.item_line is
  'Units of one item of an order, as read from JSON; of those that come back, what becomes of them.';

create function private.item_lines(lines jsonb, come_back boolean)
returns private.item_line[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_lines private.item_line[];
  v_bad integer;
begin
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 1000
    or pg_column_size(lines) > 262144 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"order_item_id": 7, "quantity": 1}].');
  end if;
  select array_agg(
    row(
      private.whole_in(line -> 'order_item_id', 1, 999999999999999999), private.whole_in(line -> 'quantity', 1, 99),
      case
        when come_back and line ->> 'outcome' in ('restock', 'damaged', 'inspect')
          and jsonb_typeof(line -> 'outcome') = 'string'
          then (line ->> 'outcome')::public.return_outcome
      end
    )::private.item_line
    order by n
  )
  into v_lines
  from jsonb_array_elements(lines) with ordinality as given (line, n);
  select min(line.ordinality) - 1 into v_bad
  from unnest(v_lines) with ordinality as line
  where line.order_item_id is null or line.quantity is null;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', format('lines[%s]', v_bad),
      'problem', 'not {order_item_id, quantity: 1 to 99}'), 'Quantities are whole units above zero.');
  end if;
  if come_back and exists (select from unnest(v_lines) as line where line.outcome is null) then
    perform private.refuse(422, 'invalid_input', '{"field": "outcome", "problem": "not restock, damaged or inspect"}',
      'Say what becomes of each line.');
  end if;
  return v_lines;
end;
$$;
comment on function private.item_lines(jsonb, boolean) is
  'Reads [{order_item_id, quantity}], with an outcome each if they come back. Raises invalid_input (422) naming the
   first line that is not right.';

create function private.units_to_fulfil(
  order_id uuid, location_id uuid, lines private.item_line[], out items bigint[], out units integer[]
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_wrong jsonb;
begin
  -- Two lines of one item count together. Without lines: all units that are allocated here.
  select array_agg(asked.item_id), array_agg(asked.units),
    jsonb_agg(jsonb_build_object('order_item_id', asked.item_id, 'wanted', asked.units,
      'allocated', coalesce(claim.quantity - claim.fulfilled, 0)))
      filter (where asked.units > coalesce(claim.quantity - claim.fulfilled, 0))
  into items, units, v_wrong
  from (
    select line.order_item_id as item_id, sum(line.quantity)::integer as units
    from unnest(lines) as line
    group by 1
    union all
    select claims.order_item_id, claims.quantity - claims.fulfilled
    from public.claims
    join public.order_items as item on item.id = claims.order_item_id and item.order_id = units_to_fulfil.order_id
    where lines is null and claims.location_id = units_to_fulfil.location_id and claims.quantity > claims.fulfilled
  ) as asked
  left join public.order_items as item on item.id = asked.item_id and item.order_id = units_to_fulfil.order_id
  left join public.claims as claim on claim.order_item_id = item.id and claim.location_id = units_to_fulfil.location_id;
  if v_wrong is not null or items is null then
    perform private.refuse(
      409, 'not_allocated_here',
      jsonb_build_object('order_id', order_id, 'location_id', location_id, 'lines', coalesce(v_wrong, '[]')),
      'Hand over from the location the units are committed at.'
    );
  end if;
end;
$$;
comment on function private.units_to_fulfil(uuid, uuid, private.item_line[]) is
  'The items and units that a call of fulfil_order hands over. Raises not_allocated_here (409). The caller holds the
   order and its variants.';

create function private.close_handed_over(order_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_status public.order_status;
begin
  -- Always written, so that the version moves and open pages fetch what was handed over.
  update public.orders
  set status = case when exists (
      select from public.order_items as item
      where item.order_id = orders.id and item.fulfilled + item.cancelled < item.quantity
    ) then 'placed' else 'fulfilled' end::public.order_status,
    updated_at = clock_timestamp()
  where orders.id = close_handed_over.order_id
  returning orders.status into v_status;
  if v_status = 'fulfilled' then
    perform private.put_back_picks(order_id);
  end if;
end;
$$;
comment on function private.close_handed_over(uuid) is
  'Moves a placed order to its next version: fulfilled when no unit is left to hand over. The caller holds the order.';

create function private.hand_over_units(
  ordered public.orders, location_id uuid, items bigint[], units integer[], detail jsonb
)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.claims
  set fulfilled = claims.fulfilled + picked.units
  from unnest(items, units) as picked (item_id, units)
  where claims.order_item_id = picked.item_id and claims.location_id = hand_over_units.location_id;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
  select item.variant_id, hand_over_units.location_id, -picked.units, 'sale', 'order ' || ordered.number,
    'order', ordered.id
  from unnest(items, units) as picked (item_id, units)
  join public.order_items as item on item.id = picked.item_id
  order by item.variant_id;
  update public.order_items as item
  set fulfilled = item.fulfilled + picked.units
  from unnest(items, units) as picked (item_id, units)
  where item.id = picked.item_id;

  perform private.close_handed_over(ordered.id);
  insert into public.order_events (order_id, kind, detail)
  values (
    ordered.id, 'handed_over',
    jsonb_build_object('location_id', location_id, 'items', to_jsonb(items), 'units', to_jsonb(units)) || detail
  );
end;
$$;
comment on function private.hand_over_units(public.orders, uuid, bigint[], integer[], jsonb) is
  'Hands over committed units: claims, ledger, items, order and its event with this detail. The caller holds the order
   and its variants, and has checked the units.';

-- long because it is the order of locks, checks and writes of a handover, which must be read together.
create function private.fulfil_order(
  order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb, parcel jsonb, taken_as text
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
      || case when taken_as is null then '[]' else to_jsonb(taken_as) end
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
  if taken_as is not null then
    perform private.take_money(v_order, taken_as);
  end if;
  perform private.check_places('{}', array[location_id]);
  perform private.queue_for(
    array(select item.variant_id from public.order_items as item where item.order_id = v_order.id)
  );

  select asked.items, asked.units into v_items, v_units
  from private.units_to_fulfil(order_id, location_id, v_lines) as asked;
  perform private.hand_over_units(v_order, location_id, v_items, v_units, v_parcel);
  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.fulfil_order(uuid, uuid, uuid, jsonb, jsonb, text) is 'See public.fulfil_order.';

create function public.fulfil_order(
  order_id uuid, location_id uuid, idempotency_key uuid, lines jsonb default null, parcel jsonb default null,
  taken_as text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.fulfil_order(order_id, location_id, idempotency_key, lines, parcel, taken_as);
end;
$$;
comment on function public.fulfil_order(uuid, uuid, uuid, jsonb, jsonb, text) is
  'Hands over units of a placed order from one location: lines [{"order_item_id", "quantity"}], or everything
   committed there when NULL; staff of role stock. Committed units are never measured against what is available.
   parcel {"carrier", "tracking_number"} says how they travel to an address; change_parcel corrects it. taken_as (cash
   or card) first takes the money that is due at the counter, as take_payment does, or hands over nothing. Returns the
   order. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409),
   not_allocated_here (409: wanted and allocated per line), invalid_input (422), idempotency_key_reused (409).';
