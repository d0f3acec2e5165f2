-- How staff change stock. Each function is one transaction, carries an idempotency key, and answers with the
-- levels it left behind. Refusals (docs/errors.md): role_required, invalid_input, not_found, insufficient_stock,
-- stock_moved, already_undone, idempotency_key_reused.

create table private.stock_changes (
  actor uuid,
  key uuid,
  movements bigint[] not null check (cardinality(movements) > 0),
  undone_by uuid,
  primary key (actor, key)
);
comment on table private.stock_changes is
  'The ledger lines of one request of a staff member (by its idempotency key), so that they are undone together.';
comment on column private.stock_changes.undone_by is 'The key of the undo. An undo can be undone, too.';
alter table private.stock_changes enable row level security;

create function private.short_levels(lines jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object(
        'variant_id', wanted.variant_id,
        'location_id', wanted.location_id,
        'delta', wanted.delta,
        'available', coalesce(level.available, 0)
      ) order by wanted.variant_id, wanted.location_id)
    from (
      -- Lines of one level are summed first: two of them must not each pass alone.
      select line.variant_id, line.location_id, sum(line.delta) as delta
      from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer)
      group by line.variant_id, line.location_id
    ) as wanted
    left join public.stock_levels as level using (variant_id, location_id)
    where wanted.delta < 0
      and coalesce(level.available, 0) + wanted.delta < 0
  );
end;
$$;
comment on function private.short_levels(jsonb) is
  'The levels that lines [{variant_id, location_id, delta}] would take below zero available; NULL when there is none.
   The caller holds the locks of the variants.';

create function private.move_stock(
  lines jsonb, reason public.movement_reason, document text default null, note text default null,
  change uuid default null,
  source_kind public.movement_source default 'adjustment', source_id uuid default null
)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_short jsonb;
begin
  if length(document) not between 1 and 120 or length(note) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input',
      '{"field": "note", "problem": "document not 1 to 120 characters, or note not 1 to 1000"}',
      'Shorten it, or leave it out.');
  end if;
  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  v_short := private.short_levels(lines);
  if v_short is not null then
    perform private.refuse(409, 'insufficient_stock', jsonb_build_object('short', v_short),
      'Take no more than is available, or first release what is held, committed or kept as safety stock.');
  end if;

  with written as (
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, note, source_kind, source_id)
    select line.variant_id, line.location_id, line.delta, move_stock.reason, move_stock.document,
      left(nullif(concat_ws(', ', move_stock.note, line.note), ''), 1000), move_stock.source_kind, move_stock.source_id
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer, note text)
    where line.delta <> 0
    returning id
  )
  insert into private.stock_changes (actor, key, movements)
  select private.actor(), move_stock.change, array_agg(written.id order by written.id)
  from written
  where move_stock.change is not null
  having count(*) > 0;

  return query
  select level.*
  from public.stock_levels as level
  join (
    select distinct line.variant_id, line.location_id
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid)
  ) as named using (variant_id, location_id)
  order by level.variant_id, level.location_id;
end;
$$;
comment on function
  private.move_stock(jsonb, public.movement_reason, text, text, uuid, public.movement_source, uuid) is
  'Writes ledger lines [{variant_id, location_id, delta}], all or none, and returns the levels they leave. change is the
   key of a request that can be undone; the source is the document that caused the lines. Raises insufficient_stock
   (409) with every short level, invalid_input (422) for the length of document or note. Callers check role and
   shapes.';

create function private.check_lines(lines jsonb, location_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad jsonb;
begin
  if lines is null or jsonb_typeof(lines) <> 'array' or jsonb_array_length(lines) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"variant_id": "<uuid>", "quantity": 3}].');
  end if;

  -- Nothing is cast before it is known to be castable: a wrong type is an answer, not a server error.
  select jsonb_build_object('field', 'lines[' || n - 1
    || ']', 'problem', 'not {variant_id: uuid, quantity: 1 to 1000000, note?: 1 to 200 characters}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or jsonb_typeof(line -> 'quantity') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'quantity', 'integer')
    or (line ->> 'quantity')::numeric not between 1 and 1000000
    or (line ? 'note' and (jsonb_typeof(line -> 'note') <> 'string' or length(line ->> 'note') not between 1 and 200))
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Quantities are whole units above zero.');
  end if;

  perform private.check_places(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line),
    array[location_id]);
end;
$$;
comment on function private.check_lines(jsonb, uuid) is
  'Raises invalid_input (422) naming the first bad line, not_found (404) for an unknown variant or location.';

