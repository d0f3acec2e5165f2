set check_function_bodies = off;

DROP POLICY "staff see how often somebody bought" ON "public"."customers";

DROP POLICY "staff see how fast things go" ON "public"."sales_pace";

DROP POLICY "staff see their colleagues, everybody sees themselves" ON "public"."staff";

DROP FUNCTION "private"."deltas_at"(uuid, jsonb, integer);

DROP FUNCTION "private"."import_stays"(uuid);

DROP FUNCTION "private"."own_stripe"();

DROP FUNCTION "private"."tend_alert"(bigint, text, uuid, integer, uuid);

DROP FUNCTION "private"."throw_away"(uuid[], uuid);

CREATE TYPE "private"."trail_line" AS ("at" timestamp with time zone, "key" text, "actor" uuid, "actor_name" text, "action" text, "subject" text, "subject_id" text, "label" text, "before" jsonb, "after" jsonb);

CREATE TYPE "private"."trail_page" AS ("who" uuid, "what" text, "pattern" text, "since" timestamp with time zone, "until" timestamp with time zone, "before_at" timestamp with time zone, "before_key" text, "size" integer);

create or replace function private.accept_invitation(secret text)
returns public.staff
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_invitation public.staff_invitations;
  v_status text;
  v_member public.staff;
begin
  select * into v_invitation
  from public.staff_invitations
  where staff_invitations.secret_hash = private.token_hash(accept_invitation.secret)
  for update;
  if not found then
    perform private.refuse(404, 'not_found', '{}', 'Ask for another link.');
  end if;
  -- The account's own word, not the token's: an address may have changed since the token was made.
  if not exists (select from auth.users where users.id = auth.uid() and lower(users.email) = v_invitation.email) then
    perform private.refuse(403, 'invitation_for_other', jsonb_build_object('email', v_invitation.email),
      'Sign in with the invited address.');
  end if;
  v_status := private.invitation_status(v_invitation);
  if v_status in ('revoked', 'expired') then
    perform private.refuse(409, 'invitation_closed', jsonb_build_object('status', v_status), 'Ask for another link.');
  end if;
  if v_status = 'open' then
    insert into public.staff (user_id, email, name, role, location_ids)
    values (auth.uid(), v_invitation.email, v_invitation.name, v_invitation.role, v_invitation.location_ids)
    on conflict do nothing;
    update public.staff_invitations set accepted_at = now() where staff_invitations.id = v_invitation.id;
  end if;
  select * into v_member from public.staff where staff.user_id = auth.uid();
  return v_member;
end;
$$;

create or replace function private.add_arrivals(delivery_id uuid, lines jsonb, difference public.delivery_difference)
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

create or replace function private.add_variant(
  product_id uuid, sku text, option_values text[], price_minor integer, idempotency_key uuid
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_sheet jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'add_variant',
    jsonb_build_array(product_id, sku, option_values, price_minor));
  if v_response is not null then
    return v_response;
  end if;
  v_sheet := private.lock_product(product_id, '{}');
  if jsonb_array_length(v_sheet -> 'option_names') <> cardinality(option_values) then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'option_values', 'problem', 'not one for each option',
      'value', option_values), 'Name a value for each option of the product.');
  end if;
  perform private.insert_variant(product_id, sku, option_values, price_minor);
  v_response := private.product_sheet(product_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.adjust_levels(lines jsonb, reason public.movement_reason, idempotency_key uuid, note text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_levels jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'adjust_levels', jsonb_build_array(lines, reason, note));
  if v_response is not null then
    return v_response;
  end if;
  perform private.check_deltas(lines);
  perform private.check_reason(reason);

  perform private.lock_variants(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line));
  perform private.release_expired(array(
    select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line where (line ->> 'delta')::integer < 0
  ));

  -- Under the locks, the free units found here are free when they are moved below.
  v_response := private.judged_deltas(lines);

  select jsonb_object_agg(level.variant_id || '@' || level.location_id, to_jsonb(level)) into v_levels
  from private.move_stock(
    (select coalesce(jsonb_agg(row), '[]') from jsonb_array_elements(v_response) as row
      where row -> 'refusal' = 'null'),
    reason, null, note, idempotency_key
  ) as level;
  select jsonb_agg(jsonb_build_object('variant_id', row -> 'variant_id', 'location_id', row -> 'location_id',
    'refusal', row -> 'refusal',
    'level', v_levels -> ((row ->> 'variant_id') || '@' || (row ->> 'location_id'))) order by n)
  into v_response
  from jsonb_array_elements(v_response) with ordinality as given (row, n);

  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.adjust_stock(
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

create or replace function private.announce_delivery(
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

create or replace function private.answer_count(count_id uuid, movement_id bigint, had_happened boolean)
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

create or replace function private.apply_import(import_id uuid, idempotency_key uuid, seen text)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_import public.imports;
  v_conflicts jsonb;
  v_summary jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'apply_import', jsonb_build_array(import_id, seen));
  if v_response is null then
    v_import := private.lock_import(import_id);
    perform private.lock_catalogue(
      array(
        select staged.handle from private.import_products as staged where staged.import_id = apply_import.import_id
        union all
        select done.handle from private.import_changes as done where done.import_id = v_import.reverts
      ),
      array(
        select match.variant_id from private.import_matches(import_id) as match where match.variant_id is not null
        union all
        select level.variant_id from private.import_level_lines(import_id) as level
        where v_import.kind = 'inventory' and level.variant_id is not null
        union all
        select done.variant_id from private.import_changes as done where done.import_id = v_import.reverts and done.variant_id is not null
      )
    );

    select jsonb_agg(to_jsonb(conflict)) into v_conflicts
    from (select * from private.import_conflicts(import_id) limit 50) as conflict;
    if v_conflicts is not null then
      perform private.refuse(409, 'import_conflict', jsonb_build_object('conflicts', v_conflicts),
        'Change these lines of the file and upload it again. Nothing was imported.');
    end if;
    v_summary := private.import_summary(import_id);
    if seen <> v_summary ->> 'fingerprint' then
      perform private.refuse(409, 'import_changed', jsonb_build_object('fingerprint', v_summary ->> 'fingerprint'),
        'The catalogue or the stock moved since the preview. Look at the difference again, then confirm. Nothing was imported.');
    end if;

    perform private.leave_trail_to(v_import.document);
    insert into private.import_changes (import_id, subject, line, handle, sku, product_id, variant_id, location_id, before, after, claim)
    select apply_import.import_id, diff.subject, diff.line, diff.handle, diff.sku, diff.product_id, diff.variant_id,
      diff.location_id, diff.before, diff.after, diff.claim
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after;
    insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
    select apply_import.import_id, stays.* from private.revert_exceptions(import_id) as stays;
    perform private.write_changes(v_import);

    delete from private.import_products as staged where staged.import_id = apply_import.import_id;
    delete from private.import_levels as staged where staged.import_id = apply_import.import_id;
    update public.imports set applied_at = now(), summary = v_summary where imports.id = apply_import.import_id
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;

create or replace function private.approve_count(count_id uuid, idempotency_key uuid, left_out uuid[])
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

create or replace function private.audit_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
-- Nothing is known of a transition table's size, and a nested loop over ten thousand rows takes seconds.
set enable_nestloop = off
as $$
declare
  v_subject text := tg_argv[0];
  v_key text := tg_argv[1];
  v_label text := tg_argv[2];
begin
  if tg_op = 'INSERT' then
    insert into public.audit_trail (action, subject, subject_id, label, after)
    select 'created', v_subject, fresh.fields ->> v_key, fresh.fields ->> v_label, private.differing(fresh.fields, null)
    from (select to_jsonb(added) from added) as fresh (fields);
  elsif tg_op = 'DELETE' then
    insert into public.audit_trail (action, subject, subject_id, label, before)
    select 'removed', v_subject, former.fields ->> v_key, former.fields ->> v_label,
      private.differing(former.fields, null)
    from (select to_jsonb(gone) from gone) as former (fields);
  else
    insert into public.audit_trail (action, subject, subject_id, label, before, after)
    select 'changed', v_subject, fresh.fields ->> v_key, fresh.fields ->> v_label,
      private.differing(former.fields, fresh.fields), private.differing(fresh.fields, former.fields)
    from (select to_jsonb(gone) from gone) as former (fields)
    join (select to_jsonb(added) from added) as fresh (fields) on fresh.fields ->> v_key = former.fields ->> v_key
    where private.differing(fresh.fields, former.fields) is not null;
  end if;
  return null;
end;
$$;

create or replace function private.availability_total()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
begin
  if not exists (select from changed) then
    return null;
  end if;
  insert into public.stock_totals as total (stripe, on_hand, held, committed, on_hand_minor, held_minor)
  select private.session_stripe(), sum(each.on_hand), sum(each.held), sum(each.committed),
    sum(each.on_hand * each.price_minor), sum(each.held * each.price_minor)
  from (
    select moved.*, (select variants.price_minor from public.variants
      where variants.id = moved.variant_id)::bigint as price_minor
    from (
      select changed.variant_id, changed.on_hand, changed.held, changed.committed from changed
      union all
      select before.variant_id, -before.on_hand, -before.held, -before.committed from before
    ) as moved
  ) as each
  on conflict (stripe) do update
  set on_hand = total.on_hand + excluded.on_hand,
    held = total.held + excluded.held,
    committed = total.committed + excluded.committed,
    on_hand_minor = total.on_hand_minor + excluded.on_hand_minor,
    held_minor = total.held_minor + excluded.held_minor;
  return null;
end;
$$;

create or replace function private.begin_import(
  file_name text, idempotency_key uuid, location_id uuid, warnings text[], problems jsonb, kind public.import_kind
)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_location uuid := location_id;
  v_problems jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'begin_import',
    jsonb_build_array(file_name, location_id, warnings, problems, kind));
  if v_response is null then
    if length(trim(coalesce(file_name, ''))) not between 1 and 255 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'file_name', 'problem', 'not 1 to 255 characters', 'value', file_name),
        'Say what the file is called.');
    end if;
    if cardinality(warnings) > 20 or array_position(warnings, null) > 0
      or exists (select from unnest(warnings) as warning where length(warning) > 20000) then
      perform private.refuse(422, 'invalid_input', '{"field": "warnings", "problem": "more than 20, or no sentences"}', 'Sum them up.');
    end if;
    v_problems := private.import_problems_in(coalesce(problems, '[]'));
    if v_problems is null or jsonb_array_length(v_problems) > 100 then
      perform private.refuse(422, 'invalid_input', '{"field": "problems", "problem": "not 0 to 100 of {line, column, value, why}"}',
        'Sum them up.');
    end if;
    if kind = 'inventory' then
      v_location := null;
    elsif v_location is null then
      select locations.id into v_location from public.locations where locations.active order by locations.position, locations.id limit 1;
      if not found then
        perform private.refuse(404, 'not_found', '{}', 'The shop has no active location to take the quantities. Create one first.');
      end if;
    end if;
    perform private.check_places('{}', array_remove(array[v_location], null));

    perform private.discard_imports(
      array(
        select imports.id from public.imports
        where imports.applied_at is null and imports.discarded_at is null and imports.created_at < now() - interval '7 days'
      ),
      '00000000-0000-0000-0000-000000000000'
    );
    insert into public.imports (kind, file_name, location_id, warnings, problems)
    values (begin_import.kind, trim(file_name), v_location, coalesce(begin_import.warnings, '{}'), v_problems)
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;

create or replace function private.begin_revert(import_id uuid)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_import public.imports;
  v_revert public.imports;
begin
  perform private.require_role('manager');
  -- Locked, so that two who begin at once begin the same.
  select * into v_import from public.imports where imports.id = begin_revert.import_id for update;
  if v_import.applied_at is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Only an applied import can be reverted.');
  end if;
  select * into v_revert from public.imports where imports.reverts = begin_revert.import_id and imports.discarded_at is null;
  if v_revert.applied_at is not null then
    perform private.refuse(409, 'already_undone', jsonb_build_object('change', import_id), 'It is reverted already.');
  end if;
  if v_revert.id is null then
    insert into public.imports (kind, file_name, location_id, reverts)
    values (v_import.kind, v_import.file_name, v_import.location_id, v_import.id)
    returning * into v_revert;
  end if;
  return v_revert;
end;
$$;

create or replace function private.cancel_units(item public.order_items, units integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if units > 0 then
    update public.order_items set cancelled = order_items.cancelled + units where order_items.id = item.id;
    update public.payments as payment
    set refund_due_minor = payment.refund_due_minor + units * item.price_minor::bigint
    where payment.order_id = item.order_id and payment.status = 'captured';
  end if;
end;
$$;

create or replace function private.category_sizes_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'category_sizes', null::uuid, null::uuid, to_jsonb(counted), to_jsonb(size)
  from (
    select products.category, count(*)::integer as products from public.products where products.status = 'active'
      group by products.category
  ) as counted
  full join (select * from public.category_sizes where category_sizes.products > 0) as size using (category)
  where counted.products is distinct from size.products
$$;

create or replace function private.change_alert(alert_id bigint, operation text, owner uuid, hours integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_before public.alerts;
  v_after public.alerts;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, operation, jsonb_build_array(alert_id, owner, hours));
  if v_response is not null then
    return v_response;
  end if;
  select * into v_before from public.alerts where alerts.id = change_alert.alert_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('alert_id', alert_id), 'Reload the page.');
  end if;
  if owner is not null and not exists (select from public.staff where staff.user_id = change_alert.owner
    and staff.active) then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'owner', 'problem', 'not on the staff',
      'value', owner),
      'Choose an active staff member.');
  end if;
  if hours not between 1 and 720 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'hours', 'problem', 'not 1 to 720', 'value', hours),
      'Let it wait for an hour or more, at most thirty days.');
  end if;
  update public.alerts
  set owner = coalesce(change_alert.owner, alerts.owner),
    acknowledged_at = coalesce(alerts.acknowledged_at, private.clock()),
    snoozed_until = coalesce(private.clock() + make_interval(hours => change_alert.hours), alerts.snoozed_until)
  where alerts.id = change_alert.alert_id and alerts.resolved_at is null
  returning * into v_after;
  if found then
    perform private.audit(operation, 'alert', alert_id::text, v_after.kind::text,
      jsonb_build_object('owner', v_before.owner, 'snoozed_until', v_before.snoozed_until),
      jsonb_build_object('owner', v_after.owner, 'snoozed_until', v_after.snoozed_until));
  end if;
  -- An alert that has ended since is returned unchanged.
  v_response := to_jsonb(coalesce(v_after, v_before));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.change_colleague(
  user_id uuid, role public.staff_role, active boolean, seen bigint, idempotency_key uuid, location_ids uuid[],
  sure boolean
)
returns public.staff
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_member public.staff;
  v_loses boolean;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'change_colleague',
    jsonb_build_array(user_id, role, location_ids, active, seen, sure));
  if v_response is null then
    perform private.check_rights(role, location_ids);
    -- Everybody who manages, in one order: two managers who take the role from each other must not both succeed.
    perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
    select * into v_member from public.staff where staff.user_id = change_colleague.user_id for update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id),
        'Reload the list of staff.');
    end if;
    if v_member.version <> seen then
      perform private.refuse(409, 'colleague_changed', jsonb_build_object('user_id', user_id),
        'Reload the page, look, and decide again.');
    end if;

    v_loses := v_member.active and v_member.role = 'manager' and (role <> 'manager' or not active);
    if v_loses and not exists (
      select from public.staff where staff.role = 'manager' and staff.active and staff.user_id <> v_member.user_id
    ) then
      perform private.refuse(409, 'last_manager', jsonb_build_object('user_id', user_id),
        'Make another staff member a manager first.');
    end if;
    if v_loses and v_member.user_id = auth.uid() and not coalesce(sure, false) then
      perform private.refuse(409, 'own_access', jsonb_build_object('user_id', user_id), 'Send sure = true.');
    end if;

    update public.staff
    set role = change_colleague.role, location_ids = change_colleague.location_ids, active = change_colleague.active
    where staff.user_id = v_member.user_id
    returning to_jsonb(staff) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.staff, v_response);
end;
$$;

create or replace function private.check_deltas(lines jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_bad jsonb;
begin
  if jsonb_typeof(lines) is distinct from 'array' or jsonb_array_length(lines) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "lines", "problem": "not 1 to 1000 lines"}',
      'Send lines as [{"variant_id": "<uuid>", "location_id": "<uuid>", "delta": -2}].');
  end if;
  select jsonb_build_object('field', 'lines[' || n - 1
    || ']', 'problem', 'not {variant_id: uuid, location_id: uuid, delta: up to a million, not 0}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or not pg_input_is_valid(coalesce(line ->> 'location_id', ''), 'uuid')
    or jsonb_typeof(line -> 'delta') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'delta', 'integer')
    or abs((line ->> 'delta')::numeric) not between 1 and 1000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Say for each level how many units came (+) or went (-).');
  end if;
end;
$$;

create or replace function private.check_lines(lines jsonb, location_id uuid)
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
    || ']', 'problem', 'not {variant_id: uuid, quantity: 1 to 1000000}', 'value', line)
  into v_bad
  from jsonb_array_elements(lines) with ordinality as given (line, n)
  where jsonb_typeof(line) <> 'object'
    or not pg_input_is_valid(coalesce(line ->> 'variant_id', ''), 'uuid')
    or jsonb_typeof(line -> 'quantity') is distinct from 'number'
    or not pg_input_is_valid(line ->> 'quantity', 'integer')
    or (line ->> 'quantity')::numeric not between 1 and 1000000
  order by n
  limit 1;
  if v_bad is not null then
    perform private.refuse(422, 'invalid_input', v_bad, 'Quantities are whole units above zero.');
  end if;

  perform private.check_places(array(select (line ->> 'variant_id')::uuid from jsonb_array_elements(lines) as line),
    array[location_id]);
end;
$$;

create or replace function private.check_options(product_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_field text;
begin
  select wrong.field into v_field
  from (
    select 'option_names' as field
    from public.products as product
    where product.id = check_options.product_id
      and cardinality(product.option_names) <> (select count(distinct nullif(trim(name), ''))
        from unnest(product.option_names) as name)
    union all
    select 'variants.' || variant.id || '.option_values'
    from public.products as product
    join public.variants as variant on variant.product_id = product.id
    where product.id = check_options.product_id
      and variant.active
      and (cardinality(variant.option_values) <> cardinality(product.option_names)
        or '' = any (select trim(value) from unnest(variant.option_values) as value))
  ) as wrong
  limit 1;
  if v_field is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_field, 'problem', 'are not one for each option'),
      'Give each option its own name, and each active variant a value for each option. Nothing was saved.');
  end if;
end;
$$;

