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
  'The lines of a count without those left out, with their variants locked. Raises count_unsettled (409) while a
   movement close to a line is unanswered, or could still be recorded.';

create function private.approve_count(count_id uuid, idempotency_key uuid, left_out uuid[])
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
    from jsonb_to_recordset(v_lines) as line (variant_id uuid, counted integer, expected integer,
      ledger_position bigint)
    left join private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id',
        'location_id', v_count.location_id,
          'delta', (line ->> 'counted')::integer - (line ->> 'expected')::integer)), '[]')
       from jsonb_array_elements(v_lines) as line
       where line -> 'counted' <> line -> 'expected'),
      'recount', 'count ' || v_count.number, source_kind => 'count', source_id => v_count.id
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
comment on function private.approve_count(uuid, uuid, uuid[]) is 'See public.approve_count.';

create function public.approve_count(count_id uuid, idempotency_key uuid, left_out uuid[] default '{}')
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.approve_count(count_id, idempotency_key, left_out)
$$;
comment on function public.approve_count(uuid, uuid, uuid[]) is
  'Records the variance of every line but those of the variants left out, as movements of reason recount, all or none,
   and closes the count; managers. Returns it. Raises role_required (403), not_found (404), count_closed (409),
   count_unsettled (409, the lines), insufficient_stock (409: fewer counted than are held or committed),
   idempotency_key_reused (409).';

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
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', result.variant_id, 'location_id', v_count.location_id,
          'delta', result.expected - result.counted)), '[]')
       from public.count_results as result
       where result.count_id = v_count.id and result.movement_id is not null),
      'recount', 'count ' || v_count.number || ' reversed', source_kind => 'count', source_id => v_count.id
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
  'The inverse of approve_count: an opposite movement for every variance; movements since then stay. Managers. Raises
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
  'Closes an open count without a movement; staff of role stock. Its entries stay readable. Raises role_required (403),
   location_not_yours (403), not_found (404), count_closed (409), idempotency_key_reused (409).';
