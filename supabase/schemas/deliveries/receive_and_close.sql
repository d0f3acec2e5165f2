-- receive_delivery -----------------------------------------------------------------------------------------------

create function private.add_arrivals(delivery_id uuid, lines jsonb, difference public.delivery_difference)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.delivery_lines (delivery_id, variant_id, expected)
  select distinct add_arrivals.delivery_id, came.variant_id, 0
  from jsonb_to_recordset(lines) as came (variant_id uuid)
  on conflict do nothing;
  update public.delivery_lines as line
  set received = line.received + came.units,
    difference = case when line.received + came.units > line.expected
      then coalesce(add_arrivals.difference, line.difference) end
  from (
    select line.variant_id, sum(line.quantity)::integer as units
    from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
    group by line.variant_id
  ) as came
  where line.delivery_id = add_arrivals.delivery_id and line.variant_id = came.variant_id;
end;
$$;
comment on function private.add_arrivals(uuid, jsonb, public.delivery_difference) is
  'Adds arrived units to the lines of a delivery. The caller has checked them.';

create function private.receive_delivery(
  delivery_id uuid, lines jsonb, idempotency_key uuid, difference public.delivery_difference
)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
  v_arrived jsonb;
  v_over jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'receive_delivery',
    jsonb_build_array(delivery_id, lines, difference));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    perform private.check_lines(lines, v_delivery.to_location_id);
    perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));

    -- Of each variant: what was announced arrives, what is beyond that is over.
    select jsonb_agg(jsonb_build_object('variant_id', came.variant_id,
      'quantity', least(came.units, coalesce(line.outstanding, 0)), 'note', came.note)),
      jsonb_agg(jsonb_build_object('variant_id', came.variant_id,
        'quantity', came.units - coalesce(line.outstanding, 0), 'note', came.note) order by came.variant_id)
        filter (where came.units > coalesce(line.outstanding, 0))
    into v_arrived, v_over
    from (
      select line.variant_id, sum(line.quantity)::integer as units, string_agg(distinct line.note, '; ') as note
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer, note text)
      group by line.variant_id
    ) as came
    left join public.delivery_lines as line on line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    if v_over is not null and coalesce(difference, 'lost') not in ('extra', 'swapped') then
      perform private.refuse(409, 'delivery_over', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_over),
        'Say why more came: extra or swapped. Or receive fewer.');
    end if;

    perform private.add_arrivals(v_delivery.id, lines, difference);
    perform private.move_stock(private.movement_lines(v_delivery.to_location_id, v_arrived, 1),
      case when v_delivery.from_location_id is null then 'receive' else 'transfer' end::public.movement_reason,
      private.delivery_label(v_delivery), source_kind => private.delivery_source(v_delivery),
      source_id => v_delivery.id);
    perform private.move_stock(private.movement_lines(v_delivery.to_location_id, coalesce(v_over, '[]'), 1),
      case when v_delivery.from_location_id is null then 'receive' else 'correction' end::public.movement_reason,
      private.delivery_label(v_delivery), receive_delivery.difference::text,
      source_kind => private.delivery_source(v_delivery), source_id => v_delivery.id);
    insert into public.delivery_events (delivery_id, kind, detail)
    values (v_delivery.id, 'received', jsonb_build_object('lines', lines, 'over', coalesce(v_over, '[]'),
      'difference', difference));
    update public.deliveries as received set updated_at = clock_timestamp() where received.id = v_delivery.id
      returning to_jsonb(received) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.receive_delivery(uuid, jsonb, uuid, public.delivery_difference) is
  'See public.receive_delivery.';

create function public.receive_delivery(
  delivery_id uuid, lines jsonb, idempotency_key uuid, difference public.delivery_difference default null
)
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.receive_delivery(delivery_id, lines, idempotency_key, difference)
$$;
comment on function public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference) is
  'Receives units of a delivery: lines [{"variant_id", "quantity": units > 0, "note"?}], all or none, as often as parts
   arrive; staff of role stock. A line''s note, such as its lot, is in the notes of the event and of its
   movements. Units beyond the announced ones need a difference (extra or swapped). For a transfer they
   become a correction, because no movement says that they left. Raises role_required (403), location_not_yours (403),
   not_found (404), delivery_closed (409), delivery_over (409: by how much), invalid_input (422),
   idempotency_key_reused (409).';

-- close_delivery -------------------------------------------------------------------------------------------------