create or replace function private.check_places(variant_ids uuid[], location_ids uuid[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_variant uuid;
  v_location uuid;
begin
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

create or replace function private.check_question(variant_id uuid, location_id uuid, quantity text, at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if quantity is null or quantity not in ('on_hand', 'held', 'committed', 'safety', 'available') then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'quantity', 'problem', 'no such quantity', 'value', quantity),
      'Ask for on_hand, held, committed, safety or available.');
  end if;
  if at > now() then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'at', 'problem', 'in the future', 'value', at),
      'Ask for a moment that has passed, or for none: now.');
  end if;
  if not exists (select from public.variants where variants.id = check_question.variant_id) then
    perform private.refuse(404, 'not_found', jsonb_build_object('variant_id', variant_id),
      'Reload the list of variants.');
  end if;
  if not exists (select from public.locations where locations.id = check_question.location_id) then
    perform private.refuse(404, 'not_found', jsonb_build_object('location_id', location_id), 'Choose a location.');
  end if;
end;
$$;

create or replace function private.check_reason(reason public.movement_reason)
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

create or replace function private.check_rights(role public.staff_role, location_ids uuid[])
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if role is null then
    perform private.refuse(422, 'invalid_input', '{"field": "role", "problem": "missing"}',
      'Choose viewer, stock or manager.');
  end if;
  if location_ids is not null and (role <> 'stock' or cardinality(location_ids) = 0) then
    perform private.refuse(422, 'invalid_input',
      '{"field": "location_ids", "problem": "only for role stock, and at least one"}',
      'NULL means everywhere. A viewer changes nothing anywhere, a manager everything everywhere.');
  end if;
  perform private.check_places('{}', coalesce(location_ids, '{}'));
end;
$$;

create or replace function private.claim_history_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'claim_history', variant_id, location_id,
    jsonb_build_object('held', coalesce(level.held, 0), 'committed', coalesce(level.committed, 0)),
    jsonb_build_object('held', coalesce(history.held, 0), 'committed', coalesce(history.committed, 0))
  from public.stock_levels as level
  full join (
    select history.variant_id, history.location_id, sum(history.held) as held, sum(history.committed) as committed
    from private.claim_history as history
    group by history.variant_id, history.location_id
  ) as history using (variant_id, location_id)
  where (coalesce(level.held, 0), coalesce(level.committed, 0)) is distinct
    from (coalesce(history.held, 0), coalesce(history.committed, 0))
$$;

create or replace function private.claim_next_order(idempotency_key uuid, location_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_now timestamptz := private.clock();
  v_own uuid[] := private.own_locations();
  v_order uuid;
  v_lease public.order_picking;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'claim_next_order', jsonb_build_array(location_id));
  if v_response is not null then
    return v_response;
  end if;
  loop
    -- A working picker holds the lock of the order: skip it and take the next one. An order that was claimed after this
    -- statement began is detected by its lease, and the next statement does not see it.
    select orders.id into v_order
    from public.orders
    left join public.order_picking as picking on picking.order_id = orders.id
    where orders.status = 'placed'
      and (picking.picker is null or picking.leased_until <= v_now)
      and exists (
        select from public.order_items as item
        join public.claims on claims.order_item_id = item.id and claims.expires_at is null
        left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = claims.location_id
        where item.order_id = orders.id
          and claims.quantity > greatest(claims.fulfilled, coalesce(pick.picked, 0))
          and (claim_next_order.location_id is null or claims.location_id = claim_next_order.location_id)
          and (v_own is null or claims.location_id = any (v_own))
      )
    order by orders.created_at, orders.id
    limit 1
    for no key update of orders skip locked;
    exit when not found;
    v_lease := private.try_lease(v_order);
    exit when v_lease.picker is not null;
  end loop;
  v_response := jsonb_build_object('order_id', v_order);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.claims_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'claims', level.variant_id, level.location_id,
    jsonb_build_object('held', coalesce(sums.held, 0), 'committed', coalesce(sums.committed, 0)),
    jsonb_build_object('held', level.held, 'committed', level.committed)
  from public.stock_levels as level
  left join (
    select claims.variant_id, claims.location_id,
      sum(claims.quantity) filter (where claims.expires_at is not null) as held,
      sum(claims.quantity - claims.fulfilled) filter (where claims.expires_at is null) as committed
    from public.claims
    group by claims.variant_id, claims.location_id
  ) as sums using (variant_id, location_id)
  where (level.held, level.committed) is distinct from (coalesce(sums.held, 0), coalesce(sums.committed, 0))

  union all
  -- Units of an order: all assigned while it is open (once), handed over exactly as recorded, none left when it is
  -- cancelled.
  select 'order_items', item.variant_id, null,
    jsonb_build_object('order_item_id', item.id, 'fulfilled', item.fulfilled, 'claimed', owed.units,
      'returned', item.returned),
    jsonb_build_object('order_item_id', item.id, 'fulfilled', coalesce(sums.fulfilled, 0),
      'claimed', coalesce(sums.claimed, 0),
      'returned', coalesce(came_back.units, 0))
  from public.order_items as item
  join public.orders on orders.id = item.order_id
  left join (
    select claims.order_item_id, sum(claims.quantity) as claimed, sum(claims.fulfilled) as fulfilled
    from public.claims
    group by claims.order_item_id
  ) as sums on sums.order_item_id = item.id
  left join (
    select order_returns.order_item_id, sum(order_returns.quantity) as units
    from public.order_returns
    group by order_returns.order_item_id
  ) as came_back on came_back.order_item_id = item.id
  cross join lateral (
    select case when orders.status = 'awaiting_payment'
      and sums.claimed is null then 0 else item.quantity - item.cancelled end as units
  ) as owed
  where (item.fulfilled, owed.units, item.returned)
    is distinct from (coalesce(sums.fulfilled, 0), coalesce(sums.claimed, 0), coalesce(came_back.units, 0))

  union all
  -- A cart holds no more units than its lines ask for.
  select 'cart_lines', held.variant_id, null,
    jsonb_build_object('cart_id', held.cart_id, 'at_most', coalesce(line.quantity, 0)),
    jsonb_build_object('cart_id', held.cart_id, 'held', held.units)
  from (
    select claims.cart_id, claims.variant_id, sum(claims.quantity) as units
    from public.claims where claims.cart_id is not null group by claims.cart_id, claims.variant_id
  ) as held
  left join public.cart_lines as line using (cart_id, variant_id)
  where held.units > coalesce(line.quantity, 0)
$$;

create or replace function private.close_delivery(delivery_id uuid, idempotency_key uuid, shorts jsonb)
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

create or replace function private.count_lines(count_id uuid)
returns table (
  variant_id uuid, counted integer, expected integer, ledger_position bigint, ended_at timestamptz,
  settles_at timestamptz,
  movements jsonb, open integer
)
language sql
stable
set search_path = ''
as $$
  select found.variant_id, found.counted,
    coalesce(level.on_hand, 0) - coalesce(since.units, 0) + coalesce(since.units_before, 0),
    found.ledger_position, found.ended_at, found.settles_at, coalesce(since.movements, '[]'), coalesce(since.open, 0)
  from private.count_windows as found
  left join public.stock_levels as level on level.variant_id = found.variant_id
    and level.location_id = found.location_id
  left join lateral (
    select sum(movement.delta)::integer as units,
      sum(movement.delta) filter (where inside.it and answer.had_happened)::integer as units_before,
      (count(*) filter (where inside.it and answer.had_happened is null))::integer as open,
      jsonb_agg(jsonb_build_object('id', movement.id, 'delta', movement.delta, 'reason', movement.reason,
        'document', movement.document,
        'created_at', movement.created_at, 'had_happened', answer.had_happened) order by movement.id)
          filter (where inside.it) as movements
    from public.stock_movements as movement
    cross join lateral (select movement.created_at <= found.settles_at as it) as inside
    left join public.count_answers as answer on answer.count_id = found.count_id and answer.movement_id = movement.id
    where movement.variant_id = found.variant_id
      and movement.location_id = found.location_id
      and movement.id > found.ledger_position
  ) as since on true
  where found.count_id = count_lines.count_id
$$;

