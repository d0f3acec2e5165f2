-- What people do with a count: start it, record what they find, answer what is asked, approve it, reverse it. Refusals:
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
    perform private.refuse(409, 'count_closed', jsonb_build_object('count_id', v_count.id, 'number', v_count.number, 'status', v_count.status),
      'Start another count.');
  end if;
  return v_count;
end;
$$;
comment on function private.lock_count(uuid, public.count_status) is
  'The count, locked. Raises not_found (404), count_closed (409) when it is in another state than needed.';

-- start_count ----------------------------------------------------------------------------------------------------

create function private.start_count(location_id uuid, category text, shelf text, blind boolean, idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'start_count', jsonb_build_array(location_id, category, shelf, blind));
  if v_response is null then
    perform private.check_places('{}', array[location_id]);
    if category is not null and shelf is not null then
      perform private.refuse(422, 'invalid_input', '{"field": "shelf", "problem": "a category is counted whole"}',
        'Name a category or a shelf, not both.');
    end if;
    if category is not null and not exists (select from public.categories where categories.slug = start_count.category) then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'category', 'problem', 'unknown', 'value', category),
        'Choose a category of the shop.');
    end if;
    if length(trim(shelf)) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "shelf", "problem": "not 1 to 120 characters"}', 'Say what people call the shelf.');
    end if;
    insert into public.counts as started (location_id, category, shelf, blind)
    values (start_count.location_id, start_count.category, trim(start_count.shelf), coalesce(start_count.blind, false))
    returning to_jsonb(started) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.start_count(uuid, text, text, boolean, uuid) is 'See public.start_count.';

create function public.start_count(
  location_id uuid, blind boolean, idempotency_key uuid, category text default null, shelf text default null
)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.start_count(location_id, category, shelf, blind, idempotency_key)
$$;
comment on function public.start_count(uuid, boolean, uuid, text, text) is
  'Opens a count of a location, of one category there, or of what people call a shelf; staff of role stock. Any number
   may be open. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422), idempotency_key_reused (409).';

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

create function private.variant_by_code(code text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select known.id
  from (
    select variants.id, 1 as rank from public.variants where variants.sku = trim(variant_by_code.code)
    union all
    select variants.id, 2 from public.variants where variants.barcode = trim(variant_by_code.code)
  ) as known
  order by known.rank, known.id
  limit 1
$$;
comment on function private.variant_by_code(text) is 'The variant a scanner or a label names, by SKU, else by barcode; NULL when nobody knows it.';

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
comment on function private.certain_position(uuid, uuid, timestamptz) is 'The last movement of a level booked before a moment; 0 when there was none.';

create function private.record_entry(into_count public.counts, entry jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_began timestamptz := v_now - (entry ->> 'began_ms')::bigint * interval '1 millisecond';
  v_variant uuid := private.variant_by_code(entry ->> 'code');
  v_withdrawn boolean := coalesce((entry ->> 'withdrawn')::boolean, false);
  v_known public.count_entries;
begin
  select * into v_known from public.count_entries where count_entries.id = (entry ->> 'id')::uuid for no key update;
  if found and (v_known.count_id <> into_count.id or v_known.variant_id is distinct from v_variant or v_known.units <> (entry ->> 'units')::integer) then
    perform private.refuse(409, 'idempotency_key_reused', '{"operation": "record_count"}',
      'This id already stands for another entry. Make a new one for a new entry.');
  end if;
  if v_variant is null or v_known.id is not null and v_known.withdrawn >= v_withdrawn then
    return v_variant;
  end if;
  if into_count.status <> 'open' then
    perform private.refuse(409, 'count_closed',
      jsonb_build_object('count_id', into_count.id, 'number', into_count.number, 'status', into_count.status), 'Start another count.');
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
   Returns its variant, NULL when nobody knows the code. The caller has checked the shape and locked the count.';

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
    'unknown', to_jsonb(v_unknown)
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
   code nobody knows}. Raises role_required (403), location_not_yours (403), not_found (404), count_closed (409), idempotency_key_reused (409: an
   id with other contents), invalid_input (422, names the entry).';

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
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'movement_id', 'problem', 'not in the window of a line', 'value', movement_id),
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
  'Says of a movement booked close to a count whether its units had moved when the shelf was looked at; staff of role stock.
   The last answer holds; another entry of the variant asks anew. Raises role_required (403), location_not_yours (403), not_found (404),
   count_closed (409), invalid_input (422: the movement is not one that is asked about).';

