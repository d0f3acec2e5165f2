-- What people do with a delivery: announce or send it, receive it in parts, close it. Refusals: role_required,
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
    perform private.refuse(404, 'not_found', jsonb_build_object('delivery_id', delivery_id), 'Reload the list of deliveries.');
  end if;
  if v_delivery.status = 'closed' then
    perform private.refuse(409, 'delivery_closed', jsonb_build_object('delivery_id', v_delivery.id, 'number', v_delivery.number),
      'Book what came as a delivery of its own.');
  end if;
  return v_delivery;
end;
$$;
comment on function private.lock_delivery(uuid) is 'A delivery that is still expected, locked. Raises not_found (404), delivery_closed (409).';

create function private.paper_of(delivery public.deliveries)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(concat_ws(', ', case when delivery.from_location_id is null then 'delivery ' else 'transfer ' end || delivery.number, delivery.document), 120)
$$;
comment on function private.paper_of(public.deliveries) is 'Under which name the movements of a delivery stand in the ledger: "transfer 7, VAN-3".';

create function private.deltas_at(location_id uuid, lines jsonb, sign integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'location_id', deltas_at.location_id, 'delta', deltas_at.sign * line.quantity)), '[]')
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
  where line.quantity > 0
$$;
comment on function private.deltas_at(uuid, jsonb, integer) is 'Lines [{variant_id, quantity}] as ledger lines of one location, coming (1) or going (-1).';

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
    perform private.refuse(422, 'invalid_input', '{"field": "document", "problem": "not 1 to 120 characters"}', 'Name the paper, or leave it out.');
  end if;
  insert into public.deliveries (from_location_id, supplier, to_location_id, document, expected_on)
  values (open_delivery.from_location_id, trim(open_delivery.supplier), open_delivery.to_location_id, trim(open_delivery.document), open_delivery.expected_on)
  returning * into v_delivery;
  insert into public.delivery_lines (delivery_id, variant_id, expected)
  select v_delivery.id, line.variant_id, sum(line.quantity)
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
  group by line.variant_id;
  insert into public.delivery_events (delivery_id, kind, detail)
  values (v_delivery.id, case when from_location_id is null then 'announced' else 'sent' end, jsonb_build_object('lines', lines));
  return v_delivery;
end;
$$;
comment on function private.open_delivery(uuid, text, uuid, jsonb, text, date) is 'Writes a delivery with its lines; two lines of one variant are one. The caller has checked role and lines.';

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
  v_response := private.begin_once(idempotency_key, 'announce_delivery', jsonb_build_array(supplier, to_location_id, lines, document, expected_on));
  if v_response is null then
    perform private.check_lines(lines, to_location_id);
    if length(trim(coalesce(supplier, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "supplier", "problem": "not 1 to 120 characters"}', 'Say who sends it.');
    end if;
    v_response := to_jsonb(private.open_delivery(null, supplier, to_location_id, lines, document, expected_on));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.announce_delivery(text, uuid, jsonb, uuid, text, date) is 'See public.announce_delivery.';

create function public.announce_delivery(
  supplier text, to_location_id uuid, lines jsonb, idempotency_key uuid, document text default null, expected_on date default null
)
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.announce_delivery(supplier, to_location_id, lines, idempotency_key, document, expected_on)
$$;
comment on function public.announce_delivery(text, uuid, jsonb, uuid, text, date) is
  'Says what a supplier will bring: lines [{"variant_id", "quantity": units > 0}], up to 1000; staff of role stock. Books
   nothing. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422), idempotency_key_reused (409).';

create function private.send_transfer(from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text)
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
  v_response := private.begin_once(idempotency_key, 'send_transfer', jsonb_build_array(from_location_id, to_location_id, lines, document));
  if v_response is null then
    perform private.check_lines(lines, from_location_id);
    perform private.check_places('{}', array[to_location_id]);
    if from_location_id = to_location_id then
      perform private.refuse(422, 'invalid_input', '{"field": "to_location_id", "problem": "same as from_location_id"}',
        'Choose two different locations.');
    end if;
    v_delivery := private.open_delivery(from_location_id, null, to_location_id, lines, document, null);
    perform private.move_stock(private.deltas_at(from_location_id, lines, -1), 'transfer', private.paper_of(v_delivery));
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
   Raises role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409), invalid_input (422), idempotency_key_reused (409).';