create or replace function private.count_sales(placed public.sales_by_minute[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.sales_by_minute as sales (minute, stripe, orders, units, revenue_minor, taken_back,
    taken_back_minor)
  select each.* from unnest(placed) as each
  on conflict (minute, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    taken_back = sales.taken_back + excluded.taken_back,
    taken_back_minor = sales.taken_back_minor + excluded.taken_back_minor;

  insert into public.sales_by_quarter_hour as sales (quarter_hour, stripe, orders, units, revenue_minor, taken_back,
    taken_back_minor)
  select private.quarter_hour(each.minute), each.stripe, sum(each.orders), sum(each.units), sum(each.revenue_minor),
    sum(each.taken_back), sum(each.taken_back_minor)
  from unnest(placed) as each
  group by 1, 2
  on conflict (quarter_hour, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    taken_back = sales.taken_back + excluded.taken_back,
    taken_back_minor = sales.taken_back_minor + excluded.taken_back_minor;
end;
$$;

create or replace function private.counts_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'counts', pair.variant_id, pair.location_id, pair.expected, pair.actual
  from (
    select result.variant_id, counts.location_id,
      jsonb_build_object('count', counts.number, 'recorded', nullif(result.counted - result.expected, 0),
        'reversed', case when counts.status = 'reversed'
          then nullif(result.expected - result.counted, 0) end) as expected,
      jsonb_build_object('count', counts.number, 'recorded', recorded.delta, 'reversed', back.delta) as actual
    from public.count_results as result
    join public.counts on counts.id = result.count_id
    left join public.stock_movements as recorded on recorded.id = result.movement_id
      and recorded.variant_id = result.variant_id and recorded.location_id = counts.location_id
    left join public.stock_movements as back on back.id = result.reversal_id
      and back.variant_id = result.variant_id and back.location_id = counts.location_id
  ) as pair
  where pair.expected <> pair.actual
$$;

create or replace function private.create_product(product jsonb, idempotency_key uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_new public.products;
  v_problem text;
  v_rule text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'create_product', product);
  if v_response is not null then
    return v_response #>> '{}';
  end if;
  begin
    v_new := jsonb_populate_record(null::public.products, product);
    insert into public.products (handle, title, category, option_names, position)
    values (v_new.handle, v_new.title, v_new.category, coalesce(v_new.option_names, '{}'),
      (select coalesce(max(products.position), 0) + 1 from public.products))
    returning * into v_new;
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
    perform private.refuse(422, 'invalid_input', case v_rule
        when 'products_handle_key' then jsonb_build_object('field', 'handle', 'problem', 'is taken',
          'value', product ->> 'handle')
        when 'products_category_fkey' then jsonb_build_object('field', 'category', 'problem', 'is unknown',
          'value', product ->> 'category')
        else jsonb_build_object('field', 'product', 'problem', v_problem)
      end, 'Correct the field. Nothing was written.');
  end;
  perform private.insert_variant(v_new.id, product ->> 'sku',
    coalesce((jsonb_populate_record(null::public.variants, product)).option_values, '{}'),
    (product ->> 'price_minor')::integer);
  perform private.finish_once(idempotency_key, to_jsonb(v_new.id));
  return v_new.id;
end;
$$;

create or replace function private.customers_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'customers', null::uuid, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select orders.user_id, count(*) as orders, count(*) filter (where orders.status = 'cancelled') as cancelled,
      sum(orders.total_minor) as total_minor
    from public.orders
    where orders.placed_at is not null and orders.user_id is not null
    group by orders.user_id
  ) as expected
  full join (
    select customer.user_id, customer.orders, customer.cancelled, customer.total_minor from public.customers as customer
  ) as actual using (user_id)
  where to_jsonb(expected) is distinct from to_jsonb(actual)
$$;

create or replace function private.dashboard_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'sales_by_quarter_hour', null::uuid, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select private.quarter_hour(sales.minute) as quarter_hour, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor, sum(sales.taken_back) as taken_back,
      sum(sales.taken_back_minor) as taken_back_minor
    from public.sales_by_minute as sales
    group by 1
  ) as expected
  full join (
    select sales.quarter_hour, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor,
      sum(sales.taken_back) as taken_back, sum(sales.taken_back_minor) as taken_back_minor
    from public.sales_by_quarter_hour as sales
    group by sales.quarter_hour
  ) as actual using (quarter_hour)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  select 'sales_pace', variant_id, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select item.variant_id, private.quarter_hour(item.sold_at) as quarter_hour,
      sum(item.quantity - item.cancelled - item.returned) as units
    from public.order_items as item
    where item.sold_at is not null
    group by 1, 2
  ) as expected
  full join public.sales_pace as actual using (variant_id, quarter_hour)
  where coalesce(expected.units, 0) <> coalesce(actual.units, 0)
$$;

create or replace function private.delivery_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'late_delivery'::public.alert_kind, 'late_delivery:' || delivery.id, null::uuid, delivery.id,
    jsonb_build_object('number', delivery.number, 'supplier', delivery.supplier,
      'from_location_id', delivery.from_location_id,
      'to_location_id', delivery.to_location_id, 'expected_on', delivery.expected_on,
      'outstanding', (select coalesce(sum(line.outstanding), 0) from public.delivery_lines as line
        where line.delivery_id = delivery.id))
  from public.deliveries as delivery
  cross join public.shop_settings
  where delivery.status = 'expected' and delivery.expected_on < (at at time zone shop_settings.time_zone)::date
$$;

create or replace function private.delivery_label(delivery public.deliveries)
returns text
language sql
immutable
set search_path = ''
as $$
  select left(concat_ws(', ', case when delivery.from_location_id is null then 'delivery ' else 'transfer ' end
    || delivery.number, delivery.document), 120)
$$;

create or replace function private.discard_import(import_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  return private.discard_imports(array[import_id], private.actor());
end;
$$;

CREATE OR REPLACE FUNCTION private.discard_imports(before timestamp with time zone, at_most integer)
 RETURNS integer
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  -- The rows of one file are deleted together, so one file a call.
  v_imports uuid[] := array(
    select imports.id from public.imports
    where imports.applied_at is null and imports.discarded_at is null and imports.created_at < before
    order by imports.created_at limit least(at_most, 1) for update skip locked
  );
begin
  perform private.discard_imports(v_imports, '00000000-0000-0000-0000-000000000000');
  return cardinality(v_imports);
end;
$function$;

CREATE OR REPLACE FUNCTION private.discard_imports(import_ids uuid[], who uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_thrown uuid[];
begin
  with thrown as (
    update public.imports
    set discarded_at = now(), discarded_by = discard_imports.who
    where imports.id = any (discard_imports.import_ids)
      and imports.applied_at is null
      and imports.discarded_at is null
    returning imports.id
  )
  select array_agg(thrown.id) into v_thrown from thrown;
  delete from private.import_products as staged where staged.import_id = any (v_thrown);
  delete from private.import_levels as staged where staged.import_id = any (v_thrown);
  return v_thrown is not null;
end;
$function$;

create or replace function private.document_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'no_document'::public.alert_kind, 'no_document:' || movement.variant_id || ':' || movement.location_id,
    movement.variant_id, null::uuid,
    jsonb_build_object('location_id', movement.location_id, 'units', sum(movement.delta), 'movements', count(*),
      'actor', (array_agg(movement.actor order by movement.id desc))[1], 'last_at', max(movement.created_at))
  from public.stock_movements as movement
  where movement.document is null and movement.note is null and movement.reason in ('receive', 'return', 'correction')
    and movement.created_at > at - interval '7 days'
    and not exists (
      select from public.stock_movements as counted
      where counted.variant_id = movement.variant_id and counted.location_id = movement.location_id
        and counted.id > movement.id and counted.reason = 'recount'
    )
  group by movement.variant_id, movement.location_id
  having abs(sum(movement.delta)) >= 10
$$;

create or replace function private.drift_alerts()
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  select 'drift'::public.alert_kind, concat_ws(':', 'drift', drift.aggregate, drift.variant_id, drift.location_id),
    drift.variant_id, null::uuid,
    jsonb_build_object('aggregate', drift.aggregate, 'location_id', drift.location_id, 'rows', count(*),
      'expected', (array_agg(drift.expected))[1], 'actual', (array_agg(drift.actual))[1])
  from private.inventory_drift() as drift
  group by drift.aggregate, drift.variant_id, drift.location_id
  limit 50
$$;

create or replace function private.entries_of(count_id uuid, variant_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', entry.id, 'units', entry.units, 'actor', entry.actor,
    'ended_at', entry.ended_at)
    order by entry.ended_at, entry.id), '[]')
  from public.count_entries as entry
  where entry.count_id = entries_of.count_id
    and entry.variant_id = entries_of.variant_id
    and not entry.withdrawn
$$;

create or replace function private.erased_address(address jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('line1', 'Erased', 'postcode', 'Erased', 'city', 'Erased',
    'country', coalesce(address ->> 'country', 'Erased'))
$$;

create or replace function private.explain_quantity(variant_id uuid, location_id uuid, quantity text, at timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_level public.stock_levels;
  v_parts jsonb;
  v_units integer;
begin
  perform private.require_role('viewer');
  perform private.check_question(variant_id, location_id, quantity, at);

  if at is not null and quantity not in ('on_hand', 'safety') then
    at := greatest(at, now() - private.claims_remembered());
  end if;

  select * into v_level
  from public.stock_levels as level
  where level.variant_id = explain_quantity.variant_id and level.location_id = explain_quantity.location_id;

  v_parts := case quantity
    when 'on_hand' then private.parts_on_hand(variant_id, location_id, at)
    when 'held' then private.parts_claimed(variant_id, location_id, at, true)
    when 'committed' then private.parts_claimed(variant_id, location_id, at, false)
    when 'safety' then case when v_level.safety > 0
      then jsonb_build_array(jsonb_build_object('kind', 'kept_back', 'units', v_level.safety)) else '[]' end
    else private.parts_available(v_level, variant_id, location_id, at)
  end;
  -- The current number is the one stored in the level, not the sum of the parts: a difference would show.
  v_units := case
    when at is not null then private.sum_of(v_parts)
    else coalesce((to_jsonb(v_level) ->> quantity)::integer, 0)
  end;
  return jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'quantity', quantity, 'at', at,
    'asked_at', now(), 'units', v_units, 'parts', v_parts,
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row));
end;
$$;

create or replace function private.find_alerts()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_due public.alert_kind[];
  v_found private.found_alert[];
begin
  perform private.require_role('viewer');
  -- A second caller has nothing to do while the first one checks.
  with due as (
    select checks.kind from private.alert_checks as checks
    where checks.checked_at is null or checks.checked_at not between v_now - checks.every and v_now
    for update skip locked
  ), checked as (
    update private.alert_checks as checks set checked_at = v_now from due where checks.kind = due.kind
      returning checks.kind
  )
  select coalesce(array_agg(checked.kind), '{}') into v_due from checked;

  v_found := array(select rule from private.pace_alerts(v_now) as rule where 'unusual_pace' = any (v_due))
    || array(select rule from private.document_alerts(v_now) as rule where 'no_document' = any (v_due))
    || array(select rule from private.hoarding_alerts(v_now) as rule where 'hoarding' = any (v_due))
    || array(select rule from private.drift_alerts() as rule where 'drift' = any (v_due))
    || array(select rule from private.delivery_alerts(v_now) as rule where 'late_delivery' = any (v_due));

  update public.alerts
  set resolved_at = v_now
  where alerts.resolved_at is null
    and alerts.kind = any (v_due)
    and alerts.cause <> all (array(select each.cause from unnest(v_found) as each));
  insert into public.alerts (kind, cause, variant_id, delivery_id, evidence)
  select each.kind, each.cause, each.variant_id, each.delivery_id,
    each.evidence || jsonb_build_object('variant', private.label_of(each.variant_id))
  from unnest(v_found) as each
  order by each.cause
  on conflict (cause) where resolved_at is null do update
  set evidence = excluded.evidence
  where alerts.evidence <> excluded.evidence;
  update public.alerts
  set snoozed_until = null
  where alerts.resolved_at is null and alerts.snoozed_until <= v_now;
  return (select count(*) from public.alerts where alerts.resolved_at is null);
end;
$$;

create or replace function private.finish_picking(order_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if private.units_to_pick(order_id) > 0 then
    return;
  end if;
  update public.orders set updated_at = clock_timestamp() where orders.id = finish_picking.order_id
    and orders.status = 'placed';
  if not found then
    return;
  end if;
  insert into public.order_events (order_id, kind) values (finish_picking.order_id, 'picked');
  update public.order_picking as picking set picker = null, leased_until = null
    where picking.order_id = finish_picking.order_id;
end;
$$;

create or replace function private.forget_old_rows(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '250ms'
as $$
declare
  v_size integer := least(greatest(coalesce(at_most, 1000), 1), 10000);
  v_rule private.retention_rules;
  v_done integer;
  v_rows jsonb := '{}';
  v_failed jsonb := '{}';
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}',
      'Only the maintenance job of the shop deletes old rows.');
  end if;
  -- A second server finds the job running and leaves it alone.
  if pg_try_advisory_xact_lock(hashtextextended('onhand.forget_old_rows', 0)) then
    perform private.leave_trail_to('retention');
    for v_rule in select * from private.retention_rules order by retention_rules.kind loop
      begin
        if v_rule.target is null then
          execute format('select private.%I($1, $2)', v_rule.sweep) into v_done using private.clock() - v_rule.keep,
          v_size;
        else
          v_done := private.delete_old(v_rule.target, v_rule.age, v_rule.only_where, private.clock() - v_rule.keep,
            v_size);
        end if;
        v_rows := v_rows || case when v_done > 0 then jsonb_build_object(v_rule.kind, v_done) else '{}' end;
      exception when others then
        -- One rule that fails must not stop the others; the caller logs it.
        v_failed := v_failed || jsonb_build_object(v_rule.kind, sqlerrm);
      end;
    end loop;
    perform private.leave_trail_to('');
  end if;
  return jsonb_build_object('rows', v_rows, 'failed', v_failed);
end;
$$;

create or replace function private.hoarding_alerts(at timestamptz)
returns setof private.found_alert
language sql
stable
set search_path = ''
as $$
  with held as (
    select claims.variant_id, claims.quantity, claims.expires_at, claims.location_id, claims.id,
      -- An account, a network, or a guest of whom no network is known.
      coalesce(carts.user_id::text, claims.network, carts.id::text) as holder, claims.cart_id
    from public.claims
    join public.carts on carts.id = claims.cart_id
    where claims.expires_at > at
  )
  select 'hoarding'::public.alert_kind, 'hoarding:' || holder.variant_id || ':' || holder.holder, holder.variant_id,
    null::uuid,
    jsonb_build_object('held', holder.held, 'left', availability.available, 'until', holder.until,
      'location_id', holder.location_id,
      'carts', holder.carts)
  from (
    select held.variant_id, held.holder, sum(held.quantity) as held, max(held.expires_at) as until,
      count(distinct held.cart_id) as carts,
      (array_agg(held.location_id order by held.quantity desc, held.id))[1] as location_id
    from held
    group by held.variant_id, held.holder
    having sum(held.quantity) >= 5
  ) as holder
  join public.availability on availability.variant_id = holder.variant_id
  where holder.held >= availability.available
  union all
  select 'hoarding'::public.alert_kind, 'hoarding:shop:' || holder.holder, null::uuid, null::uuid,
    jsonb_build_object('held', holder.held, 'left', holder.left, 'until', holder.until, 'location_id', null,
      'carts', holder.carts)
  from (
    select held.holder, sum(held.quantity) as held, max(held.expires_at) as until,
      count(distinct held.cart_id) as carts,
      (select sum(totals.on_hand - totals.held - totals.committed) from public.stock_totals as totals) as left
    from held
    group by held.holder
    having sum(held.quantity) >= 20
  ) as holder
  where holder.held >= holder.left / 4.0
$$;

create or replace function private.insert_variant(product_id uuid, sku text, option_values text[], price_minor integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_problem text;
  v_rule text;
begin
  if exists (select from unnest(option_values) as value where trim(value) = '') then
    perform private.refuse(422, 'invalid_input', '{"field": "option_values", "problem": "missing"}',
      'Name a value for each option.');
  end if;
  insert into public.variants (product_id, sku, option_values, price_minor, currency, position)
  select insert_variant.product_id, insert_variant.sku, insert_variant.option_values, insert_variant.price_minor,
    shop_settings.currency,
    (select coalesce(max(sibling.position), 0) + 1 from public.variants as sibling
      where sibling.product_id = insert_variant.product_id)
  from public.shop_settings;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
  perform private.refuse(422, 'invalid_input', case v_rule
      when 'variants_sku_key' then jsonb_build_object('field', 'sku', 'problem', 'is taken', 'value', sku)
      when 'variants_differ_in_their_options' then jsonb_build_object('field', 'option_values', 'problem', 'is taken')
      else jsonb_build_object('field', 'variant', 'problem', v_problem)
    end, 'Correct the field. Nothing was written.');
end;
$$;

create or replace function private.invite_colleague(
  email text, name text, role public.staff_role, secret text, idempotency_key uuid, location_ids uuid[]
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_email text := lower(trim(email));
  v_hash bytea := private.token_hash(secret);
  v_response jsonb;
  v_known jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'invite_colleague',
    jsonb_build_array(v_email, name, role, location_ids, encode(v_hash, 'hex')));
  if v_response is null then
    if coalesce(v_email, '') not like '%_@_%' or length(v_email) > 254 then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'email', 'problem', 'not an address', 'value', email), 'Type an e-mail address.');
    end if;
    if length(trim(coalesce(name, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "name", "problem": "not 1 to 120 characters"}',
        'Type the name of the staff member.');
    end if;
    perform private.check_rights(role, location_ids);

    select jsonb_build_object('email', v_email, 'active', staff.active) into v_known
    from public.staff where staff.email = v_email;
    if not found then
      insert into public.staff_invitations (email, name, role, location_ids, secret_hash, expires_at)
      values (v_email, trim(invite_colleague.name), invite_colleague.role, invite_colleague.location_ids, v_hash,
        now() + private.invitation_time())
      on conflict do nothing
      returning to_jsonb(staff_invitations.id) into v_response;
    end if;
    if v_response is null then
      perform private.refuse(409, 'colleague_exists',
        coalesce(v_known, jsonb_build_object('email', v_email, 'active', null)),
        'Change the staff member or the open invitation instead.');
    end if;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::uuid;
end;
$$;

create or replace function private.items_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.sales_by_variant as sales (variant_id, sold, cancelled, returned, revenue_minor)
  select each.variant_id, sum(each.sign * each.quantity), sum(each.sign * each.cancelled),
    sum(each.sign * each.returned),
    sum(each.sign * (each.quantity - each.cancelled - each.returned) * each.price_minor::bigint)
  from (
    select 1 as sign, changed.* from changed where changed.sold_at is not null
    union all
    select -1, before.* from before where before.sold_at is not null
  ) as each
  group by each.variant_id
  having sum(each.sign) <> 0 or sum(each.sign * each.cancelled) <> 0 or sum(each.sign * each.returned) <> 0
  order by each.variant_id
  on conflict (variant_id) do update
  set sold = sales.sold + excluded.sold, cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned, revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1, updated_at = now();

  insert into public.sales_pace as pace (variant_id, quarter_hour, units)
  select each.variant_id, private.quarter_hour(each.sold_at),
    sum(each.sign * (each.quantity - each.cancelled - each.returned))
  from (
    select 1 as sign, changed.* from changed where changed.sold_at is not null
    union all
    select -1, before.* from before where before.sold_at is not null
  ) as each
  group by 1, 2
  having sum(each.sign * (each.quantity - each.cancelled - each.returned)) <> 0
  order by 1, 2
  on conflict (variant_id, quarter_hour) do update
  set units = pace.units + excluded.units;

  perform private.count_sales(array(
    select row(moved.minute, private.session_stripe(), moved.orders, moved.units, moved.revenue_minor, moved.taken_back,
      moved.taken_back_minor)::public.sales_by_minute
    from (
      select date_trunc('minute', each.sold_at, 'UTC') as minute,
        count(distinct each.order_id) filter (where each.sign = 1) - count(distinct each.order_id)
          filter (where each.sign = -1) as orders,
        sum(each.sign * each.quantity) as units, sum(each.sign * each.total_minor) as revenue_minor,
        sum(each.sign * (each.cancelled + each.returned)) as taken_back,
        sum(each.sign * (each.cancelled + each.returned) * each.price_minor::bigint) as taken_back_minor
      from (
        select 1 as sign, changed.* from changed where changed.sold_at is not null
        union all
        select -1, before.* from before where before.sold_at is not null
      ) as each
      group by 1
    ) as moved
    where moved.units <> 0 or moved.taken_back <> 0
  ));
  return null;
end;
$$;

create or replace function private.items_sell()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- In the order of variants, which is the order of their locks.
  insert into public.sales_by_variant as sales (variant_id, sold, cancelled, returned, revenue_minor)
  select added.variant_id, sum(added.quantity), sum(added.cancelled), sum(added.returned),
    sum((added.quantity - added.cancelled - added.returned) * added.price_minor::bigint)
  from added
  where added.sold_at is not null
  group by added.variant_id
  order by added.variant_id
  on conflict (variant_id) do update
  set sold = sales.sold + excluded.sold, cancelled = sales.cancelled + excluded.cancelled,
    returned = sales.returned + excluded.returned, revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    version = sales.version + 1, updated_at = now();

  insert into public.sales_pace as pace (variant_id, quarter_hour, units)
  select added.variant_id, private.quarter_hour(added.sold_at), sum(added.quantity - added.cancelled - added.returned)
  from added
  where added.sold_at is not null
  group by 1, 2
  order by 1, 2
  on conflict (variant_id, quarter_hour) do update
  set units = pace.units + excluded.units;

  perform private.count_sales(array(
    select row(date_trunc('minute', added.sold_at, 'UTC'), private.session_stripe(), count(distinct added.order_id),
      sum(added.quantity),
      sum(added.total_minor), sum(added.cancelled + added.returned),
      sum((added.cancelled + added.returned) * added.price_minor::bigint))::public.sales_by_minute
    from added
    where added.sold_at is not null
    group by date_trunc('minute', added.sold_at, 'UTC')
  ));
  return null;
end;
$$;

create or replace function private.judged_deltas(lines jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own uuid[] := private.own_locations();
begin
  return (
    select jsonb_agg(jsonb_build_object('variant_id', wanted.variant_id, 'location_id', wanted.location_id,
      'delta', wanted.delta,
      'refusal', case
        when not exists (select from public.variants where variants.id = wanted.variant_id)
          then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('variant_id', wanted.variant_id))
        when not exists (select from public.locations where locations.id = wanted.location_id and locations.active)
          then jsonb_build_object('code', 'not_found', 'detail', jsonb_build_object('location_id', wanted.location_id))
        when wanted.location_id <> all (v_own)
          then jsonb_build_object('code', 'location_not_yours',
            'detail', jsonb_build_object('location_id', wanted.location_id))
        when wanted.delta < 0 and coalesce(level.available, 0) + wanted.delta < 0
          then jsonb_build_object('code', 'insufficient_stock',
            'detail', jsonb_build_object('short', jsonb_build_array(jsonb_build_object(
            'variant_id', wanted.variant_id, 'location_id', wanted.location_id, 'delta', wanted.delta, 'available',
            coalesce(level.available, 0)))))
      end) order by wanted.first_named)
    from (
      select (line ->> 'variant_id')::uuid as variant_id, (line ->> 'location_id')::uuid as location_id,
        sum((line ->> 'delta')::integer)::integer as delta, min(n) as first_named
      from jsonb_array_elements(lines) with ordinality as given (line, n)
      group by 1, 2
    ) as wanted
    left join public.stock_levels as level using (variant_id, location_id)
  );
end;
$$;

create or replace function private.keep_trail(target regclass, subject text, key text, label text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_event text;
begin
  foreach v_event in array array['insert', 'update', 'delete'] loop
    execute format(
      'create trigger %I after %s on %s referencing %s for each statement
         when (coalesce(current_setting(''onhand.document'', true), '''') = '''')
         execute function private.audit_changes(%L, %L, %L)',
      subject || '_leaves_trail_of_' || v_event, v_event, target,
      concat_ws(' ', case when v_event <> 'insert' then 'old table as gone' end, case when v_event <> 'delete'
        then 'new table as added' end),
      subject, key, label);
  end loop;
end;
$$;

create or replace function private.line_to_pick(order_id uuid, location_id uuid, variant_id uuid)
returns table (id bigint, title text, handed_over integer, picked integer, quantity integer)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select item.id, item.title, coalesce(claims.fulfilled, 0) as handed_over,
    greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) as picked,
    coalesce(claims.quantity, 0) as quantity
  from public.order_items as item
  left join public.claims on claims.order_item_id = item.id and claims.location_id = line_to_pick.location_id
  left join public.order_picks as pick on pick.order_item_id = item.id and pick.location_id = line_to_pick.location_id
  where item.order_id = line_to_pick.order_id and item.variant_id = line_to_pick.variant_id
  order by coalesce(claims.quantity, 0) - greatest(coalesce(claims.fulfilled, 0), coalesce(pick.picked, 0)) desc,
    item.id
  limit 1;
end;
$$;

create or replace function private.lock_count(count_id uuid, needed public.count_status)
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

create or replace function private.lock_delivery(delivery_id uuid)
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

create or replace function private.lock_invitation(invitation_id uuid)
returns public.staff_invitations
language plpgsql
set search_path = ''
as $$
declare
  v_invitation public.staff_invitations;
begin
  select * into v_invitation from public.staff_invitations where staff_invitations.id = lock_invitation.invitation_id
    for update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('invitation_id', invitation_id),
      'Reload the list of staff.');
  end if;
  if num_nonnulls(v_invitation.accepted_at, v_invitation.revoked_at) > 0 then
    perform private.refuse(409, 'invitation_closed',
      jsonb_build_object('status', case when v_invitation.accepted_at is null then 'revoked' else 'accepted' end),
      'Invite them again, if they are not staff.');
  end if;
  return v_invitation;
end;
$$;

create or replace function private.lock_product(product_id uuid, variants jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text;
begin
  -- The product before its variants and before any stock, as an import does.
  perform from public.products where products.id = lock_product.product_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('product_id', product_id),
      'Reload the list of products.');
  end if;
  perform from public.variants where variants.product_id = lock_product.product_id
    order by variants.id for no key update;
  select touched.id into v_unknown
  from jsonb_object_keys(lock_product.variants) as touched (id)
  where not exists (select from public.variants where variants.product_id = lock_product.product_id
    and variants.id::text = touched.id)
  limit 1;
  if v_unknown is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'variants', 'problem', 'not of this product', 'value', v_unknown),
      'Reload the product.');
  end if;
  return private.product_sheet(product_id);
end;
$$;

create or replace function private.move_stock(
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
    select line.variant_id, line.location_id, line.delta, move_stock.reason, move_stock.document, move_stock.note,
      move_stock.source_kind, move_stock.source_id
    from jsonb_to_recordset(lines) as line (variant_id uuid, location_id uuid, delta integer)
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

create or replace function private.movement_lines(location_id uuid, lines jsonb, sign integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('variant_id', line.variant_id, 'location_id', movement_lines.location_id,
    'delta', movement_lines.sign * line.quantity)), '[]')
  from jsonb_to_recordset(lines) as line (variant_id uuid, quantity integer)
  where line.quantity > 0
$$;