-- approve_count and its inverse ----------------------------------------------------------------------------------

create function private.settled_lines(count_id uuid, left_out uuid[])
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_unsettled jsonb;
  v_lines jsonb;
begin
  perform private.lock_variants(array(
    select found.variant_id from private.count_windows as found where found.count_id = settled_lines.count_id
  ));
  select
    jsonb_agg(to_jsonb(line) - 'movements' order by line.variant_id),
    jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'open', line.open,
      'settles_in_ms', greatest(0, ceil(extract(epoch from line.settles_at - v_now) * 1000))) order by line.variant_id)
      filter (where line.open > 0 or line.settles_at >= v_now)
  into v_lines, v_unsettled
  from private.count_lines(count_id) as line
  where line.variant_id <> all (left_out);
  if v_unsettled is not null then
    perform private.refuse(409, 'count_unsettled', jsonb_build_object('count_id', count_id, 'lines', v_unsettled),
      'Answer what is open, wait until the last line has settled, or leave these lines out.');
  end if;
  return coalesce(v_lines, '[]');
end;
$$;
comment on function private.settled_lines(uuid, uuid[]) is
  'The lines of a count but those left out, with their variants locked. Raises count_unsettled (409) while a movement
   close to a line is unanswered, or could still be booked.';

create function private.approve_count(count_id uuid, left_out uuid[], idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_count public.counts;
  v_lines jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'approve_count', jsonb_build_array(count_id, left_out));
  if v_response is null then
    v_count := private.lock_count(count_id, 'open');
    v_lines := private.settled_lines(count_id, coalesce(left_out, '{}'));

    insert into public.count_results (count_id, variant_id, counted, expected, ledger_position, movement_id)
    select v_count.id, line.variant_id, line.counted, line.expected, line.ledger_position, level.ledger_position
    from jsonb_to_recordset(v_lines) as line (variant_id uuid, counted integer, expected integer, ledger_position bigint)
    left join private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', v_count.location_id,
          'delta', (line ->> 'counted')::integer - (line ->> 'expected')::integer)), '[]')
       from jsonb_array_elements(v_lines) as line
       where line -> 'counted' <> line -> 'expected'),
      'recount', 'count ' || v_count.number
    ) as level on level.variant_id = line.variant_id;

    update public.counts as decided
    set status = 'approved', decided_by = private.actor()
    where decided.id = v_count.id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.approve_count(uuid, uuid[], uuid) is 'See public.approve_count.';

create function public.approve_count(count_id uuid, idempotency_key uuid, left_out uuid[] default '{}')
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.approve_count(count_id, left_out, idempotency_key)
$$;
comment on function public.approve_count(uuid, uuid, uuid[]) is
  'Books the variance of every line but those of the variants left out, as movements of reason recount, all or none, and
   closes the count; managers. Returns it. Raises role_required (403), not_found (404), count_closed (409),
   count_unsettled (409, the lines), insufficient_stock (409: fewer counted than are promised), idempotency_key_reused (409).';

create function private.reverse_count(count_id uuid, idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_count public.counts;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'reverse_count', jsonb_build_array(count_id));
  if v_response is null then
    v_count := private.lock_count(count_id, 'approved');
    update public.count_results as result
    set reversal_id = level.ledger_position
    from private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', booked.variant_id, 'location_id', v_count.location_id,
          'delta', booked.expected - booked.counted)), '[]')
       from public.count_results as booked
       where booked.count_id = v_count.id and booked.movement_id is not null),
      'recount', 'count ' || v_count.number || ' reversed'
    ) as level
    where result.count_id = v_count.id
      and result.variant_id = level.variant_id;
    update public.counts as decided
    set status = 'reversed', decided_by = private.actor()
    where decided.id = v_count.id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.reverse_count(uuid, uuid) is 'See public.reverse_count.';