create function private.close_delivery(delivery_id uuid, idempotency_key uuid, shorts jsonb)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
  v_open jsonb;
  v_back jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'close_delivery', jsonb_build_array(delivery_id, shorts));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    if jsonb_typeof(shorts) is distinct from 'object' or exists (
      select from jsonb_each_text(shorts) as said where not pg_input_is_valid(said.key, 'uuid')
        or said.value not in ('not_sent', 'lost', 'damaged')
    ) then
      perform private.refuse(422, 'invalid_input',
        '{"field": "shorts", "problem": "not {variant_id: not_sent | lost | damaged}"}',
        'Say for each variant that is missing what became of it.');
    end if;
    perform private.lock_variants(array(select line.variant_id from public.delivery_lines as line
      where line.delivery_id = v_delivery.id));

    select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'outstanding', line.outstanding)
      order by line.variant_id)
        filter (where shorts ->> line.variant_id::text is null),
      coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'quantity', line.outstanding))
        filter (where shorts ->> line.variant_id::text = 'not_sent'), '[]')
    into v_open, v_back
    from public.delivery_lines as line
    where line.delivery_id = v_delivery.id and line.outstanding > 0;
    if v_open is not null then
      perform private.refuse(409, 'delivery_short', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_open),
        'Say for each line that is short what became of it: not_sent, lost or damaged.');
    end if;

    update public.delivery_lines as line
    set missing = line.outstanding, difference = (shorts ->> line.variant_id::text)::public.delivery_difference
    where line.delivery_id = v_delivery.id and line.outstanding > 0;
    if v_delivery.from_location_id is not null and v_back <> '[]' then
      perform private.require_role_at('stock', v_delivery.from_location_id);
      perform private.move_stock(private.movement_lines(v_delivery.from_location_id, v_back, 1), 'transfer',
        private.delivery_label(v_delivery), 'not sent', source_kind => 'transfer', source_id => v_delivery.id);
    end if;
    insert into public.delivery_events (delivery_id, kind, detail)
      values (v_delivery.id, 'closed', jsonb_build_object('shorts', shorts));
    update public.deliveries as closed set status = 'closed' where closed.id = v_delivery.id
      returning to_jsonb(closed) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.close_delivery(uuid, uuid, jsonb) is 'See public.close_delivery.';

create function public.close_delivery(delivery_id uuid, idempotency_key uuid, shorts jsonb default '{}')
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.close_delivery(delivery_id, idempotency_key, shorts)
$$;
comment on function public.close_delivery(uuid, uuid, jsonb) is
  'Closes a delivery: shorts {variant_id: "not_sent" | "lost" | "damaged"} for every short variant; staff of role
   stock. Units of a transfer that were not sent return to their location, which needs the right to change stock there.
   Lost and damaged units leave transit and stay on the document. Raises role_required (403), location_not_yours (403),
   not_found (404), delivery_closed (409), delivery_short (409, the lines without a reason), invalid_input (422),
   idempotency_key_reused (409).';

-- read_delivery --------------------------------------------------------------------------------------------------

create function public.read_delivery(delivery_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'delivery', to_jsonb(delivery),
    'lines', (
      select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'title', products.title,
        'option_values', variants.option_values,
        'sku', variants.sku, 'barcode', variants.barcode, 'expected', line.expected, 'received', line.received,
        'missing', line.missing,
        'outstanding', line.outstanding, 'difference', line.difference) order by products.title, variants.position,
        line.variant_id), '[]')
      from public.delivery_lines as line
      join public.variants on variants.id = line.variant_id
      join public.products on products.id = variants.product_id
      where line.delivery_id = delivery.id
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('id', event.id, 'kind', event.kind, 'actor', event.actor,
        'created_at', event.created_at,
        'units', (select sum((line ->> 'quantity')::integer)
          from jsonb_array_elements(event.detail -> 'lines') as line),
        'notes', (select coalesce(jsonb_agg(distinct line -> 'note'), '[]')
          from jsonb_array_elements(event.detail -> 'lines') as line where line ? 'note')
        ) order by event.id desc), '[]')
      from public.delivery_events as event
      where event.delivery_id = delivery.id
    )
  )
  from public.deliveries as delivery
  where delivery.id = read_delivery.delivery_id
$$;
comment on function public.read_delivery(uuid) is
  'A delivery for staff: {delivery, lines with what they are called and scanned by, events, latest first}. NULL when
   there is none, or the caller is not staff: with the caller''s own rights.';

revoke execute on function
  public.announce_delivery(text, uuid, jsonb, uuid, text, date), public.send_transfer(uuid, uuid, jsonb, uuid, text),
  public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), public.close_delivery(uuid, uuid, jsonb),
  public.read_delivery(uuid)
from public, anon;
grant execute on function
  public.announce_delivery(text, uuid, jsonb, uuid, text, date), public.send_transfer(uuid, uuid, jsonb, uuid, text),
  public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), public.close_delivery(uuid, uuid, jsonb),
  public.read_delivery(uuid),
  private.announce_delivery(text, uuid, jsonb, uuid, text, date), private.send_transfer(uuid, uuid, jsonb, uuid, text),
  private.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), private.close_delivery(uuid, uuid, jsonb)
to authenticated, service_role;