create or replace function private.open_delivery(
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

create or replace function private.orders_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'orders', null::uuid, null::uuid,
    jsonb_build_object('order_id', orders.id, 'units', sums.units, 'total_minor', sums.total_minor,
      'tax_minor', sums.tax_minor,
      'amount_minor', sums.total_minor, 'open', sums.open_units > 0, 'sold', orders.placed_at),
    jsonb_build_object('order_id', orders.id, 'units', orders.units, 'total_minor', orders.total_minor,
      'tax_minor', orders.tax_minor,
      'amount_minor', payment.amount_minor, 'open', orders.status in ('awaiting_payment', 'placed'), 'sold',
      sums.sold_at)
  from public.orders
  left join public.payments as payment on payment.order_id = orders.id
  left join (
    select item.order_id, sum(item.quantity) as units, sum(item.total_minor) as total_minor,
      sum(item.tax_minor) as tax_minor,
      sum(item.quantity - item.fulfilled - item.cancelled) as open_units, min(item.sold_at) as sold_at
    from public.order_items as item
    group by item.order_id
  ) as sums on sums.order_id = orders.id
  where (sums.units, sums.total_minor, sums.tax_minor, sums.total_minor, sums.open_units > 0, orders.placed_at)
    is distinct from
    (orders.units, orders.total_minor, orders.tax_minor, payment.amount_minor,
      orders.status in ('awaiting_payment', 'placed'), sums.sold_at)
$$;

create or replace function private.parts_available(
  level public.stock_levels, variant_id uuid, location_id uuid, at timestamptz
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('kind', 'quantity', 'quantity', part.quantity, 'units', part.units)
    order by part.place)
  from (values
    (1, 'on_hand', case when at is null then coalesce(level.on_hand, 0)
      else private.sum_of(private.parts_on_hand(variant_id, location_id, at)) end),
    (2, 'held', -case when at is null then coalesce(level.held, 0)
      else private.sum_of(private.parts_claimed(variant_id, location_id, at, true)) end),
    (3, 'committed', -case when at is null then coalesce(level.committed, 0)
      else private.sum_of(private.parts_claimed(variant_id, location_id, at, false)) end),
    (4, 'safety', -coalesce(level.safety, 0))
  ) as part (place, quantity, units)
$$;

create or replace function private.parts_claimed(variant_id uuid, location_id uuid, at timestamptz, is_held boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(case
        when owner.order_item_id is null then jsonb_build_object('kind', 'hold', 'units', owner.units,
          'since', owner.since,
          'expires_at', owner.expires_at, 'cart_value_minor', cart.value_minor, 'cart_units', cart.units)
        else jsonb_build_object('kind', 'order', 'units', owner.units, 'since', owner.since, 'order_id', orders.id,
          'number', orders.number, 'status', orders.status, 'name', orders.name, 'expires_at', owner.expires_at)
      end order by owner.since, owner.cart_id, owner.order_item_id), '[]')
    from (
      -- Now: the claims themselves. At a past moment: what their history had come to.
      select claims.cart_id, claims.order_item_id, claims.quantity - claims.fulfilled as units, claims.expires_at, (
          select max(history.at)
          from private.claim_history as history
          where history.variant_id = claims.variant_id and history.location_id = claims.location_id
            and history.cart_id is not distinct from claims.cart_id and history.order_item_id is not distinct
              from claims.order_item_id
            and history.held + history.committed > 0
        ) as since
      from public.claims
      where parts_claimed.at is null
        and claims.variant_id = parts_claimed.variant_id and claims.location_id = parts_claimed.location_id
        and (claims.expires_at is not null) = parts_claimed.is_held
        and claims.quantity > claims.fulfilled
      union all
      select history.cart_id, history.order_item_id,
        sum(case when parts_claimed.is_held then history.held else history.committed end)::integer,
        null, max(history.at) filter (where history.held + history.committed > 0)
      from private.claim_history as history
      where parts_claimed.at is not null
        and history.variant_id = parts_claimed.variant_id and history.location_id = parts_claimed.location_id
        and history.at <= parts_claimed.at
      group by history.cart_id, history.order_item_id
      having sum(case when parts_claimed.is_held then history.held else history.committed end) <> 0
    ) as owner
    left join public.order_items as item on item.id = owner.order_item_id
    left join public.orders on orders.id = item.order_id
    left join lateral (
      -- The contents of a cart are known for the current moment only.
      select sum(line.quantity * line.price_minor::bigint) as value_minor, sum(line.quantity) as units
      from public.cart_lines as line
      where parts_claimed.at is null and line.cart_id = owner.cart_id
    ) as cart on true
  );
end;
$$;

create or replace function private.parts_on_hand(variant_id uuid, location_id uuid, at timestamptz)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_latest constant integer := 30;
  v_parts jsonb;
  v_first bigint;
begin
  select coalesce(jsonb_agg(jsonb_build_object('kind', 'movement', 'units', latest.delta, 'id', latest.id,
    'reason', latest.reason,
      'document', latest.document, 'source_kind', latest.source_kind, 'source_id', latest.source_id,
      'note', latest.note, 'actor', latest.actor, 'at', latest.created_at,
      'other_location_id', case when latest.reason = 'transfer' then (
        select other.location_id
        from public.stock_movements as other
        where other.variant_id = latest.variant_id and other.location_id <> latest.location_id
          and other.id between latest.id - 2000 and latest.id + 2000
          and other.reason = 'transfer' and other.created_at = latest.created_at and other.delta = -latest.delta
        order by abs(other.id - latest.id)
        limit 1
      ) end) order by latest.id desc), '[]'), min(latest.id)
  into v_parts, v_first
  from (
    select movement.*
    from public.stock_movements as movement
    where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
      and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
    order by movement.id desc
    limit v_latest
  ) as latest;

  return v_parts || coalesce((
    select jsonb_agg(jsonb_build_object('kind', 'earlier', 'units', earlier.units, 'movements', earlier.movements,
      'at', earlier.at))
    from (
      select sum(movement.delta) as units, count(*) as movements, max(movement.created_at) as at
      from public.stock_movements as movement
      where movement.variant_id = parts_on_hand.variant_id and movement.location_id = parts_on_hand.location_id
        and movement.id < v_first
        and (parts_on_hand.at is null or movement.created_at <= parts_on_hand.at)
      having count(*) > 0
    ) as earlier
  ), '[]');
end;
$$;

create or replace function private.payments_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  -- Money: captured money pays for units of an order, or is due back.
  select 'payments', null::uuid, null::uuid,
    jsonb_build_object('order_id', orders.id, 'at_most', worth.minor),
    jsonb_build_object('order_id', orders.id, 'kept_minor', payment.captured_minor - payment.refund_due_minor)
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  cross join lateral (
    select coalesce(sum((item.quantity - item.cancelled - item.returned) * item.price_minor::bigint), 0) as minor
    from public.order_items as item
    where item.order_id = orders.id and orders.status in ('placed', 'fulfilled')
  ) as worth
  where payment.captured_minor - payment.refund_due_minor > worth.minor

  union all
  select 'idempotency_keys', null, null, jsonb_build_object('key', asked.key, 'response', true),
    jsonb_build_object('key', asked.key, 'response', false)
  from private.idempotency_keys as asked
  where asked.response is null
$$;

create or replace function private.pick_units(order_id uuid, location_id uuid, code text, quantity integer, idempotency_key uuid)
returns public.order_picks
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_line record;
  v_pick public.order_picks;
  v_left integer;
  v_variant uuid;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'pick_units',
    jsonb_build_array(order_id, location_id, code, quantity));
  if v_response is not null then
    return jsonb_populate_record(null::public.order_picks, v_response);
  end if;
  if coalesce(quantity, 0) = 0 or abs(quantity) > 99 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'quantity', 'problem', 'zero or beyond 99', 'value', quantity),
      'Say how many units were picked (+) or put back (-).');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);

  v_variant := private.ordered_variant(v_order.id, code);
  select * into v_line from private.line_to_pick(order_id, location_id, v_variant);
  if v_line.picked + quantity > v_line.quantity or v_line.picked + quantity < v_line.handed_over then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', order_id, 'title', v_line.title,
        'wanted', quantity, 'left', case when quantity > 0 then v_line.quantity - v_line.picked
          else v_line.picked - v_line.handed_over end),
      'Pick what the order has units of here; put back what lies in the box.');
  end if;

  v_left := private.units_to_pick(order_id);
  insert into public.order_picks as pick (order_item_id, location_id, order_id, picked, actor)
  values (v_line.id, pick_units.location_id, v_order.id, v_line.picked + quantity, private.actor())
  on conflict on constraint order_picks_pkey do update
  set picked = excluded.picked, actor = excluded.actor
  returning * into v_pick;
  if quantity > 0 then
    perform private.finish_picking(v_order.id);
  elsif v_left = 0 then
    insert into public.order_events (order_id, kind) values (v_order.id, 'unpicked');
    update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  end if;
  perform private.finish_once(idempotency_key, to_jsonb(v_pick));
  return v_pick;
end;
$$;

create or replace function private.preview_import(import_id uuid, first_changes integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_import public.imports;
  v_changes jsonb;
  v_conflicts jsonb := '[]';
  v_questions jsonb := '[]';
begin
  perform private.require_role('manager');
  select * into v_import from public.imports where imports.id = preview_import.import_id and imports.discarded_at is null;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;

  if v_import.applied_at is null then
    v_import.summary := private.import_summary(import_id);
    select coalesce(jsonb_agg(to_jsonb(conflict) order by conflict.line), '[]') into v_conflicts
    from (select * from private.import_conflicts(import_id) limit 50) as conflict;
    if v_import.kind = 'inventory' then
      select coalesce(jsonb_agg(to_jsonb(question) || jsonb_build_object('movements', private.movements_since(
          question.variant_id, question.location_id, question.ledger_position)) order by question.line), '[]')
      into v_questions
      from (select * from private.import_questions(import_id) as asked order by asked.line limit least(first_changes, 1000)) as question;
    end if;
  end if;
  select coalesce(jsonb_agg(to_jsonb(change) order by change.line, change.subject), '[]') into v_changes
  from (
    select diff.subject, diff.line, diff.handle, diff.sku, diff.before, diff.after
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after
    order by 2, 1
    limit least(first_changes, 10000)
  ) as change;
  return jsonb_build_object(
    'import', to_jsonb(v_import),
    'changes', v_changes,
    'conflicts', v_conflicts,
    'questions', v_questions,
    'kept', (
      select coalesce(jsonb_agg(to_jsonb(kept) order by kept.line, kept.field), '[]')
      from (select * from private.revert_exceptions(import_id) as stays order by stays.line, stays.field limit least(first_changes, 10000)) as kept
    ),
    'reverted_by', (
      select revert.id from public.imports as revert
      where revert.reverts = preview_import.import_id and revert.applied_at is not null
    )
  );
end;
$$;

create or replace function private.product_editors(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(last.field, last.actor_name), '{}')
  from (
    select distinct on (line.field) line.field, line.actor_name
    from (
      select trail.id, trail.actor_name, change.key as field
      from public.products as product
      join public.audit_trail as trail on trail.subject = 'product' and trail.subject_id = product.id::text
        and trail.action = 'changed'
      cross join lateral jsonb_each(trail.after) as change
      where product.id = product_editors.product_id and to_jsonb(product) -> change.key = change.value
      union all
      select trail.id, trail.actor_name, 'variants.' || variant.id || '.' || change.key
      from public.variants as variant
      join public.audit_trail as trail on trail.subject = 'variant' and trail.subject_id = variant.id::text
        and trail.action = 'changed'
      cross join lateral jsonb_each(trail.after) as change
      where variant.product_id = product_editors.product_id and to_jsonb(variant) -> change.key = change.value
    ) as line
    order by line.field, line.id desc
  ) as last
$$;

create or replace function private.product_sheet(product_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(product) - '{position,number,created_at}'::text[] || jsonb_build_object(
    'editors', private.product_editors(product.id),
    'media', coalesce((
      select jsonb_agg(jsonb_build_object('src', media.src, 'alt', media.alt, 'variant_id', media.variant_id)
        order by media.position)
      from public.product_media as media
      where media.product_id = product.id
    ), '[]'),
    'variants', coalesce((
      select jsonb_agg(to_jsonb(variant) - '{product_id,position,created_at}'::text[]
        order by variant.position, variant.id)
      from public.variants as variant
      where variant.product_id = product.id
    ), '[]')
  )
  from public.products as product
  where product.id = product_sheet.product_id
$$;

create or replace function private.products_index()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.index_variants(array(
    select variants.id
    from changed
    join before using (id)
    join public.variants on variants.product_id = changed.id
    where (changed.title, changed.category, changed.vendor) is distinct
      from (before.title, before.category, before.vendor)
  ));
  return null;
end;
$$;

create or replace function private.products_resize()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into public.category_sizes as size (category, products)
    select added.category, count(*) from added where added.status = 'active' group by added.category
      order by added.category
    on conflict (category) do update set products = size.products + excluded.products;
  else
    -- One row per category that ends up with another number, in one order, so that two edits never wait for each other.
    insert into public.category_sizes as size (category, products)
    select each.category, 0
    from (select added.category from added union select removed.category from removed) as each
    order by each.category
    on conflict do nothing;
    update public.category_sizes as size
    set products = size.products + moved.products
    from (
      select each.category, sum(each.sign)::integer as products
      from (
        select added.category, 1 as sign from added where added.status = 'active'
        union all
        select removed.category, -1 from removed where removed.status = 'active'
      ) as each
      group by each.category
      having sum(each.sign) <> 0
    ) as moved
    where size.category = moved.category;
  end if;
  return null;
end;
$$;

create or replace function private.read_count(count_id uuid)
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
  v_is_told := not v_count.blind or v_count.status <> 'open' or private.is_trusted()
    or private.staff_role() = 'manager';
  return jsonb_build_object(
    'count', to_jsonb(v_count) - 'slack',
    'lines', (
      select coalesce(jsonb_agg(private.label_of(line.variant_id) || jsonb_build_object('counted', line.counted,
        'expected', case when v_is_told then line.expected end, 'movements', line.movements, 'open', line.open,
        'settles_in_ms', greatest(0, ceil(extract(epoch from line.settles_at - private.clock()) * 1000)),
        'in_baskets', private.in_baskets(line.variant_id, v_count.location_id), 'entries',
        private.entries_of(v_count.id, line.variant_id))
        order by line.ended_at desc, line.variant_id), '[]')
      from private.lines_as_of(v_count) as line
    ),
    'uncounted', (
      select coalesce(jsonb_agg(private.label_of(missing.variant_id)
        || jsonb_build_object('expected', case when v_is_told then missing.on_hand end)), '[]')
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

create or replace function private.read_dashboard(edges timestamptz[], at timestamptz)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_by_minute boolean;
  v_minute timestamptz;
  v_span interval;
begin
  perform private.require_role('viewer');
  if coalesce(cardinality(edges), 0) not between 2 and 100 or at is null
    or not '2000-01-01' < all (edges || at) or not '2200-01-01' > all (edges || at)
    or edges <> array(select distinct edge from unnest(edges) as edge order by edge) then
    perform private.refuse(422, 'invalid_input', '{"field": "edges", "problem": "not 2 to 100 ascending moments"}',
      'Send when each bar begins, and when the last one ends.');
  end if;
  v_by_minute := edges[2] - edges[1] < interval '15 minutes';
  v_minute := date_trunc('minute', at, 'UTC');
  v_span := edges[cardinality(edges)] - edges[1];
  return (
    select jsonb_build_object(
      'version', (extract(epoch from clock_timestamp()) * 1000000)::bigint,
      'at', at,
      'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
      'bars', (
        select jsonb_agg(jsonb_build_object('from', edges[bar], 'orders', coalesce(sold.orders, 0),
          'units', coalesce(sold.units, 0),
          'taken_back', coalesce(sold.taken_back, 0), 'revenue_minor', coalesce(sold.revenue_minor, 0)) order by bar)
        from generate_series(1, cardinality(edges) - 1) as bar
        left join private.sales_between(edges, v_by_minute) as sold using (bar)
      ),
      'before', (
        select jsonb_build_object('orders', coalesce(sum(sold.orders), 0), 'units', coalesce(sum(sold.units), 0),
          'taken_back', coalesce(sum(sold.taken_back), 0), 'revenue_minor', coalesce(sum(sold.revenue_minor), 0))
        from private.sales_between(array[edges[1] - v_span, at - v_span], v_by_minute) as sold
      ),
      'minutes', (
        select jsonb_agg(coalesce(sold.units, 0) order by minute)
        from generate_series(v_minute - interval '59 minutes', v_minute, interval '1 minute') as minute
        left join (
          select sales.minute, sum(sales.units) as units
          from public.sales_by_minute as sales
          where sales.minute > v_minute - interval '1 hour' and sales.minute <= v_minute
          group by sales.minute
        ) as sold using (minute)
      ),
      'stock', (
        select jsonb_build_object('on_hand', coalesce(sum(total.on_hand), 0), 'held', coalesce(sum(total.held), 0),
          'committed', coalesce(sum(total.committed), 0), 'on_hand_minor', coalesce(sum(total.on_hand_minor), 0),
          'held_minor', coalesce(sum(total.held_minor), 0))
        from public.stock_totals as total
      ),
      'running_out', (select coalesce(jsonb_agg(to_jsonb(soon)), '[]') from private.running_out(at, 8) as soon)
    )
  );
end;
$$;

create or replace function private.read_invitation(secret text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'email', invitation.email,
    'name', invitation.name,
    'role', invitation.role,
    'locations', (select jsonb_agg(locations.name order by locations.position) from public.locations
      where locations.id = any (invitation.location_ids)),
    'invited_by', (select staff.name from public.staff where staff.user_id = invitation.invited_by),
    'expires_at', invitation.expires_at,
    'status', private.invitation_status(invitation)
  )
  from public.staff_invitations as invitation
  where invitation.secret_hash = private.token_hash(read_invitation.secret)
$$;

create or replace function private.read_product(product_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_sheet jsonb;
begin
  perform private.require_role('viewer');
  v_sheet := private.product_sheet(product_id);
  if v_sheet is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('product_id', product_id),
      'Reload the list of products.');
  end if;
  return v_sheet;
end;
$$;

create or replace function private.read_trail(
  who uuid, what text, words text, since timestamptz, until timestamptz, before_at timestamptz, before_key text,
  size integer
)
returns table (
  at timestamptz, key text, actor uuid, actor_name text, action text, subject text, subject_id text, label text,
  before jsonb, after jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_page private.trail_page := (
    who, what,
    '%' || replace(replace(replace(coalesce(words, ''), '\', '\\'), '%', '\%'), '_', '\_') || '%',
    coalesce(since, '-infinity'), least(until, before_at, 'infinity'), before_at, before_key,
    least(greatest(coalesce(size, 50), 1), 201)
  );
begin
  perform private.require_role('manager');
  return query
  select line.at, line.key, line.actor,
    coalesce(line.actor_name, staff.name, case
      when line.actor = '00000000-0000-0000-0000-000000000000' then 'The shop' else 'A customer' end),
    line.action, line.subject, line.subject_id, line.label, line.before, line.after
  from (
    select * from private.trail_of_changes(v_page)
    union all
    select * from private.trail_of_movements(v_page)
    union all
    select * from private.trail_of_orders(v_page)
    union all
    select * from private.trail_of_deliveries(v_page)
    union all
    select * from private.trail_of_counts(v_page)
    union all
    select * from private.trail_of_imports(v_page)
  ) as line
  left join public.staff on staff.user_id = line.actor
  order by line.at desc, line.key desc
  limit v_page.size;
end;
$$;

create or replace function private.receive_delivery(
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
      'quantity', least(came.units, coalesce(line.outstanding, 0)))),
      jsonb_agg(jsonb_build_object('variant_id', came.variant_id,
        'quantity', came.units - coalesce(line.outstanding, 0)) order by came.variant_id)
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

create or replace function private.receive_stock(location_id uuid, lines jsonb, document text, idempotency_key uuid, note text)
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
        'delta', line -> 'quantity'))
       from jsonb_array_elements(lines) as line),
      'receive', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;

create or replace function private.record_entry(into_count public.counts, entry jsonb)
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

create or replace function private.recount_stock(
  variant_id uuid, location_id uuid, expected integer, counted integer, idempotency_key uuid,
  ledger_position bigint, document text, note text
)
returns public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_level public.stock_levels;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'recount_stock',
    jsonb_build_array(variant_id, location_id, expected, counted, ledger_position, document, note));
  if v_response is null then
    if expected is null or counted is null or counted not between 0 and 1000000 then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'counted', 'problem', 'not 0 to 1000000', 'value', counted),
        'Send what was on hand when the count began (expected) and what was counted.');
    end if;
    perform private.check_places(array[variant_id], array[location_id]);
    perform private.lock_variants(array[variant_id]);

    select * into v_level
    from public.stock_levels as level
    where level.variant_id = recount_stock.variant_id
      and level.location_id = recount_stock.location_id;

    if coalesce(v_level.on_hand, 0) <> expected then
      perform private.refuse(409, 'stock_moved', jsonb_build_object(
          'expected', expected,
          'counted', counted,
          'on_hand', coalesce(v_level.on_hand, 0),
          'ledger_position', coalesce(v_level.ledger_position, 0),
          'movements', private.movements_since(variant_id, location_id, ledger_position)
        ), 'Apply the difference you found, or count again from the number it is now.');
    end if;

    select to_jsonb(level) into v_response
    from private.move_stock(
      jsonb_build_array(jsonb_build_object('variant_id', variant_id, 'location_id', location_id,
        'delta', counted - expected)),
      'recount', document, note, idempotency_key
    ) as level;
    -- Counted zero where nothing ever was: no line, so no level yet.
    v_response := coalesce(v_response, to_jsonb(jsonb_populate_record(null::public.stock_levels,
      jsonb_build_object('variant_id', variant_id, 'location_id', location_id, 'on_hand', 0, 'held', 0, 'committed', 0,
        'safety', 0, 'available', 0, 'ledger_position', 0, 'version', 0, 'updated_at', now()))));
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.stock_levels, v_response);
end;
$$;