create function public.reverse_count(count_id uuid, idempotency_key uuid)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.reverse_count(count_id, idempotency_key)
$$;
comment on function public.reverse_count(uuid, uuid) is
  'The inverse of approve_count, as one document: every variance is booked back; what moved since stays. Managers. Raises
   role_required (403), not_found (404), count_closed (409: not approved, or reversed before), insufficient_stock (409:
   what the count found is sold), idempotency_key_reused (409).';

create function private.abandon_count(count_id uuid, idempotency_key uuid)
returns public.counts
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'abandon_count', jsonb_build_array(count_id));
  if v_response is null then
    perform private.require_role_at('stock', (private.lock_count(count_id, 'open')).location_id);
    update public.counts as decided
    set status = 'abandoned', decided_by = private.actor()
    where decided.id = abandon_count.count_id
    returning to_jsonb(decided) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.counts, v_response);
end;
$$;
comment on function private.abandon_count(uuid, uuid) is 'See public.abandon_count.';

create function public.abandon_count(count_id uuid, idempotency_key uuid)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.abandon_count(count_id, idempotency_key)
$$;
comment on function public.abandon_count(uuid, uuid) is
  'Closes an open count without booking anything; staff of role stock. What was counted stays readable. Raises
   role_required (403), location_not_yours (403), not_found (404), count_closed (409), idempotency_key_reused (409).';

-- read_count -----------------------------------------------------------------------------------------------------

create function private.uncounted(asked public.counts)
returns table (variant_id uuid, on_hand integer)
language sql
stable
set search_path = ''
as $$
  select level.variant_id, level.on_hand
  from public.stock_levels as level
  join public.inventory_index as known on known.variant_id = level.variant_id
  where level.location_id = asked.location_id
    and level.on_hand > 0
    and asked.shelf is null
    and (asked.category is null or known.category = asked.category)
    and not exists (
      select from public.count_entries as entry
      where entry.count_id = asked.id and entry.variant_id = level.variant_id and not entry.withdrawn
    )
$$;
comment on function private.uncounted(public.counts) is 'What the ledger has in the scope of a count and nobody has counted. A shelf has only what is scanned there.';

create function private.label_of(variant_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('variant_id', variants.id, 'title', products.title, 'option_values', variants.option_values,
    'sku', variants.sku, 'barcode', variants.barcode)
  from public.variants
  join public.products on products.id = variants.product_id
  where variants.id = label_of.variant_id
$$;
comment on function private.label_of(uuid) is 'What a variant is called and scanned by.';

create function private.in_baskets(variant_id uuid, location_id uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(greatest(0, pick.picked - claim.fulfilled)), 0)::integer
  from public.claims as claim
  join public.order_picks as pick on pick.order_item_id = claim.order_item_id and pick.location_id = claim.location_id
  where claim.location_id = in_baskets.location_id
    and claim.variant_id = in_baskets.variant_id
$$;
comment on function private.in_baskets(uuid, uuid) is 'Units of a level that are picked and not handed over: off the shelf, and still on hand.';

create function private.entries_of(count_id uuid, variant_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', entry.id, 'units', entry.units, 'actor', entry.actor, 'ended_at', entry.ended_at)
    order by entry.ended_at, entry.id), '[]')
  from public.count_entries as entry
  where entry.count_id = entries_of.count_id
    and entry.variant_id = entries_of.variant_id
    and not entry.withdrawn
$$;
comment on function private.entries_of(uuid, uuid) is 'Who found how many of a variant, in the order they were found.';