create function private.check_places(variant_ids uuid[], location_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_variant uuid;
  v_location uuid;
begin
  -- A location is archived before or after this transaction, never in between.
  perform from public.locations where locations.id = any (location_ids) order by locations.id for share;
  select asked.id into v_variant
  from unnest(variant_ids) as asked (id)
  where not exists (select from public.variants where variants.id = asked.id)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', v_variant),
      'Reload the list of variants.');
  end if;

  select asked.id into v_location
  from unnest(location_ids) as asked (id)
  where not exists (select from public.locations where locations.id = asked.id and locations.active)
  limit 1;
  if found then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', v_location),
      'Choose an active location.');
  end if;
end;
$$;
comment on function private.check_places(uuid[], uuid[]) is
  'Raises not_found (404) for the first variant or active location that does not exist; NULL counts as unknown. The
   locations stay active until the transaction ends. Comes before the variants'' locks.';

create function private.check_reason(reason public.movement_reason)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if reason is null or reason not in ('receive', 'damage', 'return', 'correction') then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'reason', 'problem', 'not a reason for an adjustment', 'value', reason),
      'Choose receive, damage, return or correction.');
  end if;
end;
$$;
comment on function private.check_reason(public.movement_reason) is
  'Raises invalid_input (422) for a reason that staff do not choose themselves.';

-- adjust_stock ------------------------------------------------------------------------------------------------

create function private.adjust_stock(
  variant_id uuid, location_id uuid, delta integer, reason public.movement_reason, idempotency_key uuid,
  document text, note text
)
returns public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'adjust_stock',
    jsonb_build_array(variant_id, location_id, delta, reason, document, note));
  if v_response is null then
    if coalesce(delta, 0) = 0 or abs(delta) > 1000000 then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'delta', 'problem', 'zero or beyond a million', 'value', delta),
        'Say how many units came (+) or went (-).');
    end if;
    perform private.check_reason(reason);
    perform private.check_places(array[variant_id], array[location_id]);

    select to_jsonb(level) into v_response
    from private.move_stock(
      jsonb_build_array(jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'delta', delta)),
      reason, document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.stock_levels, v_response);
end;
$$;
comment on function private.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text) is
  'See public.adjust_stock.';

create function public.adjust_stock(
  variant_id uuid, location_id uuid, delta integer, reason public.movement_reason, idempotency_key uuid,
  document text default null, note text default null
)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.adjust_stock(variant_id, location_id, delta, reason, idempotency_key, document, note)
$$;
comment on function public.adjust_stock(uuid, uuid, integer, public.movement_reason, uuid, text, text) is
  'Adds delta units (negative takes) to one level for the reason receive, damage, return or correction; staff of role
   stock. Returns the level. Deltas commute: two concurrent adjustments both count. Raises role_required (403),
   location_not_yours (403), not_found (404), insufficient_stock (409), idempotency_key_reused (409), invalid_input
   (422).';

-- receive_stock -----------------------------------------------------------------------------------------------

create function private.receive_stock(location_id uuid, lines jsonb, document text, idempotency_key uuid, note text)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'receive_stock',
    jsonb_build_array(location_id, lines, document, note));
  if v_response is null then
    perform private.check_lines(lines, location_id);
    if length(trim(coalesce(document, ''))) = 0 then
      perform private.refuse(422, 'invalid_input', '{"field": "document", "problem": "missing"}',
        'Name the delivery note.');
    end if;

    select jsonb_agg(to_jsonb(level)) into v_response
    from private.move_stock(
      (select jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', location_id,
        'delta', line -> 'quantity', 'note', line -> 'note'))
       from jsonb_array_elements(lines) as line),
      'receive', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;
comment on function private.receive_stock(uuid, jsonb, text, uuid, text) is 'See public.receive_stock.';

create function public.receive_stock(
  location_id uuid, lines jsonb, document text, idempotency_key uuid, note text default null
)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.receive_stock(location_id, lines, document, idempotency_key, note)
$$;
comment on function public.receive_stock(uuid, jsonb, text, uuid, text) is
  'Receives units at one location: lines [{"variant_id", "quantity": units > 0, "note"?}], up to 1000, all or none;
   document is the delivery note. A line''s note, such as its lot, is in the note of its movement. Staff of role
   stock. Returns the levels. Raises role_required (403), location_not_yours (403), not_found (404),
   idempotency_key_reused (409), invalid_input (422, names the line).';