create or replace function private.refuse_unknown_fields(changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text;
begin
  select unknown.field into v_unknown
  from (
    select own.field
    from jsonb_object_keys(changes) as own (field)
    where own.field not in ('handle', 'title', 'description_html', 'category', 'vendor', 'tags', 'option_names',
      'limited', 'tax_rate_bp',
      'status', 'media', 'variants')
    union all
    select 'variants.' || variant.key || '.' || own.field
    from jsonb_each(changes -> 'variants') as variant
    cross join lateral jsonb_object_keys(variant.value) as own (field)
    where own.field not in ('option_values', 'price_minor', 'compare_at_minor', 'barcode', 'limit_per_person', 'active')
  ) as unknown
  limit 1;
  if v_unknown is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_unknown, 'problem', 'cannot be changed'),
      'Send only fields that read_product shows and staff may edit.');
  end if;
exception when data_exception then
  perform private.refuse(422, 'invalid_input', '{"field": "changes", "problem": "not an object of fields"}',
    'Send {field: value, variants: {id: {field: value}}}.');
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
    end if;
    select to_jsonb(picking) into v_response from public.order_picking as picking
      where picking.order_id = release_claim.order_id;
    v_response := coalesce(v_response, '{}');
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.order_picking, v_response);
end;
$$;