-- receive_delivery -----------------------------------------------------------------------------------------------

create function private.receive_delivery(delivery_id uuid, lines jsonb, idempotency_key uuid, difference public.delivery_difference)
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
  v_response := private.begin_once(idempotency_key, 'receive_delivery', jsonb_build_array(delivery_id, lines, difference));
  if v_response is null then
    v_delivery := private.lock_delivery(delivery_id);
    perform private.require_role_at('stock', v_delivery.to_location_id);
    perform private.check_lines(lines, v_delivery.to_location_id);
    perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));

    -- Of each variant: what was announced arrives, what is beyond that is over.
    select jsonb_agg(jsonb_build_object('variant_id', came.variant_id, 'quantity', least(came.units, coalesce(line.outstanding, 0)))),
      jsonb_agg(jsonb_build_object('variant_id', came.variant_id, 'quantity', came.units - coalesce(line.outstanding, 0)) order by came.variant_id)
        filter (where came.units > coalesce(line.outstanding, 0))
    into v_arrived, v_over
    from (
      select line.variant_id, sum(line.quantity)::integer as units
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
      group by line.variant_id
    ) as came
    left join public.delivery_lines as line on line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    if v_over is not null and coalesce(difference, 'lost') not in ('extra', 'swapped') then
      perform private.refuse(409, 'delivery_over', jsonb_build_object('delivery_id', v_delivery.id, 'lines', v_over),
        'Say why more came: extra or swapped. Or receive fewer.');
    end if;

    insert into public.delivery_lines (delivery_id, variant_id, expected)
    select distinct v_delivery.id, came.variant_id, 0
    from jsonb_to_recordset(lines) as came (variant_id uuid)
    on conflict do nothing;
    update public.delivery_lines as line
    set received = line.received + came.units,
      difference = case when line.received + came.units > line.expected then coalesce(receive_delivery.difference, line.difference) end
    from (
      select line.variant_id, sum(line.quantity)::integer as units
      from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
      group by line.variant_id
    ) as came
    where line.delivery_id = v_delivery.id and line.variant_id = came.variant_id;
    perform private.move_stock(private.deltas_at(v_delivery.to_location_id, v_arrived, 1),
      case when v_delivery.from_location_id is null then 'receive' else 'transfer' end::public.movement_reason, private.paper_of(v_delivery));
    perform private.move_stock(private.deltas_at(v_delivery.to_location_id, coalesce(v_over, '[]'), 1),
      case when v_delivery.from_location_id is null then 'receive' else 'correction' end::public.movement_reason, private.paper_of(v_delivery),
      receive_delivery.difference::text);
    insert into public.delivery_events (delivery_id, kind, detail)
    values (v_delivery.id, 'received', jsonb_build_object('lines', lines, 'over', coalesce(v_over, '[]'), 'difference', difference));
    update public.deliveries as received set updated_at = clock_timestamp() where received.id = v_delivery.id returning to_jsonb(received) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.receive_delivery(uuid, jsonb, uuid, public.delivery_difference) is 'See public.receive_delivery.';

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
  'Books what came of a delivery: lines [{"variant_id", "quantity": units > 0}], all or none, as often as parts come; staff of
   role stock. More than announced, or something else, takes a difference (extra or swapped). Of a transfer such units
   are booked as a correction, because nothing says that they left. Raises role_required (403), location_not_yours (403), not_found (404),
   delivery_closed (409), delivery_over (409: by how much), invalid_input (422), idempotency_key_reused (409).';

