-- Operations of a count: start it, record entries, answer questions, approve it, reverse it. Refusals:
-- role_required, invalid_input, not_found, count_closed, count_unsettled, insufficient_stock, idempotency_key_reused.

create function private.lock_count(count_id uuid, needed public.count_status)
returns public.counts
language plpgsql
set search_path = ''
as $$
declare
  v_count public.counts;
begin
  select * into v_count from public.counts where counts.id = lock_count.count_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  if v_count.status <> needed then
    perform private.refuse(409, 'count_closed', jsonb_build_object('count_id', v_count.id, 'number', v_count.number,
      'status', v_count.status),
      'Start another count.');
  end if;
  return v_count;
end;
$$;
comment on function private.lock_count(uuid, public.count_status) is
  'The count, locked. Raises not_found (404), count_closed (409) when it is in another state than needed.';

-- start_count ----------------------------------------------------------------------------------------------------

create function private.start_count(location_id uuid, blind boolean, idempotency_key uuid, category text, shelf text)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'start_count',
    jsonb_build_array(location_id, category, shelf, blind));
  if v_response is null then
    perform private.check_places('{}', array[location_id]);
    if category is not null and shelf is not null then
      perform private.refuse(422, 'invalid_input', '{"field": "shelf", "problem": "a category is counted whole"}',
        'Name a category or a shelf, not both.');
    end if;
    if category is not null and not exists (select from public.categories where categories.slug = start_count.category)
      then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'category', 'problem', 'unknown', 'value', category),
        'Choose a category of the shop.');
    end if;
    if length(trim(shelf)) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "shelf", "problem": "not 1 to 120 characters"}',
        'Say what people call the shelf.');
    end if;
    insert into public.counts as started (location_id, category, shelf, blind)
    values (start_count.location_id, start_count.category, trim(start_count.shelf), coalesce(start_count.blind, false))
    returning to_jsonb(started) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.start_count(uuid, boolean, uuid, text, text) is 'See public.start_count.';

create function public.start_count(
  location_id uuid, blind boolean, idempotency_key uuid, category text default null, shelf text default null
)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.start_count(location_id, blind, idempotency_key, category, shelf)
$$;
comment on function public.start_count(uuid, boolean, uuid, text, text) is
  'Opens a count of a location, of one category there, or of what people call a shelf; staff of role stock. Any number
   may be open. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   idempotency_key_reused (409).';

-- record_count ---------------------------------------------------------------------------------------------------

create function private.check_entries(entries jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_bad jsonb;
begin
  if jsonb_typeof(entries) is distinct from 'array' or jsonb_array_length(entries) not between 1 and 500 then
    perform private.refuse(422, 'invalid_input', '{"field": "entries", "problem": "not 1 to 500 entries"}',
      'Send entries as [{"id": "<uuid>", "code": "<SKU>", "units": 3, "began_ms": 9000, "ended_ms": 1000}].');
  end if;
  select jsonb_build_object('field', 'entries[' || n - 1 || ']', 'value', entry,
    'problem', 'not {id: uuid, code, units: 0 to 1000000, began_ms >= ended_ms >= 0, withdrawn?}')
  into v_bad
  from jsonb_array_elements(entries) with ordinality as given (entry, n)
  where jsonb_typeof(entry) <> 'object'
    or not pg_input_is_valid(coalesce(entry ->> 'id', ''), 'uuid')
    or jsonb_typeof(entry -> 'code') is distinct from 'string'
    or not pg_input_is_valid(coalesce(entry ->> 'units', ''), 'integer')
    or not pg_input_is_valid(coalesce(entry ->> 'began_ms', ''), 'bigint')
    or not pg_input_is_valid(coalesce(entry ->> 'ended_ms', ''), 'bigint')
    or not pg_input_is_valid(coalesce(entry ->> 'withdrawn', 'false'), 'boolean')
    or (entry ->> 'units')::integer not between 0 and 1000000
    or (entry ->> 'ended_ms')::bigint < 0
    or (entry ->> 'began_ms')::bigint not between (entry ->> 'ended_ms')::bigint and 31536000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Units are whole, from zero; times are milliseconds ago.');
  end if;
end;
$$;
comment on function private.check_entries(jsonb) is 'Raises invalid_input (422) naming the first bad entry of a count.';

create function private.certain_position(variant_id uuid, location_id uuid, until timestamptz)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select movement.id
    from public.stock_movements as movement
    where movement.variant_id = certain_position.variant_id
      and movement.location_id = certain_position.location_id
      and movement.created_at < certain_position.until
    order by movement.id desc
    limit 1
  ), 0)
$$;
comment on function private.certain_position(uuid, uuid, timestamptz) is
  'The last movement of a level recorded before a moment; 0 when there was none.';