create or replace function private.renew_invitation(invitation_id uuid, secret text, idempotency_key uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_hash bytea := private.token_hash(secret);
begin
  perform private.require_role('manager');
  if private.begin_once(idempotency_key, 'renew_invitation',
    jsonb_build_array(invitation_id, encode(v_hash, 'hex'))) is null then
    perform private.lock_invitation(invitation_id);
    if exists (
      select from public.staff_invitations as other
      where other.secret_hash = v_hash and other.id <> renew_invitation.invitation_id
    ) then
      perform private.refuse(422, 'invalid_input', '{"field": "secret", "problem": "in use"}',
        'Make a new random secret.');
    end if;
    update public.staff_invitations
    set secret_hash = v_hash, expires_at = now() + private.invitation_time()
    where staff_invitations.id = renew_invitation.invitation_id;
    perform private.finish_once(idempotency_key, to_jsonb(invitation_id));
  end if;
  return invitation_id;
end;
$$;

create or replace function private.require_role(minimum public.staff_role)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not private.is_trusted() and coalesce(private.staff_role() < require_role.minimum, true) then
    perform private.refuse(403, 'role_required', jsonb_build_object('role', require_role.minimum),
      'Ask a manager for the role, or sign in with an account that has it.');
  end if;
end;
$$;

create or replace function private.require_role_at(minimum public.staff_role, variadic location_ids uuid[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own uuid[];
begin
  perform private.require_role(minimum);
  v_own := private.own_locations();
  if not location_ids <@ v_own then
    perform private.refuse(403, 'location_not_yours', jsonb_build_object('location_id', (
      select asked.id from unnest(location_ids) as asked (id) where asked.id <> all (v_own) or asked.id is null limit 1
    )), 'Ask staff of that location, or ask a manager for access.');
  end if;
end;
$$;

create or replace function private.reverse_count(count_id uuid, idempotency_key uuid)
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

create or replace function private.revert_exceptions(import_id uuid)
returns table (
  line integer, subject private.import_subject, handle text, sku text, field text, wanted jsonb, found jsonb, why text
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select field.line, field.subject, field.handle, field.sku, field.field, field.was, field.found, field.why
  from public.imports
  cross join lateral private.revert_fields(imports.reverts) as field
  where imports.id = revert_exceptions.import_id
    and imports.applied_at is null
    and field.why is not null
  union all
  select units.line, units.subject, units.handle, units.sku, 'on_hand', to_jsonb(units.wanted), to_jsonb(units.back), 'promised_since'
  from public.imports
  cross join lateral private.import_units(imports.reverts) as units
  where imports.id = revert_exceptions.import_id
    and imports.applied_at is null
    and units.back <> units.wanted
  union all
  select kept.line, kept.subject, kept.handle, kept.sku, kept.field, kept.wanted, kept.found, kept.why
  from private.import_kept as kept
  where kept.import_id = revert_exceptions.import_id;
end;
$$;

create or replace function private.running_out(at timestamptz, at_most integer)
returns table (variant_id uuid, title text, option_values text[], sku text, available integer, sold bigint,
  since timestamptz)
language sql
stable
set search_path = ''
as $$
  with recent as (
    select pace.variant_id, sum(pace.units) as in_a_day,
      coalesce(sum(pace.units) filter (where pace.quarter_hour >= edge.hours), 0) as in_hours,
      coalesce(sum(pace.units) filter (where pace.quarter_hour >= edge.minutes), 0) as in_minutes,
      edge.day, edge.hours, edge.minutes
    from (
      select private.quarter_hour(at - interval '1 day') as day, private.quarter_hour(at - interval '2 hours') as hours,
        private.quarter_hour(at - interval '15 minutes') as minutes
    ) as edge
    join public.sales_pace as pace on pace.quarter_hour >= edge.day and pace.quarter_hour <= at
    group by pace.variant_id, edge.day, edge.hours, edge.minutes
    having sum(pace.units) > 0
  )
  select recent.variant_id, products.title, variants.option_values, variants.sku, availability.available, pace.sold,
    pace.since
  from recent
  cross join lateral (
    select
      case when in_minutes >= 10 then in_minutes when in_hours >= 10 then in_hours else in_a_day end as sold,
      case when in_minutes >= 10 then minutes when in_hours >= 10 then hours else day end as since
  ) as pace
  join public.availability on availability.variant_id = recent.variant_id and availability.available > 0
  join public.variants on variants.id = recent.variant_id and variants.active
  join public.products on products.id = variants.product_id and products.status = 'active'
  order by availability.available * extract(epoch from at - pace.since) / pace.sold, recent.variant_id
  limit at_most
$$;

create or replace function private.sales_between(edges timestamptz[], by_minute boolean)
returns table (bar integer, orders bigint, units bigint, taken_back bigint, revenue_minor bigint)
language sql
stable
set search_path = ''
as $$
  select width_bucket(sales.began, edges), sum(sales.orders), sum(sales.units), sum(sales.taken_back),
    sum(sales.revenue_minor)::bigint
  from (
    select each.minute as began, each.orders, each.units, each.taken_back,
      each.revenue_minor - each.taken_back_minor as revenue_minor
    from public.sales_by_minute as each
    where by_minute and each.minute >= edges[1] and each.minute < edges[cardinality(edges)]
    union all
    select each.quarter_hour, each.orders, each.units, each.taken_back, each.revenue_minor - each.taken_back_minor
    from public.sales_by_quarter_hour as each
    where not by_minute and each.quarter_hour >= edges[1] and each.quarter_hour < edges[cardinality(edges)]
  ) as sales
  group by 1
$$;

create or replace function private.sales_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'sale movements', pair.variant_id, pair.location_id, jsonb_build_object('handed_over', pair.claimed),
    jsonb_build_object('handed_over', pair.moved)
  from (
    select variant_id, location_id, coalesce(claimed.units, 0) as claimed, coalesce(moved.units, 0) as moved
    from (
      select claims.variant_id, claims.location_id, sum(claims.fulfilled) as units
      from public.claims group by claims.variant_id, claims.location_id
    ) as claimed
    full join (
      select movement.variant_id, movement.location_id, -sum(movement.delta) as units
      from public.stock_movements as movement where movement.reason = 'sale'
        group by movement.variant_id, movement.location_id
    ) as moved using (variant_id, location_id)
  ) as pair
  where pair.claimed <> pair.moved
$$;

create or replace function private.sales_sums_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'sales_by_variant', variant_id, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select item.variant_id, sum(item.quantity) as sold, sum(item.cancelled) as cancelled,
      sum(item.returned) as returned,
      sum((item.quantity - item.cancelled - item.returned) * item.price_minor::bigint) as revenue_minor
    from public.order_items as item
    where item.sold_at is not null
    group by item.variant_id
  ) as expected
  full join (
    select sales.variant_id, sales.sold, sales.cancelled, sales.returned, sales.revenue_minor
      from public.sales_by_variant as sales
  ) as actual using (variant_id)
  where to_jsonb(expected) is distinct from to_jsonb(actual)

  union all
  select 'sales_by_minute', null, null, to_jsonb(expected), to_jsonb(actual)
  from (
    select date_trunc('minute', item.sold_at, 'UTC') as minute, count(distinct item.order_id) as orders,
      sum(item.quantity) as units,
      sum(item.total_minor) as revenue_minor, sum(item.cancelled + item.returned) as taken_back,
      sum((item.cancelled + item.returned) * item.price_minor::bigint) as taken_back_minor
    from public.order_items as item
    where item.sold_at is not null
    group by 1
  ) as expected
  full join (
    select sales.minute, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor,
      sum(sales.taken_back) as taken_back, sum(sales.taken_back_minor) as taken_back_minor
    from public.sales_by_minute as sales
    group by sales.minute
  ) as actual using (minute)
  where to_jsonb(expected) is distinct from to_jsonb(actual)
$$;

create or replace function private.save_product(product_id uuid, expected jsonb, changes jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_sheet jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_product', jsonb_build_array(product_id, expected, changes));
  if v_response is not null then
    return v_response;
  end if;
  perform private.refuse_unknown_fields(changes);
  v_sheet := private.lock_product(product_id, coalesce(changes -> 'variants', '{}'));
  if private.is_stale(v_sheet, expected, changes) then
    perform private.refuse(409, 'product_moved', jsonb_build_object('product', v_sheet),
      'Compare with the current product, choose field by field, and save against its version. Nothing was saved.');
  end if;
  perform private.write_changes(v_sheet, changes);

  v_response := private.product_sheet(product_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.send_transfer(
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

create or replace function private.session_stripe()
returns smallint
language plpgsql
set search_path = ''
as $$
declare
  v_stripe smallint := 0;
begin
  while not pg_try_advisory_xact_lock(hashtext('stripe'), v_stripe) loop
    v_stripe := v_stripe + 1;
  end loop;
  return v_stripe;
end;
$$;

create or replace function private.short_levels(lines jsonb)
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

create or replace function private.short_pick(
  order_id uuid, location_id uuid, order_item_id bigint, missing integer, idempotency_key uuid
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_order public.orders;
  v_item public.order_items;
  v_elsewhere jsonb;
  v_cancelled integer;
begin
  perform private.require_role_at('stock', location_id);
  v_response := private.begin_once(idempotency_key, 'short_pick',
    jsonb_build_array(order_id, location_id, order_item_id, missing));
  if v_response is not null then
    return v_response;
  end if;
  if missing is null or missing not between 1 and 99 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'missing', 'problem', 'not 1 to 99', 'value', missing),
      'Say how many units are not there.');
  end if;
  v_order := private.lock_order(order_id);
  if v_order.status <> 'placed' then
    perform private.refuse_state(v_order, 'Only a placed order is picked.');
  end if;
  perform private.take_lease(order_id);
  select * into v_item from public.order_items as item where item.id = short_pick.order_item_id
    and item.order_id = v_order.id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Reload the order.');
  end if;
  perform private.queue_for(array[v_item.variant_id]);
  perform private.write_off(v_order, v_item, missing, location_id);
  perform private.release_expired(array[v_item.variant_id]);
  select coalesce(jsonb_agg(to_jsonb(got)), '[]'), missing - coalesce(sum(got.units), 0)
  into v_elsewhere, v_cancelled
  from private.claim_elsewhere(v_item, missing, short_pick.location_id) as got;

  perform private.open_picks(v_order.id);
  insert into public.order_shorts (order_item_id, location_id, missing, cancelled)
  values (v_item.id, short_pick.location_id, missing, v_cancelled);
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'short', jsonb_build_object('title', v_item.title, 'location_id', short_pick.location_id,
    'missing', missing, 'elsewhere', v_elsewhere, 'cancelled', v_cancelled));
  perform private.cancel_units(v_item, v_cancelled);
  perform private.settle_order(v_order);
  perform private.finish_picking(v_order.id);

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.sign_out_everywhere(user_id uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_sessions integer;
begin
  perform private.require_role(case when sign_out_everywhere.user_id = auth.uid() then 'viewer'
    else 'manager' end::public.staff_role);
  update public.staff set signed_out_at = now() where staff.user_id = sign_out_everywhere.user_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id), 'Reload the list of staff.');
  end if;
  -- With a session go its refresh tokens; its access tokens are worth nothing here from now on (private.staff_role).
  delete from auth.sessions where sessions.user_id = sign_out_everywhere.user_id;
  get diagnostics v_sessions = row_count;
  return v_sessions;
end;
$$;

create or replace function private.start_count(location_id uuid, blind boolean, idempotency_key uuid, category text, shelf text)
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

create or replace function private.stock_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'stock_levels', pair.variant_id, pair.location_id, pair.expected, pair.actual
  from (
    select variant_id, location_id,
      jsonb_build_object('on_hand', coalesce(ledger.on_hand, 0),
        'ledger_position', coalesce(ledger.position, 0)) as expected,
      jsonb_build_object('on_hand', level.on_hand, 'ledger_position', level.ledger_position) as actual
    from (
      select movement.variant_id, movement.location_id, sum(movement.delta) as on_hand, max(movement.id) as position
      from public.stock_movements as movement
      group by movement.variant_id, movement.location_id
    ) as ledger
    full join public.stock_levels as level using (variant_id, location_id)
  ) as pair
  where pair.expected <> pair.actual

  union all
  select 'availability', pair.variant_id, null, pair.expected, pair.actual
  from (
    select variants.id as variant_id,
      jsonb_build_object('on_hand', coalesce(sums.on_hand, 0), 'held', coalesce(sums.held, 0),
        'committed', coalesce(sums.committed, 0), 'safety', coalesce(sums.safety, 0), 'available',
        coalesce(sums.available, 0)) as expected,
      jsonb_build_object('on_hand', availability.on_hand, 'held', availability.held,
        'committed', availability.committed, 'safety', availability.safety, 'available',
        availability.available) as actual
    from public.variants
    left join (
      select level.variant_id, sum(level.on_hand) as on_hand, sum(level.held) as held,
        sum(level.committed) as committed,
        sum(level.safety) as safety, sum(level.available) as available
      from public.stock_levels as level
      group by level.variant_id
    ) as sums on sums.variant_id = variants.id
    left join public.availability on availability.variant_id = variants.id
  ) as pair
  where pair.expected <> pair.actual

  union all
  select 'shelf', pair.variant_id, null, pair.expected, pair.actual
  from (
    select variants.id as variant_id,
      jsonb_build_object('product_id', projection.product_id, 'band', projection.band,
        'left', projection.units_left) as expected,
      jsonb_build_object('product_id', shelf.product_id, 'band', shelf.band, 'left', shelf."left") as actual
    from public.variants
    left join private.shelf_projection as projection on projection.variant_id = variants.id
    left join public.shelf on shelf.variant_id = variants.id
  ) as pair
  where pair.expected <> pair.actual
$$;

create or replace function private.stock_totals_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'stock_totals', null::uuid, null::uuid, to_jsonb(expected), to_jsonb(actual)
  from (
    select coalesce(sum(units.on_hand), 0) as on_hand, coalesce(sum(units.held), 0) as held,
      coalesce(sum(units.committed), 0) as committed,
      coalesce(sum(units.on_hand * variants.price_minor), 0) as on_hand_minor,
      coalesce(sum(units.held * variants.price_minor), 0) as held_minor
    from (
      select movement.variant_id, movement.delta::bigint as on_hand, 0 as held, 0 as committed
        from public.stock_movements as movement
      union all
      select claims.variant_id, 0, case when claims.expires_at is not null then claims.quantity else 0 end,
        case when claims.expires_at is null then claims.quantity - claims.fulfilled else 0 end
      from public.claims
    ) as units
    join public.variants on variants.id = units.variant_id
  ) as expected
  cross join (
    select coalesce(sum(total.on_hand), 0) as on_hand, coalesce(sum(total.held), 0) as held,
      coalesce(sum(total.committed), 0) as committed,
      coalesce(sum(total.on_hand_minor), 0) as on_hand_minor, coalesce(sum(total.held_minor), 0) as held_minor
    from public.stock_totals as total
  ) as actual
  where to_jsonb(expected) <> to_jsonb(actual)
$$;

create or replace function private.take_lease(order_id uuid)
returns public.order_picking
language plpgsql
set search_path = ''
as $$
declare
  v_lease public.order_picking := private.try_lease(order_id);
begin
  if v_lease.picker is null then
    perform private.refuse(409, 'order_claimed', (
      select jsonb_build_object('order_id', picking.order_id, 'picker', coalesce(staff.name, ''),
        'leased_until', picking.leased_until)
      from public.order_picking as picking
      left join public.staff on staff.user_id = picking.picker
      where picking.order_id = take_lease.order_id
    ), 'Take another order, or wait until the lease ends.');
  end if;
  return v_lease;
end;
$$;

create or replace function private.trail_of_changes(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select line.at, 'a' || lpad(line.id::text, 19, '0'), line.actor, line.actor_name, line.action, line.subject,
    line.subject_id, line.label, line.before, line.after
  from public.audit_trail as line
  where line.at between page.since and page.until
    and (page.before_at is null or (line.at, 'a' || lpad(line.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or line.actor = page.who)
    and (page.what is null or line.subject = page.what)
    and line.label ilike page.pattern
  order by line.at desc, line.id desc
  limit page.size;
end;
$$;

create or replace function private.trail_of_counts(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select step.at, step.key, step.actor, null::text, step.action, 'count', counts.id::text, 'count ' || counts.number,
    null::jsonb, null::jsonb
  from public.counts
  cross join lateral (values
    (counts.created_at, 'c' || counts.id, counts.started_by, 'started'),
    (case when counts.status <> 'open' then counts.updated_at end, 'e' || counts.id, counts.decided_by,
      counts.status::text)
  ) as step (at, key, actor, action)
  where step.at between page.since and page.until
    and (page.before_at is null or (step.at, step.key) < (page.before_at, page.before_key))
    and (page.who is null or step.actor = page.who)
    and (page.what is null or page.what = 'count')
    and 'count ' || counts.number ilike page.pattern
  order by step.at desc, step.key desc
  limit page.size;
end;
$$;

create or replace function private.trail_of_deliveries(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select event.created_at, 'd' || lpad(event.id::text, 19, '0'), event.actor, null::text, event.kind, 'delivery',
    event.delivery_id::text, private.delivery_label(delivery), null::jsonb, null::jsonb
  from public.delivery_events as event
  join public.deliveries as delivery on delivery.id = event.delivery_id
  where event.created_at between page.since and page.until
    and (page.before_at is null
      or (event.created_at, 'd' || lpad(event.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or event.actor = page.who)
    and (page.what is null or page.what = 'delivery')
    and private.delivery_label(delivery) ilike page.pattern
  order by event.created_at desc, event.id desc
  limit page.size;
end;
$$;

create or replace function private.trail_of_imports(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select imports.applied_at, 'i' || imports.id, imports.actor, null::text,
    case when reverted.id is null then 'applied' else 'reverted' end, 'import', imports.id::text, imports.file_name,
    case when reverted.id is not null then jsonb_build_object('document', reverted.document) end,
    jsonb_build_object('document', imports.document, 'units_in', imports.summary -> 'units_in',
      'units_out', imports.summary -> 'units_out')
  from public.imports
  left join public.imports as reverted on reverted.id = imports.reverts
  where imports.applied_at between page.since and page.until
    and (page.before_at is null or (imports.applied_at, 'i' || imports.id) < (page.before_at, page.before_key))
    and (page.who is null or imports.actor = page.who)
    and (page.what is null or page.what = 'import')
    and concat_ws(' ', imports.file_name, imports.document, reverted.document) ilike page.pattern
  order by imports.applied_at desc, 2 desc
  limit page.size;
end;
$$;

create or replace function private.trail_of_movements(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select movement.created_at, 'm' || lpad(movement.id::text, 19, '0'), movement.actor, null::text, 'moved', 'stock',
    movement.variant_id::text, variants.sku, null::jsonb,
    jsonb_build_object('units', movement.delta, 'location_id', movement.location_id, 'reason', movement.reason,
      'document', movement.document, 'note', movement.note, 'source_kind', movement.source_kind,
      'source_id', movement.source_id)
  from public.stock_movements as movement
  join public.variants on variants.id = movement.variant_id
  where movement.reason not in ('sale', 'import')
    and movement.created_at between page.since and page.until
    and (page.before_at is null
      or (movement.created_at, 'm' || lpad(movement.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or movement.actor = page.who)
    and (page.what is null or page.what = 'stock')
    and concat_ws(' ', variants.sku, movement.document) ilike page.pattern
  order by movement.created_at desc, movement.id desc
  limit page.size;
end;
$$;

create or replace function private.trail_of_orders(page private.trail_page)
returns setof private.trail_line
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select event.created_at, 'o' || lpad(event.id::text, 19, '0'), event.actor, null::text, event.kind, 'order',
    event.order_id::text, orders.number::text, null::jsonb, event.detail
  from public.order_events as event
  join public.orders on orders.id = event.order_id
  where event.kind <> 'placed'
    and event.created_at between page.since and page.until
    and (page.before_at is null
      or (event.created_at, 'o' || lpad(event.id::text, 19, '0')) < (page.before_at, page.before_key))
    and (page.who is null or event.actor = page.who)
    and (page.what is null or page.what = 'order')
    and orders.number::text ilike page.pattern
  order by event.created_at desc, event.id desc
  limit page.size;
end;
$$;

create or replace function private.transit_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'in_transit', pair.variant_id, pair.location_id, jsonb_build_object('units', pair.outstanding),
    jsonb_build_object('units', pair.units)
  from (
    select variant_id, location_id, coalesce(lines.outstanding, 0) as outstanding,
      coalesce(travelling.units, 0) as units
    from (
      select line.variant_id, delivery.to_location_id as location_id, sum(line.outstanding) as outstanding
      from public.delivery_lines as line
      join public.deliveries as delivery on delivery.id = line.delivery_id and delivery.from_location_id is not null
      group by 1, 2
    ) as lines
    full join public.in_transit as travelling using (variant_id, location_id)
  ) as pair
  where pair.outstanding <> pair.units

  union all
  -- Conserved: units that left by the ledger and did not arrive are in transit, lost or damaged.
  select 'transfers', pair.variant_id, null, jsonb_build_object('on_the_way', pair.away),
    jsonb_build_object('on_the_way', pair.left_over)
  from (
    select variant_id, coalesce(ledger.units, 0) as away, coalesce(lines.units, 0) as left_over
    from (
      select movement.variant_id, -sum(movement.delta) as units
      from public.stock_movements as movement
      where movement.reason = 'transfer'
      group by 1
    ) as ledger
    full join (
      select line.variant_id, sum(line.outstanding + case when line.difference in ('lost', 'damaged') then line.missing
        else 0 end) as units
      from public.delivery_lines as line
      join public.deliveries as delivery on delivery.id = line.delivery_id and delivery.from_location_id is not null
      group by 1
    ) as lines using (variant_id)
  ) as pair
  where pair.away <> pair.left_over
$$;

create or replace function private.undo_stock_change(change uuid, idempotency_key uuid)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_change private.stock_changes;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'undo_stock_change', jsonb_build_array(change));
  if v_response is null then
    select * into v_change
    from private.stock_changes
    where stock_changes.actor = private.actor() and stock_changes.key = undo_stock_change.change
    for no key update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('change', change),
        'Only a change of your own that moved units can be undone.');
    end if;
    if v_change.undone_by is not null then
      perform private.refuse(409, 'already_undone', jsonb_build_object('change', change),
        'It is undone already.');
    end if;
    perform private.require_role_at('stock', variadic array(
      select movement.location_id from public.stock_movements as movement where movement.id = any (v_change.movements)
    ));

    select jsonb_agg(to_jsonb(level)) into v_response
    from (
      select jsonb_agg(jsonb_build_object('variant_id', movement.variant_id, 'location_id', movement.location_id,
        'delta', -movement.delta)) as lines,
        min(movement.reason) as reason, min(movement.document) as document
      from public.stock_movements as movement
      where movement.id = any (v_change.movements)
    ) as done
    cross join lateral private.move_stock(done.lines,
      case when done.reason = 'transfer' then 'transfer' else 'correction' end::public.movement_reason,
      done.document, 'Undone', undo_stock_change.idempotency_key) as level;
    update private.stock_changes
    set undone_by = undo_stock_change.idempotency_key
    where stock_changes.actor = v_change.actor and stock_changes.key = v_change.key;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;

create or replace function private.variants_appraise()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_variants(array(
    select priced.id from (select id, price_minor, active from changed except select id, price_minor, active
      from before) as priced
  ));
  insert into public.stock_totals as total (stripe, on_hand_minor, held_minor)
  select private.session_stripe(), sum(availability.on_hand * each.price_minor),
    sum(availability.held * each.price_minor)
  from (
    select changed.id, changed.price_minor::bigint from changed
    union all
    select before.id, -before.price_minor::bigint from before
  ) as each
  join public.availability on availability.variant_id = each.id
  having count(*) > 0
  on conflict (stripe) do update
  set on_hand_minor = total.on_hand_minor + excluded.on_hand_minor,
    held_minor = total.held_minor + excluded.held_minor;
  return null;
end;
$$;

CREATE OR REPLACE FUNCTION private.write_changes(sheet jsonb, changes jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_id uuid := sheet ->> 'id';
  v_problem text;
  v_rule text;
begin
  if changes - 'variants' <> '{}' then
    perform private.write_product(sheet, changes);
  end if;
  if changes ? 'media' then
    perform private.write_pictures(v_id, changes -> 'media');
  end if;
  if changes ? 'variants' then
    perform private.write_product_variants(v_id, changes -> 'variants');
  end if;
  if changes ? 'option_names' or changes @? '$.variants.*.option_values' or changes @? '$.variants.*.active' then
    perform private.check_options(v_id);
  end if;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
  perform private.refuse(422, 'invalid_input', case v_rule
      when 'products_handle_key' then jsonb_build_object('field', 'handle', 'problem', 'is taken')
      when 'products_category_fkey' then jsonb_build_object('field', 'category', 'problem', v_problem)
      when 'variants_differ_in_their_options' then jsonb_build_object('field', 'option_names',
        'problem', 'would be the same for two variants')
      else jsonb_build_object('field', 'changes', 'problem', v_problem)
    end, 'Correct the field. Nothing of this save was written.');
end;
$function$;

create or replace function private.write_off(of_order public.orders, item public.order_items, missing integer, location_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_left integer;
begin
  select claims.quantity - greatest(claims.fulfilled, coalesce(pick.picked, 0)) into v_left
  from public.claims
  left join public.order_picks as pick on pick.order_item_id = claims.order_item_id
    and pick.location_id = claims.location_id
  where claims.order_item_id = item.id and claims.location_id = write_off.location_id;
  if coalesce(v_left, 0) < write_off.missing then
    perform private.refuse(409, 'nothing_to_pick', jsonb_build_object('order_id', of_order.id, 'title', item.title,
        'wanted', write_off.missing, 'left', coalesce(v_left, 0)),
      'Picked and fulfilled units cannot be missing.');
  end if;

  delete from public.claims
  where claims.order_item_id = item.id and claims.location_id = write_off.location_id
    and claims.quantity = write_off.missing;
  update public.claims
  set quantity = claims.quantity - write_off.missing
  where claims.order_item_id = item.id and claims.location_id = write_off.location_id
    and claims.quantity > write_off.missing;
  insert into public.stock_movements (variant_id, location_id, delta, reason, document, note, source_kind, source_id)
  values (item.variant_id, write_off.location_id, -write_off.missing, 'correction', 'order ' || of_order.number,
    'not found while picking', 'order', of_order.id);
end;
$$;

create or replace function private.write_pictures(product_id uuid, media jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In place, so that a picture that stays where it was is not written again.
  insert into public.product_media as picture (product_id, position, src, alt, variant_id)
  select write_pictures.product_id, item.position, item.picture ->> 'src', coalesce(item.picture ->> 'alt', ''),
    variants.id
  from jsonb_array_elements(media) with ordinality as item (picture, position)
  left join public.variants on variants.product_id = write_pictures.product_id
    and variants.id = (item.picture ->> 'variant_id')::uuid
  on conflict on constraint product_media_have_one_order do update
  set src = excluded.src,
    alt = excluded.alt,
    variant_id = excluded.variant_id
  where (picture.src, picture.alt, picture.variant_id) is distinct
    from (excluded.src, excluded.alt, excluded.variant_id);

  delete from public.product_media as picture
  where picture.product_id = write_pictures.product_id
    and picture.position > jsonb_array_length(media);
end;
$$;

create or replace function private.write_product(sheet jsonb, changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid := sheet ->> 'id';
  v_wanted public.products;
begin
  select wanted.* into v_wanted
  from public.products as product
  cross join lateral jsonb_populate_record(product, changes - '{media,variants}'::text[]) as wanted
  where product.id = v_id;

  update public.products as product
  set title = v_wanted.title,
    description_html = v_wanted.description_html,
    category = v_wanted.category,
    vendor = v_wanted.vendor,
    tags = v_wanted.tags,
    option_names = v_wanted.option_names,
    limited = v_wanted.limited,
    tax_rate_bp = v_wanted.tax_rate_bp,
    status = v_wanted.status,
    version = product.version + (coalesce(changes -> 'media', sheet -> 'media') <> sheet -> 'media')::integer
  where product.id = v_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row.
  if v_wanted.handle is distinct from sheet ->> 'handle' then
    if sheet ->> 'status' <> 'draft' then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'handle', 'problem', 'is fixed', 'value', v_wanted.handle),
        'Links and bookmarks use the address of a product that is or was for sale. Only a draft''s may change.');
    end if;
    update public.products as product set handle = v_wanted.handle where product.id = v_id;
  end if;
end;
$$;

create or replace function private.write_product_variants(product_id uuid, variants jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.variants as variant
  set price_minor = wanted.price_minor,
    compare_at_minor = wanted.compare_at_minor,
    barcode = nullif(wanted.barcode, ''),
    limit_per_person = wanted.limit_per_person,
    active = wanted.active
  from public.variants as before
  cross join lateral jsonb_populate_record(before, write_product_variants.variants -> before.id::text) as wanted
  where before.product_id = write_product_variants.product_id
    and write_product_variants.variants ? before.id::text
    and variant.id = before.id;

  -- Apart and in one order, as they are part of a key: this waits for every cart that is just being filled with one.
  perform from public.variants as variant
  where variant.product_id = write_product_variants.product_id
    and write_product_variants.variants -> variant.id::text ? 'option_values'
  order by variant.id
  for update;
  update public.variants as variant
  set option_values = wanted.option_values
  from public.variants as before
  cross join lateral jsonb_populate_record(before, write_product_variants.variants -> before.id::text) as wanted
  where before.product_id = write_product_variants.product_id
    and write_product_variants.variants -> before.id::text ? 'option_values'
    and variant.id = before.id;
end;
$$;

create or replace function public.acknowledge_alert(alert_id bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.change_alert(alert_id, 'acknowledge_alert', auth.uid(), null, idempotency_key)
$$;

create or replace function public.assign_alert(alert_id bigint, owner uuid, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.change_alert(alert_id, 'assign_alert', owner, null, idempotency_key)
$$;

create or replace function public.read_delivery(delivery_id uuid)
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
          from jsonb_array_elements(event.detail -> 'lines') as line)) order by event.id desc), '[]')
      from public.delivery_events as event
      where event.delivery_id = delivery.id
    )
  )
  from public.deliveries as delivery
  where delivery.id = read_delivery.delivery_id
$$;

create or replace function public.recount_stock(
  variant_id uuid, location_id uuid, expected integer, counted integer, idempotency_key uuid,
  ledger_position bigint default null, document text default null, note text default null
)
returns public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.recount_stock(variant_id, location_id, expected, counted, idempotency_key, ledger_position,
    document, note)
$$;

create or replace function public.search_orders(
  query text default null, stage text default null, paid boolean default null, location_id uuid default null,
  after uuid default null, size integer default 50
)
returns setof public.order_queue
language plpgsql
stable
set search_path = ''
-- Absent filters fold away, and the indexes of open and cancelled orders fit only when the plan knows the status.
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_size integer := least(greatest(search_orders.size, 1), 200);
  v_words text := nullif(lower(trim(search_orders.query)), '');
  v_number bigint := substring(v_words from '^#?(\d{1,18})$')::bigint;
  v_like text := '%' || replace(replace(replace(v_words, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  v_status public.order_status := case
    when search_orders.stage in ('to_pick', 'ready') then 'placed'
    when search_orders.stage in ('awaiting_payment', 'fulfilled', 'cancelled') then search_orders.stage
  end;
  v_after public.orders;
begin
  select * into v_after from public.orders where orders.id = search_orders.after;

  if search_orders.stage in ('awaiting_payment', 'to_pick', 'ready', 'trouble') then
    -- Orders that need work: few, oldest first.
    return query
    select queue.*
    from public.order_queue as queue
    where (v_status is null or queue.status = v_status and queue.stage = search_orders.stage)
      and (search_orders.stage <> 'trouble'
        or queue.order_id in (select order_troubles.order_id from public.order_troubles))
      and (v_words is null or queue.number = v_number or lower(queue.name || ' ' || queue.email) like v_like)
      and (search_orders.paid is null or (queue.payment = 'captured') = search_orders.paid)
      and (search_orders.location_id is null or search_orders.location_id = any (queue.locations))
      and (v_after.id is null or (queue.created_at, queue.order_id) > (v_after.created_at, v_after.id))
    order by queue.created_at, queue.order_id
    limit v_size;
  else
    -- All other orders, newest first.
    return query
    select queue.*
    from public.order_queue as queue
    where (v_status is null or queue.status = v_status)
      and (v_words is null or queue.number = v_number or lower(queue.name || ' ' || queue.email) like v_like)
      and (search_orders.paid is null or (queue.payment = 'captured') = search_orders.paid)
      and (search_orders.location_id is null or search_orders.location_id = any (queue.locations))
      and (v_after.id is null or (queue.created_at, queue.order_id) < (v_after.created_at, v_after.id))
    order by queue.created_at desc, queue.order_id desc
    limit v_size;
  end if;
end;
$$;

create or replace function public.snooze_alert(alert_id bigint, hours integer, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.change_alert(alert_id, 'snooze_alert', null, hours, idempotency_key)
$$;

CREATE POLICY "staff see how often a customer bought" ON "public"."customers" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "staff see how fast variants sell" ON "public"."sales_pace" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "staff see all staff, and every account sees itself" ON "public"."staff" FOR SELECT TO "authenticated" USING (((user_id = ( SELECT auth.uid() AS uid)) OR (( SELECT private.staff_role() AS staff_role) IS NOT NULL)));

COMMENT ON COLUMN "private"."retention_rules"."sweep" IS 'Instead of target: a function of schema private (before timestamptz, at_most integer) that returns how many rows it
   ended.';

COMMENT ON COLUMN "private"."stock_changes"."undone_by" IS 'The key of the undo. An undo can be undone, too.';

COMMENT ON COLUMN "public"."alerts"."evidence" IS 'The findings of the check, by kind, and the name of the variant.';

COMMENT ON COLUMN "public"."alerts"."owner" IS 'The staff member the alert is assigned to; NULL: none yet.';

COMMENT ON COLUMN "public"."alerts"."resolved_at" IS 'When a check found the cause gone; NULL while it persists.';

COMMENT ON COLUMN "public"."audit_trail"."actor_name" IS 'The name of the actor at that time.';

COMMENT ON COLUMN "public"."audit_trail"."at" IS 'When the transaction began: lines of one request share it.';

COMMENT ON COLUMN "public"."audit_trail"."label" IS 'The name of the row at that time.';

COMMENT ON COLUMN "public"."audit_trail"."subject" IS 'The kind of row: product, variant, staff member and so on.';

COMMENT ON COLUMN "public"."count_entries"."withdrawn" IS 'A mistake that was removed. Final: the same entry without it, arriving later, changes nothing.';

COMMENT ON COLUMN "public"."counts"."shelf" IS 'The name of the shelf. Its scope is the variants scanned there.';

COMMENT ON COLUMN "public"."counts"."slack" IS 'The longest time here between moving a unit and recording it. Movements that close to a count are asked about.';

COMMENT ON COLUMN "public"."deliveries"."document" IS 'A reference: the supplier''s delivery note or our own.';

COMMENT ON COLUMN "public"."imports"."reverts" IS 'The import that this one reverts.';

COMMENT ON COLUMN "public"."order_picking"."picker" IS 'The holder of the lease until leased_until; NULL after a release. A staff member, or the nil UUID for the shop
   itself.';

COMMENT ON COLUMN "public"."order_picks"."actor" IS 'The last picker.';

COMMENT ON COLUMN "public"."order_shorts"."told_at" IS 'When the customer was told; until then the order needs a decision.';

COMMENT ON COLUMN "public"."staff"."location_ids" IS 'Where role stock may change stock; NULL: everywhere, as for a manager. Reading is never limited. An array and not a
   table, so that what a person may do is one row, read at once; locations are never deleted.';

COMMENT ON FUNCTION "private"."actor_name"() IS 'The name of the caller: a staff member''s name, else the address of their account.';

COMMENT ON FUNCTION "private"."add_arrivals"(uuid, jsonb, public.delivery_difference) IS 'Adds arrived units to the lines of a delivery. The caller has checked them.';

COMMENT ON FUNCTION "private"."audit"(text, text, text, text, jsonb, jsonb) IS 'Writes a line for a deed that no trigger sees, in the transaction of the deed: who and when are known, before and
   after may be whole rows.';

COMMENT ON FUNCTION "private"."audit_changes"() IS 'One line per row that a statement created, changed or removed. Arguments: the subject, its key column, the column
   people know it by.';

COMMENT ON FUNCTION "private"."cancel_units"(public.order_items, integer) IS 'Takes units off an order item; captured money for them becomes due for refund.';

COMMENT ON FUNCTION "private"."certain_position"(uuid, uuid, timestamp with time zone) IS 'The last movement of a level recorded before a moment; 0 when there was none.';

COMMENT ON FUNCTION "private"."change_alert"(bigint, text, uuid, integer, uuid) IS 'Acknowledges an alert, with an owner or a snooze when given. Returns it. See the public functions.';

COMMENT ON FUNCTION "private"."check_deltas"(jsonb) IS 'Raises invalid_input (422) for the first line that is not {variant_id, location_id, delta}.';

COMMENT ON FUNCTION "private"."check_options"(uuid) IS 'Raises invalid_input (422) unless option names are distinct and each active variant has a value for each option. A
   variant that is not sold may have options that were removed.';

COMMENT ON FUNCTION "private"."check_question"(uuid, uuid, text, timestamp with time zone) IS 'Raises invalid_input (422) for an unknown quantity or a future moment, not_found (404) for an unknown level.';

COMMENT ON FUNCTION "private"."claim_elsewhere"(public.order_items, integer, uuid) IS 'Commits up to so many units of an item at other locations, in the shop''s own order, and returns where it got how
   many. The caller holds the variant''s lock.';

COMMENT ON FUNCTION "private"."claims_drift"() IS 'Where held, committed, an order''s assigned units or a cart''s holds differ from their sums.';

COMMENT ON FUNCTION "private"."count_lines"(uuid) IS 'The current lines of a count: units counted and expected, the movements in the window with the answers given, and
   how many are open. The ledger up to a position is on hand less what came after it.';

COMMENT ON FUNCTION "private"."customers_drift"() IS 'Where the counts of a customer differ from their orders.';

COMMENT ON FUNCTION "private"."dashboard_drift"() IS 'Where the sums of sales that the dashboard reads differ from what they add up to.';

COMMENT ON FUNCTION "private"."delete_guest_carts"(timestamp with time zone, integer) IS 'Deletes carts of guests in which nothing was reserved since a moment. The cookie of such a cart ends after 30 days,
   so nobody can open it; a guest who still has one gets a new cart with the next item.';

COMMENT ON FUNCTION "private"."differing"(jsonb, jsonb) IS 'The fields of this that are not the same in that (NULL: all of them); NULL when there are none. Without housekeeping
   and hashes of secrets.';

COMMENT ON FUNCTION "private"."discard_imports"(uuid[], uuid) IS 'Discards those of these imports that are still staged. Their rows stay, because they are streamed. Whether there was any.';

COMMENT ON FUNCTION "private"."document_alerts"(timestamp with time zone) IS 'Levels where staff moved ten units or more within seven days without a reference and a note. The alert ends when the
   movements are undone or the level is recounted.';

COMMENT ON FUNCTION "private"."entries_of"(uuid, uuid) IS 'The entries of a count for one variant, oldest first.';

COMMENT ON FUNCTION "private"."finish_picking"(uuid) IS 'When nothing of a placed order lies on a shelf any more: it is ready, and nobody''s to pick. The caller holds its
   lock.';

COMMENT ON FUNCTION "private"."forget_old_claims"(timestamp with time zone, integer) IS 'Deletes the history of claims that began and ended before a moment at least 90 days ago, which no explanation can
   show any more, oldest owners first. A claim that still exists keeps its history, however old. A rule of the
   maintenance job (schemas/retention/tables.sql).';

COMMENT ON FUNCTION "private"."hoarding_alerts"(timestamp with time zone) IS 'By sums, however many carts they are in: an account, the guests of a network, or a guest holds five units or more of
   a variant, and at least as many as are left for all others; or twenty units or more of the whole shop, and at least a
   quarter of what is left there.';

COMMENT ON FUNCTION "private"."inventory_projection"(uuid[]) IS 'The index rows of these variants. The only place that defines what is searchable.';

COMMENT ON FUNCTION "private"."is_stale"(jsonb, jsonb, jsonb) IS 'Whether a row that a save touches has another version than expected. Untouched rows may have changed; but options
   belong to every variant, so a change of them expects all versions.';

COMMENT ON FUNCTION "private"."judged_deltas"(jsonb) IS 'One row per level, in the order first named, with the sum of its deltas and the refusal that applies, if any.';

COMMENT ON FUNCTION "private"."label_of"(uuid) IS 'The title, options, SKU and barcode of a variant.';

COMMENT ON FUNCTION "private"."leave_trail_to"(text) IS 'Stops the audit trail until the transaction ends: the document records the changes, with old and new values.';

COMMENT ON FUNCTION "private"."line_to_pick"(uuid, uuid, uuid) IS 'The order item of a variant to pick at a location: of two, the one that needs more units.';

COMMENT ON FUNCTION "private"."lines_as_of"(public.counts) IS 'The current lines of an open count; the recorded lines of an approved one.';

COMMENT ON FUNCTION "private"."lines_travel"() IS 'Outstanding units of a transfer are in transit to its location.';

COMMENT ON FUNCTION "private"."lock_product"(uuid, jsonb) IS 'Holds a product and its variants still and returns them. variants: the ones a save touches, by id. Raises not_found
   (404), invalid_input (422).';

COMMENT ON FUNCTION "private"."media_moves_product"() IS 'A change of a picture is a change of its product.';

COMMENT ON FUNCTION "private"."move_stock"(jsonb, public.movement_reason, text, text, uuid, public.movement_source, uuid) IS 'Writes ledger lines [{variant_id, location_id, delta}], all or none, and returns the levels they leave. change is the
   key of a request that can be undone; the source is the document that caused the lines. Raises insufficient_stock
   (409) with every short level, invalid_input (422) for the length of document or note. Callers check role and
   shapes.';

COMMENT ON FUNCTION "private"."movement_lines"(uuid, jsonb, integer) IS 'Lines [{variant_id, quantity}] as ledger lines of one location, coming (1) or going (-1).';

COMMENT ON FUNCTION "private"."orders_drift"() IS 'Where an order, its payment or its status differs from the sum of its items.';

COMMENT ON FUNCTION "private"."pace_alerts"(timestamp with time zone) IS 'Of a variant on sale for a day at least ten units went in the last hour (to the quarter hour before), more than four
   times as many as usual in such a time over 28 days, and by more than six standard deviations of a Poisson count of
   that mean.';

COMMENT ON FUNCTION "private"."parts_available"(public.stock_levels, uuid, uuid, timestamp with time zone) IS 'On hand less held, committed and safety stock of a level, now or at a past moment.';

COMMENT ON FUNCTION "private"."parts_claimed"(uuid, uuid, timestamp with time zone, boolean) IS 'The claims on a level, longest first: carts (without their owner: units, since when, until when, the value of the
   cart) and orders. An expired hold counts until its units are needed.';

COMMENT ON FUNCTION "private"."parts_on_hand"(uuid, uuid, timestamp with time zone) IS 'The latest movements of a level, newest first, then all earlier ones as one part. A transfer names the other
   location.';

COMMENT ON FUNCTION "private"."payments_drift"() IS 'Where captured money pays for nothing and is not due for refund, and idempotency keys without a response.';

COMMENT ON FUNCTION "private"."product_editors"(uuid) IS 'The last editor of each field: {title: name, "variants.<id>.price_minor": name}. A field that an import wrote last
   has none, unless its value did not change.';

COMMENT ON FUNCTION "private"."product_sheet"(uuid) IS 'All editable data of a product in one document: its row, media: [{src, alt, variant_id}] in order, all variants in
   order, and editors: the last editor of each field. NULL when there is none.';

COMMENT ON FUNCTION "private"."put_back_picks"(uuid) IS 'Ends the picking of an order that is no longer placed: picked units that were not handed over return to the shelf.
   Returns their number. The caller holds the order''s lock.';

COMMENT ON FUNCTION "private"."record_entry"(public.counts, jsonb) IS 'Records one entry, or recognises it: the same again changes nothing, withdrawn wins in whichever order they come.
   Returns its variant, NULL when no or more than one variant has the code. The caller has checked the shape and locked
   the count.';

COMMENT ON FUNCTION "private"."require_role"(public.staff_role) IS 'Raises role_required (403) unless the caller is active staff of at least that role, or trusted
   (private.is_trusted).';

COMMENT ON FUNCTION "private"."revert_exceptions"(uuid) IS 'What a revert would leave as it is and why, or, once it is applied, what it left.';

COMMENT ON FUNCTION "private"."running_out"(timestamp with time zone, integer) IS 'The variants that sell out first at their recent rate: units left, and units sold since when. Recent is the shortest
   of a quarter of an hour, two hours and a day (each to the quarter hour before) in which at least ten were sold, else
   the day.';

COMMENT ON FUNCTION "private"."sales_between"(timestamp with time zone[], boolean) IS 'Orders placed between each of these moments and the next; revenue_minor is without cancelled and returned units.';

COMMENT ON FUNCTION "private"."sales_drift"() IS 'Where units handed over differ between claims and the ledger.';

COMMENT ON FUNCTION "private"."sales_sums_drift"() IS 'Where the sums of sales differ from the order items.';

COMMENT ON FUNCTION "private"."search_patterns"(text) IS 'The words of a query as patterns for `like all`, longest word first.';

COMMENT ON FUNCTION "private"."session_stripe"() IS 'The lowest stripe that no other open transaction writes to. Sums of the whole shop are stored in stripes, because
   one row would make orders wait for each other. No transaction waits for a stripe, so it has no place in the order of
   locks; there are as many stripes as there were concurrent writers.';

COMMENT ON FUNCTION "private"."settled_lines"(uuid, uuid[]) IS 'The lines of a count without those left out, with their variants locked. Raises count_unsettled (409) while a
   movement close to a line is unanswered, or could still be recorded.';

COMMENT ON FUNCTION "private"."short_levels"(jsonb) IS 'The levels that lines [{variant_id, location_id, delta}] would take below zero available; NULL when there is none.
   The caller holds the locks of the variants.';

COMMENT ON FUNCTION "private"."staff_role"() IS 'The caller''s role, NULL for shoppers, for deactivated staff and after their session has ended, although the token
   may be valid for another hour. Definer: reading public.staff from its own policy would recurse.';

COMMENT ON FUNCTION "private"."stock_totals_drift"() IS 'Where the sums of all stock differ from the ledger and the claims.';

COMMENT ON FUNCTION "private"."sum_of"(jsonb) IS 'The sum of parts [{units}].';

COMMENT ON FUNCTION "private"."trail_of_changes"(private.trail_page) IS 'Changed rows: the audit trail itself. See public.read_trail.';

COMMENT ON FUNCTION "private"."trail_of_counts"(private.trail_page) IS 'When counts were started and when they were approved, reversed or abandoned. See public.read_trail.';

COMMENT ON FUNCTION "private"."trail_of_deliveries"(private.trail_page) IS 'Events of deliveries and transfers. See public.read_trail.';

COMMENT ON FUNCTION "private"."trail_of_imports"(private.trail_page) IS 'Imports that were applied, and reverts of imports. See public.read_trail.';

COMMENT ON FUNCTION "private"."trail_of_movements"(private.trail_page) IS 'Movements but those of sales and imports, which other records have. See public.read_trail.';

COMMENT ON FUNCTION "private"."trail_of_orders"(private.trail_page) IS 'Events of orders after they were placed. See public.read_trail.';

COMMENT ON FUNCTION "private"."uncounted"(public.counts) IS 'Variants in the scope of a count that have units in the ledger and no entry. A shelf includes only scanned
   variants.';

COMMENT ON FUNCTION "private"."units_to_pick"(uuid) IS 'Units of a placed order that are still on the shelf. Fulfilled units count as picked.';

COMMENT ON FUNCTION "private"."without_person"(jsonb) IS 'A response without the e-mail, name, phone and address of the person in it, in the same shape. Others are returned as
   they are.';

COMMENT ON FUNCTION "private"."write_off"(public.orders, public.order_items, integer, uuid) IS 'Removes missing units of an order item from a location: the order releases them and the ledger writes them off, so
   that available there does not change. Raises nothing_to_pick (409) when fewer are left to pick there.';

COMMENT ON FUNCTION "private"."write_pictures"(uuid, jsonb) IS 'Replaces a product''s pictures with these, in this order. A picture may belong to one of its own variants only.';

COMMENT ON FUNCTION "public"."abandon_count"(uuid, uuid) IS 'Closes an open count without a movement; staff of role stock. Its entries stay readable. Raises role_required (403),
   location_not_yours (403), not_found (404), count_closed (409), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."accept_invitation"(text) IS 'Adds the signed-in account of the invited address to the staff. Returns the staff member, also when it was accepted
   before. Raises not_found (404), invitation_for_other (403, with the address), invitation_closed (409), invalid_input
   (422).';

COMMENT ON FUNCTION "public"."acknowledge_alert"(bigint, uuid) IS 'Acknowledges an alert and assigns it to the caller. Staff of role stock; returns it. Raises role_required (403),
   not_found (404), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."adjust_levels"(jsonb, public.movement_reason, uuid, text) IS 'Adjusts many levels for one reason (as adjust_stock), each for itself: lines [{"variant_id", "location_id",
   "delta"}], up to 1000; staff of role stock. Returns [{variant_id, location_id, level, refusal}], one per level in
   the order first named: level as it was left, or refusal {code, detail} (not_found, location_not_yours,
   insufficient_stock) for a level that was not touched. Its movements are one change for undo_stock_change. Raises
   role_required (403), invalid_input (422, names the line), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."adjust_stock"(uuid, uuid, integer, public.movement_reason, uuid, text, text) IS 'Adds delta units (negative takes) to one level for the reason receive, damage, return or correction; staff of role
   stock. Returns the level. Deltas commute: two concurrent adjustments both count. Raises role_required (403),
   location_not_yours (403), not_found (404), insufficient_stock (409), idempotency_key_reused (409), invalid_input
   (422).';

COMMENT ON FUNCTION "public"."announce_delivery"(text, uuid, jsonb, uuid, text, date) IS 'Announces a delivery of a supplier: lines [{"variant_id", "quantity": units > 0}], up to 1000; staff of role stock.
   No units move. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."answer_count"(uuid, bigint, boolean) IS 'Answers whether the units of a movement close to a count had moved when the shelf was counted; staff of role stock.
   The last answer holds; another entry of the variant asks again. Raises role_required (403), location_not_yours
   (403), not_found (404), count_closed (409), invalid_input (422: the movement is not one that is asked about).';

COMMENT ON FUNCTION "public"."approve_count"(uuid, uuid, uuid[]) IS 'Records the variance of every line but those of the variants left out, as movements of reason recount, all or none,
   and closes the count; managers. Returns it. Raises role_required (403), not_found (404), count_closed (409),
   count_unsettled (409, the lines), insufficient_stock (409: fewer counted than are held or committed),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."assign_alert"(bigint, uuid, uuid) IS 'Assigns an alert to a staff member. Otherwise as acknowledge_alert; invalid_input (422) when they are not active.';

COMMENT ON FUNCTION "public"."change_colleague"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) IS 'Changes the role and access of a staff member; managers. location_ids: where role stock may change stock, NULL
   everywhere. active false: they left, and their name stays. seen: the version that the caller saw. sure: the caller
   confirms to give up the role of manager. Returns the staff member. Raises role_required (403), not_found (404),
   colleague_changed (409), last_manager (409), own_access (409, not sure), invalid_input (422), idempotency_key_reused
   (409).';

COMMENT ON FUNCTION "public"."claim_next_order"(uuid, uuid) IS 'Takes the order that has waited longest, is nobody''s and has something for the caller to pick (at location_id, if
   given); staff of role stock. Returns {order_id}, NULL when nothing waits. Raises role_required (403),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."claim_order"(uuid, uuid) IS 'Takes an order to pick it; staff of role stock. It is the caller''s for 30 seconds, and longer with every renew_claim
   and every pick. Returns the lease. Raises role_required (403), location_not_yours (403), not_found (404),
   order_not_open (409), order_claimed (409, with whose it is and until when), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."close_delivery"(uuid, uuid, jsonb) IS 'Closes a delivery: shorts {variant_id: "not_sent" | "lost" | "damaged"} for every short variant; staff of role
   stock. Units of a transfer that were not sent return to their location, which needs the right to change stock there.
   Lost and damaged units leave transit and stay on the document. Raises role_required (403), location_not_yours (403),
   not_found (404), delivery_closed (409), delivery_short (409, the lines without a reason), invalid_input (422),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."count_open_orders"() IS 'The number of orders in each stage that needs work; an empty stage may be absent. Staff.';

COMMENT ON FUNCTION "public"."create_product"(jsonb, uuid) IS 'A new product as a draft, last in listings, with its first variant: {handle, title, category, option_names, sku,
   option_values, price_minor}; without options both lists are empty. Managers. Returns its id. Raises role_required
   (403), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."explain_quantity"(uuid, uuid, text, timestamp with time zone) IS 'The parts of one quantity (on_hand, held, committed, safety or available) of a level, now or at a past moment:
   {units, parts: [{kind, units, …}], at, asked_at, currency, …}; the units of the parts add up to units. Kinds:
   movement, earlier (many movements in one), hold, order, kept_back, quantity (another quantity, with its sign). Staff
   of any role. Money in minor units. Claims are stored for 90 days: an earlier moment is answered for that day, and at
   has it; on_hand goes back to the first delivery. Raises role_required (403), not_found (404), invalid_input (422).';

COMMENT ON FUNCTION "public"."find_alerts"() IS 'Runs each check that is due: opens alerts for new causes, updates the evidence of open ones, ends those whose cause
   is gone and wakes snoozed ones. Returns the number of open alerts. Staff of any role, and the scheduler. Raises
   role_required (403).';

COMMENT ON FUNCTION "public"."forget_old_rows"(integer) IS 'Maintenance job: deletes rows past their retention, or erases the personal data in them: at most so many of each kind
   (1 to 10,000). Returns {rows: {kind: how many}, failed: {kind: error}}; call it again while rows has a full kind.
   Needs no key: a repeated call continues. For the secret key and the scheduler. Raises role_required (403).';

COMMENT ON FUNCTION "public"."give_refund"(uuid, uuid) IS 'Refunds everything that is due of an order; managers. A payment at the counter is recorded as refunded at once. For
   a provider only the decision is recorded: the caller then asks the provider, whose signed event records the refund.
   Returns the order. Raises role_required (403), not_found (404), order_not_open (409: nothing is due back),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."invite_colleague"(text, text, public.staff_role, text, uuid, uuid[]) IS 'Invites an address to join the staff with this role within seven days; managers. location_ids: where role stock may
   change stock, NULL everywhere. secret: random, 32 to 200 characters, sent in a link; only its hash is stored.
   Returns the invitation''s id. Raises role_required (403), not_found (404, a location), colleague_exists (409: staff
   already, or invited), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."own_staff_role"() IS 'The role of the signed-in caller; NULL for shoppers, for deactivated staff and after the session has ended.';

COMMENT ON FUNCTION "public"."pick_units"(uuid, uuid, text, integer, uuid) IS 'Puts units (negative: back on the shelf) into the box of a placed order at a location; code is a SKU or barcode, as a
   scanner reads it. Takes or renews the lease; with the last unit the order is ready and the lease ends. Staff of role
   stock. Returns the line''s pick. Raises role_required (403), location_not_yours (403), not_found (404),
   order_not_open (409), order_claimed (409), not_on_order (409), nothing_to_pick (409, with how many are left),
   invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."read_count"(uuid) IS 'A count for staff: {count, lines: [{variant_id, title, option_values, sku, barcode, counted, expected, movements in
   its window with their answers, open, settles_in_ms, in_baskets, entries}], uncounted: up to 200 of the same with
   expected alone, uncounted_total}. While a blind count is open only managers are told what is expected; others read
   null. Raises role_required (403), not_found (404).';

COMMENT ON FUNCTION "public"."read_dashboard"(timestamp with time zone[], timestamp with time zone) IS 'The shop in numbers, all of one moment. edges: when each bar of the chart begins, and when the last one ends; 2 to
   100, on whole minutes, or on quarters of an hour where bars last that long or longer. at: now. Staff of any role.
   Returns bars and the same time before them ({orders, units, taken_back: cancelled or returned since, revenue_minor:
   what stayed}), minutes (units placed in each of the last sixty), stock (units, and their worth at today''s prices)
   and running_out. Raises role_required (403), invalid_input (422).';

COMMENT ON FUNCTION "public"."read_delivery"(uuid) IS 'A delivery for staff: {delivery, lines with what they are called and scanned by, events, latest first}. NULL when
   there is none, or the caller is not staff: with the caller''s own rights.';

COMMENT ON FUNCTION "public"."read_invitation"(text) IS 'The invitation of a link: {email, name, role, locations: names or null for everywhere, invited_by, expires_at,
   status: open | accepted | revoked | expired}; NULL for an unknown secret. Raises invalid_input (422) for a secret
   that is too short.';

COMMENT ON FUNCTION "public"."read_trail"(uuid, text, text, timestamp with time zone, timestamp with time zone, timestamp with time zone, text, integer) IS 'Actions, newest first, up to 200 lines. Filters: the actor (who), the subject (what: product, variant, picture,
   category, location, settings, colleague, invitation, stock, order, delivery, count, import), words in its name, and
   two moments. A revert of an import has the action reverted and the other import''s document in before. The next page
   begins before (at, key) of the last line. Lines of one request share at and actor. Managers. Raises role_required
   (403).';

COMMENT ON FUNCTION "public"."receive_delivery"(uuid, jsonb, uuid, public.delivery_difference) IS 'Receives units of a delivery: lines [{"variant_id", "quantity": units > 0}], all or none, as often as parts arrive;
   staff of role stock. Units beyond the announced ones need a difference (extra or swapped). For a transfer they
   become a correction, because no movement says that they left. Raises role_required (403), location_not_yours (403),
   not_found (404), delivery_closed (409), delivery_over (409: by how much), invalid_input (422),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."receive_stock"(uuid, jsonb, text, uuid, text) IS 'Receives units at one location: lines [{"variant_id", "quantity": units > 0}], up to 1000, all or none; document is
   the delivery note. Staff of role stock. Returns the levels. Raises role_required (403), location_not_yours (403),
   not_found (404), idempotency_key_reused (409), invalid_input (422, names the line).';

COMMENT ON FUNCTION "public"."record_count"(uuid, jsonb) IS 'Adds what was found to a count: up to 500 entries [{"id", "code": SKU or barcode, "units", "began_ms", "ended_ms",
   "withdrawn"}]; the times are milliseconds before now, so no two clocks are compared. Each id counts once, whatever
   comes twice or late; withdrawn takes an entry back. Staff of role stock. Returns {entries: rows, unknown: ids whose
   code names no or several variants, ambiguous: [{id, choices}] of those that several variants have; send the
   variant_id as the code}. Raises role_required (403), location_not_yours (403), not_found (404), count_closed (409),
   idempotency_key_reused (409: an id with other contents), invalid_input (422, names the entry).';

COMMENT ON FUNCTION "public"."recount_stock"(uuid, uuid, integer, integer, uuid, bigint, text, text) IS 'Compare and set: sets on hand to counted if it is still expected, as one movement; staff of role stock. Returns the
   level. Raises stock_moved (409) when the number has changed, with both numbers and the movements since
   ledger_position. Further: role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409:
   fewer counted than are held or committed), idempotency_key_reused (409), invalid_input (422).';

COMMENT ON FUNCTION "public"."release_claim"(uuid, uuid) IS 'The inverse of claim_order: releases an order for other pickers at once; picked units stay picked. The lease of
   another picker is not changed. Returns the lease. Staff of role stock. Raises role_required (403), not_found (404),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."renew_claim"(uuid) IS 'Extends the lease of an order that the caller holds, or held last; staff of role stock. Returns the lease
   afterwards: the caller''s for 30 seconds, another picker''s, or none. A repeated call has no further effect. Raises
   role_required (403).';

COMMENT ON FUNCTION "public"."renew_invitation"(uuid, text, uuid) IS 'Gives an open invitation another secret and another seven days; the former link is dead. Managers. Returns its id.
   Raises role_required (403), not_found (404), invitation_closed (409), invalid_input (422), idempotency_key_reused
   (409).';

COMMENT ON FUNCTION "public"."reverse_count"(uuid, uuid) IS 'The inverse of approve_count: an opposite movement for every variance; movements since then stay. Managers. Raises
   role_required (403), not_found (404), count_closed (409: not approved, or reversed before), insufficient_stock (409:
   what the count found is sold), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."revoke_invitation"(uuid) IS 'Takes an open invitation back: its link is dead. Managers. Raises role_required (403), not_found (404),
   invitation_closed (409).';

COMMENT ON FUNCTION "public"."save_product"(uuid, jsonb, jsonb, uuid) IS 'Saves changes to a product. expected: the versions that the editor saw, {version, variants: {id: version}}, of the
   touched rows. changes: the new values of changed fields alone, as read_product names them: {title, …, media: all
   pictures, option_names: all, variants: {id: {option_values: one for each option, price_minor, …}}}. Managers.
   Returns the product as read_product does. Raises role_required (403), not_found (404), product_moved (409, with the
   current product), idempotency_key_reused (409), invalid_input (422).';

COMMENT ON FUNCTION "public"."search_inventory"(text, text, public.shelf_band, uuid, uuid, integer) IS 'A page of public.inventory in the order of the list: rows after the variant `after`, up to size (1 to 200). query:
   every word must occur in title, options, SKU, barcode or vendor. band: what shoppers see. location_id: variants that
   have or had stock there. Nobody but staff gets a row.';

COMMENT ON FUNCTION "public"."search_orders"(text, text, boolean, uuid, uuid, integer) IS 'A page of public.order_queue: rows after the order `after`, up to size (1 to 200). query: an order number, or part
   of a name or e-mail address. stage: one of the view''s, or trouble; oldest first for orders that need work, newest
   first for the rest. paid: whether it is paid. location_id: orders with units there. Staff; buyers see their own.';

COMMENT ON FUNCTION "public"."search_products"(text, text, public.product_status, uuid, integer) IS 'A page of public.product_entries by title: rows after the product `after`, up to size (1 to 200). query: every word
   must occur in one of its variants'' title, options, SKU, barcode or vendor. Nobody but staff gets a row.';

COMMENT ON FUNCTION "public"."send_transfer"(uuid, uuid, jsonb, uuid, text) IS 'Sends lines [{"variant_id", "quantity": units > 0}] off to another location, all or none: they leave now and are in
   transit until they are received; staff of role stock. For what is carried over at once see public.transfer_stock.
   Raises role_required (403), location_not_yours (403), not_found (404), insufficient_stock (409), invalid_input (422),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."settle_shorts"(uuid, uuid) IS 'Records that the customer knows about the missing units; staff of role stock. Returns the order. Raises
   role_required (403), location_not_yours (403), not_found (404), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."short_pick"(uuid, uuid, bigint, integer, uuid) IS 'So many units of an order item are not where they are committed: they are written off there (reason correction) and
   committed at other locations that have them; what nobody has is taken off the order, captured money becomes due for
   refund, and the order is in trouble until settle_shorts. Staff of role stock; takes or renews the lease. Returns the
   order as read_order does. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open
   (409), order_claimed (409), nothing_to_pick (409), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."sign_out_everywhere"(uuid) IS 'Ends every session of a staff member on every device, at once: the caller''s own, or any for managers. Returns their
   number. A repeated call has no further effect. Raises role_required (403), not_found (404).';

COMMENT ON FUNCTION "public"."snooze_alert"(bigint, integer, uuid) IS 'Snoozes an alert for some hours, at most thirty days. Otherwise as acknowledge_alert; invalid_input (422) for
   more.';

COMMENT ON FUNCTION "public"."start_count"(uuid, boolean, uuid, text, text) IS 'Opens a count of a location, of one category there, or of what people call a shelf; staff of role stock. Any number
   may be open. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."transfer_stock"(uuid, uuid, jsonb, uuid, text, text) IS 'Moves lines [{"variant_id", "quantity": units > 0}] from one location to another at once, all or none; staff of role
   stock. Returns the levels of both ends. Raises role_required (403), location_not_yours (403), not_found (404),
   insufficient_stock (409, every short line), idempotency_key_reused (409), invalid_input (422, names the line).';

COMMENT ON FUNCTION "public"."undo_stock_change"(uuid, uuid) IS 'Undoes a change of the caller (the idempotency_key of an adjustment, delivery, recount, transfer or undo) by the
   opposite movements, all or none, once; staff of role stock. Later changes of others stay. Returns the levels. Raises
   role_required (403), location_not_yours (403), not_found (404), already_undone (409), insufficient_stock (409: its
   units have left since), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON TABLE "private"."retention_rules" IS 'How long each kind of row is kept. Written by migrations and by the owner of the database alone: its texts become
   SQL.';

COMMENT ON TABLE "private"."stock_changes" IS 'The ledger lines of one request of a staff member (by its idempotency key), so that they are undone together.';

COMMENT ON TABLE "public"."alerts" IS 'Problems for staff to check. Never deleted. Staff only; written by functions.';

COMMENT ON TABLE "public"."audit_trail" IS 'Changes of rows: actor, time, old and new values. Append-only. Managers read it.';

COMMENT ON TABLE "public"."categories" IS 'Groups of products, in order of position, then title.';

COMMENT ON TABLE "public"."count_answers" IS 'For a movement in the window of a count: had it happened when the shelf was counted? Ends with the next entry of its
   variant, which is a new count of it.';

COMMENT ON TABLE "public"."count_entries" IS 'Units found in one step. The count of a variant is the sum of its entries, so two people, two places and offline
   devices merge in any order.';

COMMENT ON TABLE "public"."count_results" IS 'The approved lines: per variant the count, the expected units, and the movements of the variance.';

COMMENT ON TABLE "public"."delivery_events" IS 'When a delivery was announced, sent, received or closed, by which actor, and the reason for a difference.
   Append-only.';

COMMENT ON TABLE "public"."in_transit" IS 'Units between two locations: they left one and have not arrived. Maintained by triggers.';

COMMENT ON TABLE "public"."inventory_index" IS 'The search words and the order of the inventory list. Maintained by triggers; staff only.';

COMMENT ON TABLE "public"."order_picking" IS 'The picker of an order: one row per order that was ever begun. Never deleted.';

COMMENT ON TABLE "public"."order_shorts" IS 'Units that were not found at their location while picking.';

COMMENT ON TABLE "public"."products" IS 'Products with their texts. They change rarely; the shop reads them from cached server renders.';

COMMENT ON TABLE "public"."sales_by_minute" IS 'Orders placed in each minute, and their units cancelled or returned since; readers sum the stripes
   (private.session_stripe).';

COMMENT ON TABLE "public"."shop_settings" IS 'One row: the currency (ISO 4217) of every price, and from how many available units on the shelf says how many are
   left.';

COMMENT ON TABLE "public"."staff" IS 'Staff members with their roles. Written by managers through functions and by the secret key.';

COMMENT ON TABLE "public"."staff_invitations" IS 'Invitations to join the staff. The secret is in the link that a manager sends; only its hash is stored.';

COMMENT ON TABLE "public"."stock_totals" IS 'Units of the whole shop, and what they are worth at today''s prices; readers sum the stripes
   (private.session_stripe).';

COMMENT ON TABLE "public"."variants" IS 'The unit of sale and stock: one SKU, one price.';

COMMENT ON TYPE "private"."found_alert" IS 'A finding of a check: an alert that is to be open now.';

COMMENT ON TYPE "private"."trail_line" IS 'One line of the trail, whichever record it comes from.';

COMMENT ON TYPE "private"."trail_page" IS 'Which lines of the trail a page shows: the arguments of public.read_trail, checked.';

COMMENT ON TYPE "public"."alert_kind" IS 'A variant sells far above its usual rate; units moved and nothing says why; one holder has much of what is left; a
   sum differs from what it adds up to; a delivery is overdue.';

COMMENT ON TYPE "public"."count_status" IS 'open: staff count. approved: the variances are movements. reversed: and so are their opposites. abandoned: no
   movement was written.';

COMMENT ON TYPE "public"."delivery_difference" IS 'Short: not_sent (of a transfer: still where it came from), lost or damaged on the way. Over: extra, or swapped for
   another.';

COMMENT ON TYPE "public"."shelf_band" IS 'The shelf states a shopper sees: in stock, low (with the number), sold out, unavailable.';

COMMENT ON TYPE "public"."staff_role" IS 'In rising order: viewer reads everything staff can read; stock also changes stock; manager also changes the catalogue
   and staff.';

COMMENT ON VIEW "private"."count_windows" IS 'Per count and variant: units found, and the window of all its entries together: after the first one''s
   ledger_position, up to settles_at.';

COMMENT ON VIEW "private"."shelf_projection" IS 'The shelf row of each variant. The only place that defines the bands. A view and not a function, so that a statement
   for one variant reads four rows.';

COMMENT ON VIEW "public"."inventory" IS 'One row per variant as staff see it: what it is, its row of the shelf (band, left, shelf_version), and levels, its
   stock_levels rows as a JSON array (locations it never was at have none). Invoker''s rights: nobody but staff gets a
   row.';

COMMENT ON VIEW "public"."order_queue" IS 'One row per order as the queue shows it. stage: awaiting_payment, to_pick (units still lie on a shelf), ready (all
   that is open lies in the box), fulfilled, cancelled. scanned: the sum of its order_picks. locations: where units of
   it are. version grows with every change but those of time. Invoker''s rights: buyers see nothing but their own.';