-- close_delivery -------------------------------------------------------------------------------------------------

create function private.close_delivery(delivery_id uuid, shorts jsonb, idempotency_key uuid)
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
      select from jsonb_each_text(shorts) as said where not pg_input_is_valid(said.key, 'uuid') or said.value not in ('not_sent', 'lost', 'damaged')
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "shorts", "problem": "not {variant_id: not_sent | lost | damaged}"}',
        'Say for each variant that is missing what became of it.');
    end if;
    perform private.lock_variants(array(select line.variant_id from public.delivery_lines as line where line.delivery_id = v_delivery.id));

    select jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'outstanding', line.outstanding) order by line.variant_id)
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
      perform private.move_stock(private.deltas_at(v_delivery.from_location_id, v_back, 1), 'transfer', private.paper_of(v_delivery), 'not sent');
    end if;
    insert into public.delivery_events (delivery_id, kind, detail) values (v_delivery.id, 'closed', jsonb_build_object('shorts', shorts));
    update public.deliveries as closed set status = 'closed' where closed.id = v_delivery.id returning to_jsonb(closed) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;
comment on function private.close_delivery(uuid, jsonb, uuid) is 'See public.close_delivery.';

create function public.close_delivery(delivery_id uuid, idempotency_key uuid, shorts jsonb default '{}')
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.close_delivery(delivery_id, shorts, idempotency_key)
$$;
comment on function public.close_delivery(uuid, uuid, jsonb) is
  'Says that no more comes: shorts {variant_id: "not_sent" | "lost" | "damaged"} for every variant that is short; staff of
   role stock. Of a transfer, what was not sent is back where it came from, for who may change stock there, too; what is lost or damaged is in transit no
   more and stays on the document. Raises role_required (403), location_not_yours (403), not_found (404), delivery_closed (409), delivery_short
   (409, the lines without a reason), invalid_input (422), idempotency_key_reused (409).';

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
      select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'title', products.title, 'option_values', variants.option_values,
        'sku', variants.sku, 'barcode', variants.barcode, 'expected', line.expected, 'received', line.received, 'missing', line.missing,
        'outstanding', line.outstanding, 'difference', line.difference) order by products.title, variants.position, line.variant_id), '[]')
      from public.delivery_lines as line
      join public.variants on variants.id = line.variant_id
      join public.products on products.id = variants.product_id
      where line.delivery_id = delivery.id
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object('id', event.id, 'kind', event.kind, 'actor', event.actor, 'created_at', event.created_at,
        'units', (select sum((line ->> 'quantity')::integer) from jsonb_array_elements(event.detail -> 'lines') as line)) order by event.id desc), '[]')
      from public.delivery_events as event
      where event.delivery_id = delivery.id
    )
  )
  from public.deliveries as delivery
  where delivery.id = read_delivery.delivery_id
$$;
comment on function public.read_delivery(uuid) is
  'A delivery for staff: {delivery, lines with what they are called and scanned by, events, latest first}. NULL when there
   is none, or the caller is not staff: with the caller''s own rights.';

revoke execute on function
  public.announce_delivery(text, uuid, jsonb, uuid, text, date), public.send_transfer(uuid, uuid, jsonb, uuid, text),
  public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), public.close_delivery(uuid, uuid, jsonb), public.read_delivery(uuid)
from public, anon;
grant execute on function
  public.announce_delivery(text, uuid, jsonb, uuid, text, date), public.send_transfer(uuid, uuid, jsonb, uuid, text),
  public.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), public.close_delivery(uuid, uuid, jsonb), public.read_delivery(uuid),
  private.announce_delivery(text, uuid, jsonb, uuid, text, date), private.send_transfer(uuid, uuid, jsonb, uuid, text),
  private.receive_delivery(uuid, jsonb, uuid, public.delivery_difference), private.close_delivery(uuid, jsonb, uuid)
to authenticated, service_role;