create function private.read_count(count_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_count public.counts;
  v_is_told boolean;
begin
  perform private.require_role('viewer');
  select * into v_count from public.counts where counts.id = read_count.count_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('count_id', count_id), 'Reload the list of counts.');
  end if;
  v_is_told := not v_count.blind or v_count.status <> 'open' or private.is_trusted() or private.staff_role() = 'manager';
  return jsonb_build_object(
    'count', to_jsonb(v_count) - 'slack',
    'lines', (
      select coalesce(jsonb_agg(private.label_of(line.variant_id) || jsonb_build_object('counted', line.counted,
        'expected', case when v_is_told then line.expected end, 'movements', line.movements, 'open', line.open,
        'settles_in_ms', greatest(0, ceil(extract(epoch from line.settles_at - private.clock()) * 1000)),
        'in_baskets', private.in_baskets(line.variant_id, v_count.location_id), 'entries', private.entries_of(v_count.id, line.variant_id))
        order by line.ended_at desc, line.variant_id), '[]')
      from private.lines_as_of(v_count) as line
    ),
    'uncounted', (
      select coalesce(jsonb_agg(private.label_of(missing.variant_id) || jsonb_build_object('expected', case when v_is_told then missing.on_hand end)), '[]')
      from (
        select left_over.variant_id, left_over.on_hand
        from private.uncounted(v_count) as left_over
        join public.inventory_index as known using (variant_id)
        order by known.title, known.position, known.variant_id
        limit 200
      ) as missing
      where v_count.status = 'open'
    ),
    'uncounted_total', (select count(*) from private.uncounted(v_count) where v_count.status = 'open')
  );
end;
$$;
comment on function private.read_count(uuid) is 'See public.read_count.';

create function private.lines_as_of(asked public.counts)
returns table (variant_id uuid, counted integer, expected integer, ended_at timestamptz, settles_at timestamptz, movements jsonb, open integer)
language sql
stable
set search_path = ''
as $$
  select line.variant_id, line.counted, line.expected, line.ended_at, line.settles_at, line.movements, line.open
  from private.count_lines(asked.id) as line
  where asked.status in ('open', 'abandoned')
  union all
  select result.variant_id, result.counted, result.expected, asked.updated_at, asked.updated_at, '[]', 0
  from public.count_results as result
  where asked.status in ('approved', 'reversed') and result.count_id = asked.id
$$;
comment on function private.lines_as_of(public.counts) is 'The lines as they stand while people count; as they were booked once it was approved.';

create function public.read_count(count_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.read_count(count_id)
$$;
comment on function public.read_count(uuid) is
  'A count for staff: {count, lines: [{variant_id, title, option_values, sku, barcode, counted, expected, movements in its window with their answers, open,
   settles_in_ms, in_baskets, entries}], uncounted: up to 200 of the same with expected alone, uncounted_total}. While a blind count is open only
   managers are told what is expected; others read null. Raises role_required (403), not_found (404).';

revoke execute on function
  public.start_count(uuid, boolean, uuid, text, text), public.record_count(uuid, jsonb),
  public.answer_count(uuid, bigint, boolean), public.approve_count(uuid, uuid, uuid[]), public.reverse_count(uuid, uuid),
  public.abandon_count(uuid, uuid), public.read_count(uuid)
from public, anon;
grant execute on function
  public.start_count(uuid, boolean, uuid, text, text), public.record_count(uuid, jsonb),
  public.answer_count(uuid, bigint, boolean), public.approve_count(uuid, uuid, uuid[]), public.reverse_count(uuid, uuid),
  public.abandon_count(uuid, uuid), public.read_count(uuid),
  private.start_count(uuid, text, text, boolean, uuid), private.record_count(uuid, jsonb),
  private.answer_count(uuid, bigint, boolean), private.approve_count(uuid, uuid[], uuid), private.reverse_count(uuid, uuid),
  private.abandon_count(uuid, uuid), private.read_count(uuid)
to authenticated, service_role;