COMMENT ON VIEW "public"."order_troubles" IS 'Orders that need a decision: refund_due (a refund is due), no_answer (unpaid past its deadline), short (the customer
   does not know yet that units are missing), inspect (returned units await inspection). Invoker''s rights.';

COMMENT ON VIEW "public"."pick_lines" IS 'The pick list: one row per order item and location with units of it. quantity of them are the order''s, picked are
   in the box or handed over, fulfilled were handed over. Staff only.';

COMMENT ON VIEW "public"."shop_products" IS 'Active products as the shop shows them, each with its active variants [{id, sku, option_values, price_minor,
   compare_at_minor, currency}] and pictures [{src, alt, variant_id}] in their order, however many they are.
   lowest_price and first_picture are what a card shows. Prices are minor units. For the secret key alone.';

REVOKE ALL ON FUNCTION "private"."add_arrivals"(uuid, jsonb, public.delivery_difference) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."cancel_units"(public.order_items, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."change_alert"(bigint, text, uuid, integer, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."change_alert"(bigint, text, uuid, integer, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."change_alert"(bigint, text, uuid, integer, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."check_deltas"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."check_question"(uuid, uuid, text, timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."customers_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."discard_imports"(uuid[], uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."judged_deltas"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."line_to_pick"(uuid, uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."movement_lines"(uuid, jsonb, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."parts_available"(public.stock_levels, uuid, uuid, timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."payments_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."revert_exceptions"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sales_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sales_sums_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."session_stripe"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."short_levels"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."stock_totals_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."trail_of_changes"(private.trail_page) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."trail_of_counts"(private.trail_page) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."trail_of_deliveries"(private.trail_page) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."trail_of_imports"(private.trail_page) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."trail_of_movements"(private.trail_page) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."trail_of_orders"(private.trail_page) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_off"(public.orders, public.order_items, integer, uuid) FROM PUBLIC;

reset check_function_bodies;