create function private.record_entry(into_count public.counts, entry jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_began timestamptz := v_now - (entry ->> 'began_ms')::bigint * interval '1 millisecond';
  v_variants uuid[] := array(select private.variants_by_code(entry ->> 'code'));
  v_variant uuid := case cardinality(v_variants) when 1 then v_variants[1] end;
  v_withdrawn boolean := coalesce((entry ->> 'withdrawn')::boolean, false);
  v_known public.count_entries;
begin
  select * into v_known from public.count_entries where count_entries.id = (entry ->> 'id')::uuid for no key update;
  -- An entry that was recorded keeps its variant when its code has become ambiguous since.
  if v_known.variant_id = any (v_variants) then
    v_variant := v_known.variant_id;
  end if;
  if v_known.id is not null and (v_known.count_id <> into_count.id or v_known.variant_id is distinct from v_variant
    or v_known.units <> (entry ->> 'units')::integer) then
    perform private.refuse(409, 'idempotency_key_reused', '{"operation": "record_count"}',
      'This id belongs to another entry. Create a new id for a new entry.');
  end if;
  if v_variant is null or v_known.id is not null and v_known.withdrawn >= v_withdrawn then
    return v_variant;
  end if;
  if into_count.status <> 'open' then
    perform private.refuse(409, 'count_closed',
      jsonb_build_object('count_id', into_count.id, 'number', into_count.number, 'status', into_count.status),
      'Start another count.');
  end if;

  insert into public.count_entries (id, count_id, variant_id, units, began_at, ended_at, withdrawn, ledger_position)
  values (
    (entry ->> 'id')::uuid, into_count.id, v_variant, (entry ->> 'units')::integer,
    v_began, v_now - (entry ->> 'ended_ms')::bigint * interval '1 millisecond', v_withdrawn,
    private.certain_position(v_variant, into_count.location_id, v_began - into_count.slack)
  )
  on conflict (id) do update set withdrawn = count_entries.withdrawn or excluded.withdrawn;
  delete from public.count_answers
  using public.stock_movements as movement
  where count_answers.count_id = into_count.id
    and count_answers.movement_id = movement.id
    and movement.variant_id = v_variant;
  return v_variant;
end;
$$;
comment on function private.record_entry(public.counts, jsonb) is
  'Records one entry, or recognises it: the same again changes nothing, withdrawn wins in whichever order they come.
   Returns its variant, NULL when no or more than one variant has the code. The caller has checked the shape and locked
   the count.';

create function private.record_count(count_id uuid, entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_count public.counts;
  v_entry jsonb;
  v_unknown uuid[] := '{}';
begin
  perform private.require_role('stock');
  perform private.check_entries(entries);
  select * into v_count from public.counts where counts.id = record_count.count_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  perform private.require_role_at('stock', v_count.location_id);

  for v_entry in select entry from jsonb_array_elements(entries) as entry loop
    if private.record_entry(v_count, v_entry) is null then
      v_unknown := v_unknown || (v_entry ->> 'id')::uuid;
    end if;
  end loop;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.counts set updated_at = clock_timestamp() where counts.id = v_count.id;
  return jsonb_build_object(
    'entries', (
      select coalesce(jsonb_agg(to_jsonb(known) order by known.ended_at, known.id), '[]')
      from public.count_entries as known
      where known.id in (select (entry ->> 'id')::uuid from jsonb_array_elements(entries) as entry)
    ),
    'unknown', to_jsonb(v_unknown),
    'ambiguous', (
      select coalesce(jsonb_agg(jsonb_build_object('id', entry ->> 'id', 'choices', choices)), '[]')
      from jsonb_array_elements(entries) as entry
      cross join private.code_choices(entry ->> 'code') as choices
      where (entry ->> 'id')::uuid = any (v_unknown) and choices <> '[]'
    )
  );
end;
$$;
comment on function private.record_count(uuid, jsonb) is 'See public.record_count.';

create function public.record_count(count_id uuid, entries jsonb)
returns jsonb
language sql
set search_path = ''
as $$
  select private.record_count(count_id, entries)
$$;
comment on function public.record_count(uuid, jsonb) is
  'Adds what was found to a count: up to 500 entries [{"id", "code": SKU or barcode, "units", "began_ms", "ended_ms",
   "withdrawn"}]; the times are milliseconds before now, so no two clocks are compared. Each id counts once, whatever
   comes twice or late; withdrawn takes an entry back. Staff of role stock. Returns {entries: rows, unknown: ids whose
   code names no or several variants, ambiguous: [{id, choices}] of those that several variants have; send the
   variant_id as the code}. Raises role_required (403), location_not_yours (403), not_found (404), count_closed (409),
   idempotency_key_reused (409: an id with other contents), invalid_input (422, names the entry).';

-- answer_count ---------------------------------------------------------------------------------------------------

create function private.answer_count(count_id uuid, movement_id bigint, had_happened boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('stock');
  perform private.require_role_at('stock', (private.lock_count(count_id, 'open')).location_id);
  if not exists (
    select
    from private.count_windows as found
    join public.stock_movements as movement
      on movement.variant_id = found.variant_id and movement.location_id = found.location_id
    where found.count_id = answer_count.count_id
      and movement.id = answer_count.movement_id
      and movement.id > found.ledger_position
      and movement.created_at <= found.settles_at
  ) then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'movement_id', 'problem', 'not in the window of a line', 'value', movement_id),
      'Only movements close to a count are asked about. Reload the count.');
  end if;
  insert into public.count_answers as answer (count_id, movement_id, had_happened)
  values (answer_count.count_id, answer_count.movement_id, answer_count.had_happened)
  on conflict on constraint count_answers_pkey do update
  set had_happened = excluded.had_happened, actor = excluded.actor, created_at = now();
  update public.counts set updated_at = clock_timestamp() where counts.id = answer_count.count_id;
end;
$$;
comment on function private.answer_count(uuid, bigint, boolean) is 'See public.answer_count.';

create function public.answer_count(count_id uuid, movement_id bigint, had_happened boolean)
returns void
language sql
set search_path = ''
as $$
  select private.answer_count(count_id, movement_id, had_happened)
$$;
comment on function public.answer_count(uuid, bigint, boolean) is
  'Answers whether the units of a movement close to a count had moved when the shelf was counted; staff of role stock.
   The last answer holds; another entry of the variant asks again. Raises role_required (403), location_not_yours
   (403), not_found (404), count_closed (409), invalid_input (422: the movement is not one that is asked about).';
