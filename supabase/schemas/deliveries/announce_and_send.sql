-- Operations of a delivery: announce or send it, receive it in parts, close it. Refusals: role_required,
-- invalid_input, not_found, insufficient_stock, delivery_closed, delivery_over, delivery_short, idempotency_key_reused.

create function private.lock_delivery(delivery_id uuid)
returns public.deliveries
language plpgsql
set search_path = ''
as $$
declare
  v_delivery public.deliveries;
begin
  select * into v_delivery from public.deliveries where deliveries.id = lock_delivery.delivery_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('delivery_id', delivery_id),
      'Reload the list of deliveries.');
  end if;
  if v_delivery.status = 'closed' then
    perform private.refuse(409, 'delivery_closed',
      jsonb_build_object('delivery_id', v_delivery.id, 'number', v_delivery.number),
      'Record these units as a separate delivery.');
  end if;
  return v_delivery;
end;
$$;
comment on function private.lock_delivery(uuid) is
  'A delivery that is still expected, locked. Raises not_found (404), delivery_closed (409).';

create function private.delivery_label(delivery public.deliveries)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(concat_ws(', ', case when delivery.from_location_id is null then 'delivery ' else 'transfer ' end
    || delivery.number, delivery.document), 120)
$$;
comment on function private.delivery_label(public.deliveries) is
  'The reference that the movements of a delivery carry: "transfer 7, VAN-3".';

create function private.delivery_source(delivery public.deliveries)
returns public.movement_source
language sql
immutable
set search_path = ''
as $$
  select case when delivery.from_location_id is null then 'delivery' else 'transfer' end::public.movement_source
$$;
comment on function private.delivery_source(public.deliveries) is
  'The source of the movements of a delivery: one from a supplier, or a transfer from another location.';

create function private.movement_lines(location_id uuid, lines jsonb, sign integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'location_id', movement_lines.location_id,
    'delta', movement_lines.sign * line.quantity, 'note', line.note)), '[]')
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer, note text)
  where line.quantity > 0
$$;
comment on function private.movement_lines(uuid, jsonb, integer) is
  'Lines [{variant_id, quantity, note?}] as ledger lines of one location, coming (1) or going (-1).';

-- announce_delivery and send_transfer ----------------------------------------------------------------------------

create function private.open_delivery(
  from_location_id uuid, supplier text, to_location_id uuid, lines jsonb, document text, expected_on date
)
returns public.deliveries
language plpgsql
set search_path = ''
as $$
declare
  v_delivery public.deliveries;
begin
  if length(trim(document)) not between 1 and 120 then
    perform private.refuse(422, 'invalid_input', '{"field": "document", "problem": "not 1 to 120 characters"}',
      'Type the number of the delivery note, or leave it out.');
  end if;
  insert into public.deliveries (from_location_id, supplier, to_location_id, document, expected_on)
  values (open_delivery.from_location_id, trim(open_delivery.supplier), open_delivery.to_location_id,
    trim(open_delivery.document), open_delivery.expected_on)
  returning * into v_delivery;
  insert into public.delivery_lines (delivery_id, variant_id, expected)
  select v_delivery.id, line.variant_id, sum(line.quantity)
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
  group by line.variant_id;
  insert into public.delivery_events (delivery_id, kind, detail)
  values (v_delivery.id, case when from_location_id is null then 'announced' else 'sent' end,
    jsonb_build_object('lines', lines));
  return v_delivery;
end;
$$;
comment on function private.open_delivery(uuid, text, uuid, jsonb, text, date) is
  'Writes a delivery with its lines; two lines of one variant are one. The caller has checked role and lines.';

create function private.announce_delivery(
  supplier text, to_location_id uuid, lines jsonb, idempotency_key uuid, document text, expected_on date
)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', to_location_id);
  v_response := private.begin_once(idempotency_key, 'announce_delivery',
    jsonb_build_array(supplier, to_location_id, lines, document, expected_on));
  if v_response is null then
    perform private.check_lines(lines, to_location_id);
    if length(trim(coalesce(supplier, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "supplier", "problem": "not 1 to 120 characters"}',
        'Say who sends it.');
    end if;
    v_response := to_jsonb(private.open_delivery(null, supplier, to_location_id, lines, document, expected_on));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.announce_delivery(text, uuid, jsonb, uuid, text, date) is 'See public.announce_delivery.';

create function public.announce_delivery(
  supplier text, to_location_id uuid, lines jsonb, idempotency_key uuid, document text default null,
  expected_on date default null
)
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.announce_delivery(supplier, to_location_id, lines, idempotency_key, document, expected_on)
$$;
comment on function public.announce_delivery(text, uuid, jsonb, uuid, text, date) is
  'Announces a delivery of a supplier: lines [{"variant_id", "quantity": units > 0}], up to 1000; staff of role stock.
   No units move. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   idempotency_key_reused (409).';

create function private.send_transfer(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text
)
returns public.deliveries
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_delivery public.deliveries;
begin
  perform private.require_role_at('stock', from_location_id);
  v_response := private.begin_once(idempotency_key, 'send_transfer',
    jsonb_build_array(from_location_id, to_location_id, lines, document));
  if v_response is null then
    perform private.check_lines(lines, from_location_id);
    perform private.check_places('{}', array[to_location_id]);
    if from_location_id = to_location_id then
      perform private.refuse(422, 'invalid_input', '{"field": "to_location_id", "problem": "same as from_location_id"}',
        'Choose two different locations.');
    end if;
    v_delivery := private.open_delivery(from_location_id, null, to_location_id, lines, document, null);
    perform private.move_stock(private.movement_lines(from_location_id, lines, -1), 'transfer',
      private.delivery_label(v_delivery),
      source_kind => 'transfer', source_id => v_delivery.id);
    v_response := to_jsonb(v_delivery);
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.send_transfer(uuid, uuid, jsonb, uuid, text) is 'See public.send_transfer.';

create function public.send_transfer(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text default null
)
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.send_transfer(from_location_id, to_location_id, lines, idempotency_key, document)
$$;
comment on function public.send_transfer(uuid, uuid, jsonb, uuid, text) is
  'Sends lines [{"variant_id", "quantity": units > 0}] off to another location, all or none: they leave now and are in
   transit until they are received; staff of role stock. For what is carried over at once see public.transfer_stock.
   Raises role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409), invalid_input (422),
   idempotency_key_reused (409).';
