-- Functions, columns, constraints and lines of the trail get the names of the glossary; rows are kept.
set check_function_bodies = off;

DROP POLICY "staff read what counts booked" ON "public"."count_results";

DROP TRIGGER "orders_tell" ON "public"."orders";

DROP TRIGGER "colleague_leaves_trail_of_delete" ON "public"."staff";

DROP TRIGGER "colleague_leaves_trail_of_insert" ON "public"."staff";

DROP TRIGGER "colleague_leaves_trail_of_update" ON "public"."staff";

alter index public.imports_are_taken_back_by_one rename to imports_are_reverted_once;

alter table private.import_kept drop constraint import_kept_why_check;
update private.import_kept set why = 'unavailable_since' where why = 'promised_since';

alter table public.count_results
  rename constraint count_results_reverse_what_was_booked to count_results_reverse_a_movement;

alter table public.counts rename constraint counts_are_decided_by_somebody to counts_are_decided_by_staff;

alter table public.order_picking
  rename constraint order_picking_is_leased_to_somebody to order_picking_is_leased_to_a_picker;

DROP FUNCTION "private"."change_colleague"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean);

DROP FUNCTION "private"."import_level_lines"(uuid);

DROP FUNCTION "private"."import_questions"(uuid);

DROP FUNCTION "private"."invite_colleague"(text, text, public.staff_role, text, uuid, uuid[]);

DROP FUNCTION "private"."sales_between"(timestamp with time zone[], boolean);

DROP FUNCTION "private"."tell_buyer"();

DROP FUNCTION "public"."change_colleague"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean);

DROP FUNCTION "public"."invite_colleague"(text, text, public.staff_role, text, uuid, uuid[]);

alter type private.import_difference rename attribute wish to approval;

alter table public.sales_by_minute rename column taken_back_minor to cancelled_or_returned_minor;
alter table public.sales_by_minute rename column taken_back to cancelled_or_returned;
alter table public.sales_by_quarter_hour rename column taken_back_minor to cancelled_or_returned_minor;
alter table public.sales_by_quarter_hour rename column taken_back to cancelled_or_returned;

create or replace function private.adopt_claims(variant_id uuid, guest_cart uuid, own_cart uuid)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_claim public.claims;
begin
  for v_claim in
    select * from public.claims
    where claims.cart_id = guest_cart and claims.variant_id = adopt_claims.variant_id
    order by claims.id
  loop
    if exists (
      select from public.claims
      where claims.cart_id = own_cart and claims.variant_id = v_claim.variant_id
        and claims.location_id = v_claim.location_id
    ) then
      -- Given back before it is taken: the other way round the last unit would be counted twice, which no level allows.
      delete from public.claims where claims.id = v_claim.id;
      update public.claims set quantity = claims.quantity + v_claim.quantity
      where claims.cart_id = own_cart and claims.variant_id = v_claim.variant_id
        and claims.location_id = v_claim.location_id;
    else
      update public.claims set cart_id = own_cart where claims.id = v_claim.id;
    end if;
  end loop;
  return (
    select coalesce(sum(claims.quantity), 0)
    from public.claims
    where claims.cart_id = own_cart and claims.variant_id = adopt_claims.variant_id
  );
end;
$$;

create or replace function private.adopt_line(variant_id uuid, guest_cart uuid, own_cart uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_limits private.shop_limits;
  v_line public.cart_lines := private.adopted_line(variant_id, guest_cart, own_cart);
  v_wanted integer := v_line.quantity;
  v_quantity integer;
  v_held integer;
  v_until timestamptz;
begin
  select * into v_limits from private.shop_limits;
  v_until := least(v_line.held_until, v_line.held_since + v_limits.hold_cap);
  v_quantity := private.within_limit(variant_id, private.room_for(variant_id, own_cart, least(v_wanted, 99), v_limits));
  v_held := private.adopt_claims(variant_id, guest_cart, own_cart);

  -- A line is held in full or not at all: what is held in part is filled up, or shrinks to what there is.
  if v_held > v_quantity then
    delete from public.claims where claims.cart_id = own_cart and claims.variant_id = adopt_line.variant_id;
    if v_quantity > 0 then
      perform private.take_units(array[adopt_line.variant_id], array[v_quantity], own_cart, null, v_until);
    end if;
  elsif v_held between 1 and v_quantity - 1 then
    v_quantity := v_held
      + private.take_units(array[adopt_line.variant_id], array[v_quantity - v_held], own_cart, null, v_until);
  end if;
  update public.claims
  set expires_at = v_until
  where claims.cart_id = own_cart and claims.variant_id = adopt_line.variant_id and claims.expires_at <> v_until;

  delete from public.cart_lines as line
  where line.variant_id = adopt_line.variant_id
    and (line.cart_id = guest_cart or line.cart_id = own_cart and v_quantity = 0);
  if v_quantity > 0 then
    insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since, held_until)
    values (own_cart, adopt_line.variant_id, v_quantity, v_line.price_minor, v_line.held_since, v_line.held_until)
    on conflict on constraint cart_lines_pkey do update
    set quantity = excluded.quantity, price_minor = excluded.price_minor, held_since = excluded.held_since,
      held_until = excluded.held_until;
  end if;
  if v_quantity < v_wanted then
    return jsonb_build_object('variant_id', adopt_line.variant_id, 'wanted', v_wanted, 'quantity', v_quantity);
  end if;
  return null;
end;
$$;

create or replace function private.adopted_line(variant_id uuid, guest_cart uuid, own_cart uuid)
returns public.cart_lines
language plpgsql
stable
set search_path = ''
as $$
declare
  v_line public.cart_lines;
  v_is_same_price boolean;
begin
  select sum(each.quantity),
    -- Of two streaks the older one's begin and the later one's end, so that nobody holds longer by signing in.
    coalesce(min(each.held_since) filter (where hold.until is not null or is_live_streak.yes), private.clock()),
    coalesce(max(hold.until), max(each.held_until) filter (where is_live_streak.yes)),
    coalesce(bool_and(hold.until is not null) and min(each.price_minor) = max(each.price_minor), false)
      or count(*) filter (where hold.until is not null) = 0,
    min(each.price_minor)
  into v_line.quantity, v_line.held_since, v_line.held_until, v_is_same_price, v_line.price_minor
  from public.cart_lines as each
  cross join lateral (
    select max(claims.expires_at) as until
    from public.claims
    where claims.cart_id = each.cart_id and claims.variant_id = each.variant_id
  ) as hold
  cross join lateral (
    select each.held_until + limits.hold_pause > private.clock() as yes from private.shop_limits as limits
  ) as is_live_streak
  where each.cart_id in (guest_cart, own_cart) and each.variant_id = adopted_line.variant_id;
  -- A frozen price covers the units that were held when it was frozen: two lines at two prices, or of which one is not
  -- held, are one line at today's.
  if not v_is_same_price then
    select variants.price_minor into v_line.price_minor
    from public.variants where variants.id = adopted_line.variant_id;
  end if;
  return v_line;
end;
$$;

create or replace function private.answer_import(import_id uuid, choice public.import_choice, line integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'inventory');
  update private.import_levels as staged
  set choice = answer_import.choice
  from private.import_questions(answer_import.import_id) as question
  where staged.import_id = answer_import.import_id
    and staged.line = question.line
    and question.line = coalesce(answer_import.line, question.line)
    and (staged.expected is not null or answer_import.choice <> 'add');
  if not found and answer_import.line is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'line', 'problem', 'not asked about', 'value', line),
      'Only lines whose number moved, or that leave too few, are asked about. Look at the preview again.');
  end if;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.imports set updated_at = clock_timestamp() where imports.id = answer_import.import_id;
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
        select done.variant_id from private.import_changes as done
        where done.import_id = v_import.reverts and done.variant_id is not null
      )
    );

    select jsonb_agg(to_jsonb(conflict)) into v_conflicts
    from (
      select * from private.import_conflicts(import_id)
      union all
      select asked.line, asked."column", asked.value, 'waits for an answer (' || asked.kind || ')'
      from private.import_asks as asked
      where asked.import_id = apply_import.import_id and asked.answer is null
      limit 50
    ) as conflict;
    if v_conflicts is not null then
      perform private.refuse(409, 'import_conflict', jsonb_build_object('conflicts', v_conflicts),
        'Change these lines of the file and upload it again. Nothing was imported.');
    end if;
    v_summary := private.import_summary(import_id);
    if seen <> v_summary ->> 'fingerprint' then
      perform private.refuse(409, 'import_changed', jsonb_build_object('fingerprint', v_summary ->> 'fingerprint'),
        'The catalogue or the stock has changed since the preview; nothing was imported. Preview again and confirm.');
    end if;

    perform private.leave_trail_to(v_import.document);
    insert into private.import_changes (import_id, subject, line, handle, sku, product_id, variant_id, location_id,
      before, after, claim)
    select apply_import.import_id, diff.subject, diff.line, diff.handle, diff.sku, diff.product_id, diff.variant_id,
      diff.location_id, diff.before, diff.after, diff.claim
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after;
    insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
    select apply_import.import_id, exception.* from private.revert_exceptions(import_id) as exception;
    perform private.write_changes(v_import);

    delete from private.import_products as staged where staged.import_id = apply_import.import_id;
    delete from private.import_levels as staged where staged.import_id = apply_import.import_id;
    delete from private.import_asks as asked where asked.import_id = apply_import.import_id;
    update public.imports set applied_at = now(), summary = v_summary where imports.id = apply_import.import_id
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;

create or replace function private.begin_import(
  file_name text, idempotency_key uuid, location_id uuid, warnings text[], problems jsonb, kind public.import_kind,
  kept_columns text[]
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
    jsonb_build_array(file_name, location_id, warnings, problems, kind, kept_columns));
  if v_response is null then
    if length(trim(coalesce(file_name, ''))) not between 1 and 255 then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'file_name', 'problem', 'not 1 to 255 characters', 'value', file_name),
        'Send the name of the file.');
    end if;
    if cardinality(warnings) > 40 or array_position(warnings, null) > 0
      or exists (select from unnest(warnings) as warning where length(warning) > 20000) then
      perform private.refuse(422, 'invalid_input', '{"field": "warnings", "problem": "more than 40, or no sentences"}',
        'Send fewer.');
    end if;
    v_problems := private.import_problems_in(coalesce(problems, '[]'));
    if v_problems is null or jsonb_array_length(v_problems) > 100 then
      perform private.refuse(422, 'invalid_input',
        '{"field": "problems", "problem": "not 0 to 100 of {line, column, value, why}"}', 'Send fewer.');
    end if;
    if kind = 'inventory' then
      v_location := null;
    elsif v_location is null then
      select locations.id into v_location
      from public.locations where locations.active order by locations.position, locations.id limit 1;
      if not found then
        perform private.refuse(404, 'not_found', '{}',
          'The shop has no active location to take the quantities. Create one first.');
      end if;
    end if;
    perform private.check_places('{}', array_remove(array[v_location], null));

    perform private.discard_imports(array(
      select imports.id from public.imports
      where imports.applied_at is null and imports.discarded_at is null
        and imports.created_at < now() - interval '7 days'
    ), '00000000-0000-0000-0000-000000000000');
    perform private.check_kept_columns(kept_columns);
    insert into public.imports (kind, file_name, location_id, warnings, problems, kept_columns)
    values (begin_import.kind, trim(file_name), v_location, coalesce(begin_import.warnings, '{}'), v_problems,
      coalesce(begin_import.kept_columns, '{}'))
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;

create or replace function private.begin_once(key uuid, operation text, request jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_first private.idempotency_keys;
  v_hash jsonb := private.request_hash(request);
begin
  if begin_once.key is null then
    perform private.refuse(422, 'invalid_input', '{"field": "idempotency_key", "problem": "missing"}',
      'Send a UUID made once per request as idempotency_key.');
  end if;

  perform pg_advisory_xact_lock(private.key_gate(begin_once.key));
  insert into private.idempotency_keys (actor, key, operation, request)
  values (private.actor(), begin_once.key, begin_once.operation, v_hash)
  on conflict do nothing;
  if found then
    return null;
  end if;

  select * into v_first
  from private.idempotency_keys
  where idempotency_keys.actor = private.actor()
    and idempotency_keys.key = begin_once.key;
  -- (Holds that are made together keep what they asked for as it is: it names nobody.)
  if v_first.operation <> begin_once.operation or v_first.request not in (v_hash, begin_once.request) then
    perform private.refuse(private.key_reused(v_first.operation));
  end if;
  return v_first.response;
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
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id),
      'Only an applied import can be reverted.');
  end if;
  select * into v_revert
  from public.imports where imports.reverts = begin_revert.import_id and imports.discarded_at is null;
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

create or replace function private.capture_payment(paid public.payments, ordered public.orders, amount_minor bigint)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_items public.order_items[];
begin
  if ordered.status = 'awaiting_payment' and capture_payment.amount_minor <> paid.amount_minor then
    perform private.cancel_rest(ordered, 'another amount was paid');
    ordered.status := 'cancelled';
  end if;
  update public.payments as payment
  set status = 'captured',
    captured_minor = capture_payment.amount_minor,
    refund_due_minor = case when ordered.status = 'awaiting_payment' then 0 else capture_payment.amount_minor end
  where payment.id = paid.id;
  if ordered.status <> 'awaiting_payment' then
    insert into public.order_events (order_id, kind) values (ordered.id, 'paid_in_vain');
    update public.orders set updated_at = clock_timestamp() where orders.id = ordered.id;
    return 'refund_due';
  end if;

  select array_agg(item order by item.variant_id) into v_items
  from public.order_items as item where item.order_id = ordered.id;
  perform private.queue_for(array(select item.variant_id from unnest(v_items) as item));
  begin
    perform private.commit_units(v_items, ordered.collect_at);
  exception when sqlstate 'PT409' then
    -- The hold had expired and another order needed the units: a refund, not an oversell.
    perform private.cancel_rest(ordered, 'paid too late, units gone');
    return 'refund_due';
  end;
  update public.orders set status = 'placed', placed_at = v_now where orders.id = ordered.id;
  insert into public.order_events (order_id, kind) values (ordered.id, 'placed');
  update public.order_items as item set sold_at = v_now where item.order_id = ordered.id;
  return 'placed';
end;
$$;

create or replace function private.change_staff_member(
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
  v_response := private.begin_once(idempotency_key, 'change_staff_member',
    jsonb_build_array(user_id, role, location_ids, active, seen, sure));
  if v_response is null then
    perform private.check_rights(role, location_ids);
    -- Everybody who manages, in one order: two managers who take the role from each other must not both succeed.
    perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
    select * into v_member from public.staff where staff.user_id = change_staff_member.user_id for update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id),
        'Reload the list of staff.');
    end if;
    if v_member.version <> seen then
      perform private.refuse(409, 'staff_member_changed', jsonb_build_object('user_id', user_id),
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
    set role = change_staff_member.role, location_ids = change_staff_member.location_ids,
      active = change_staff_member.active
    where staff.user_id = v_member.user_id
    returning to_jsonb(staff) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.staff, v_response);
end;
$$;

create or replace function private.commit_units(items public.order_items[], prefer uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_kept uuid[];
  v_missing public.order_items[];
  v_taken integer;
begin
  -- Even holds that expired during the payment, if no other caller has needed their units.
  with kept as (
    update public.claims
    set expires_at = null
    where claims.order_item_id = any (array(select item.id from unnest(items) as item))
    returning claims.variant_id
  )
  select coalesce(array_agg(kept.variant_id), '{}') into v_kept from kept;
  v_missing := array(select item::public.order_items from unnest(items) as item where item.variant_id <> all (v_kept));
  if cardinality(v_missing) = 0 then
    return;
  end if;
  perform private.release_expired(array(select item.variant_id from unnest(v_missing) as item));
  v_taken := private.take_units(array(select item.variant_id from unnest(v_missing) as item),
    array(select item.quantity from unnest(v_missing) as item), null,
    array(select item.id from unnest(v_missing) as item), null,
    commit_units.prefer);
  if v_taken < (select sum(item.quantity) from unnest(v_missing) as item) then
    perform private.refuse(409, 'not_enough_left', '{"short": []}',
      'The hold had expired and another order needed the units.');
  end if;
end;
$$;

create or replace function private.count_sales(placed public.sales_by_minute[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into public.sales_by_minute as sales (minute, stripe, orders, units, revenue_minor,
    cancelled_or_returned, cancelled_or_returned_minor)
  select each.* from unnest(placed) as each
  on conflict (minute, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    cancelled_or_returned = sales.cancelled_or_returned + excluded.cancelled_or_returned,
    cancelled_or_returned_minor = sales.cancelled_or_returned_minor + excluded.cancelled_or_returned_minor;

  insert into public.sales_by_quarter_hour as sales (quarter_hour, stripe, orders, units, revenue_minor,
    cancelled_or_returned, cancelled_or_returned_minor)
  select private.quarter_hour(each.minute), each.stripe, sum(each.orders), sum(each.units), sum(each.revenue_minor),
    sum(each.cancelled_or_returned), sum(each.cancelled_or_returned_minor)
  from unnest(placed) as each
  group by 1, 2
  on conflict (quarter_hour, stripe) do update
  set orders = sales.orders + excluded.orders,
    units = sales.units + excluded.units,
    revenue_minor = sales.revenue_minor + excluded.revenue_minor,
    cancelled_or_returned = sales.cancelled_or_returned + excluded.cancelled_or_returned,
    cancelled_or_returned_minor = sales.cancelled_or_returned_minor + excluded.cancelled_or_returned_minor;
end;
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
      sum(sales.revenue_minor) as revenue_minor, sum(sales.cancelled_or_returned) as cancelled_or_returned,
      sum(sales.cancelled_or_returned_minor) as cancelled_or_returned_minor
    from public.sales_by_minute as sales
    group by 1
  ) as expected
  full join (
    select sales.quarter_hour, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor,
      sum(sales.cancelled_or_returned) as cancelled_or_returned,
      sum(sales.cancelled_or_returned_minor) as cancelled_or_returned_minor
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

create or replace function private.end_overdue_order(at timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  loop
    select orders.* into v_order
    from public.payments as payment
    join public.orders on orders.id = payment.order_id and orders.status in ('awaiting_payment', 'placed')
    where payment.status in ('due', 'pending', 'declined') and payment.deadline <= end_overdue_order.at
    order by payment.deadline
    limit 1
    for no key update of orders skip locked;
    if not found then
      return 0;
    end if;
    exit when v_order.status = 'awaiting_payment' or not private.is_being_handled(v_order.id);
    -- A staff member picks it or has handed out a part: it is expected, and no longer overdue.
    update public.payments as payment set deadline = null where payment.order_id = v_order.id;
  end loop;
  perform private.cancel_rest(v_order,
    case when v_order.status = 'placed' then 'not collected in time' else 'not paid in time' end);
  return v_order.units;
end;
$$;

create or replace function private.erase_staff(person uuid, email text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_is_staff boolean := exists (select from public.staff where staff.user_id = person);
  v_is_first boolean;
begin
  -- The change of the row would leave the very name in the trail.
  perform private.leave_trail_to('erasure');
  update public.staff
  set active = false, signed_out_at = now(), name = 'Former staff member', email = 'erased-' || staff.user_id || '@erased.invalid'
  where staff.user_id = person and staff.email not like 'erased-%@erased.invalid';
  v_is_first := found;
  delete from public.staff_invitations as invitation where invitation.email = lower(erase_staff.email);
  perform private.leave_trail_to('');

  perform private.erase_trail(array(
    select line.id from public.audit_trail as line where line.subject = 'staff_member' and line.subject_id = person::text
  ), 'Former staff member');
  perform private.erase_trail(array(
    select line.id from public.audit_trail as line where line.subject = 'invitation' and line.label = lower(erase_staff.email)
  ), 'Invitation');
  perform set_config('onhand.erasing', 'on', true);
  update public.audit_trail as line
  set actor_name = case when v_is_staff then 'Former staff member' else 'A customer' end
  where line.actor = person;
  perform set_config('onhand.erasing', '', true);
  insert into public.audit_trail (actor_name, action, subject, subject_id, label)
  select case when auth.uid() = person then 'Former staff member' else private.actor_name() end,
    'erased', 'staff_member', person::text, 'Former staff member'
  where v_is_first;
end;
$$;

create or replace function private.find_by_codes(codes text[])
returns table (code text, choices jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  if coalesce(cardinality(codes), 0) > 1000
    or exists (select from unnest(codes) as asked (code) where length(asked.code) > 500) then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'codes', 'problem', 'more than 1000 codes or a code too long'),
      'Send at most 1000 codes of at most 500 characters.');
  end if;
  return query
  select asked.code, private.code_choices(asked.code)
  from (select distinct unnest(find_by_codes.codes)) as asked (code)
  where asked.code is not null;
end;
$$;

create or replace function private.import_conflicts(import_id uuid)
returns table (line integer, "column" text, value text, why text)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with matches as materialized (
    select * from private.import_matches(import_conflicts.import_id)
  )
  select problem.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral jsonb_to_recordset(imports.problems) as problem (line integer, "column" text, value text, why text)
  where imports.id = import_conflicts.import_id

  union all
  select match.line, 'Variant SKU', match.sku,
    'is or would become ' || products.handle || ' ' || array_to_string(rival.option_values, ' / ') || ' (SKU '
      || rival.sku || ')'
  from matches as match
  join public.variants as rival on rival.id = match.rival
  join public.products on products.id = rival.product_id

  union all
  select match.line, 'Variant SKU', match.sku, 'is the same variant as another line of the file'
  from matches as match
  where match.times > 1

  union all
  select staged.line, 'Option1 Name', array_to_string(staged.option_names, ', '),
    'variant ' || variants.sku || ' is not in the file and has ' || cardinality(variants.option_values)
      || ' options: add its line'
  from private.import_products as staged
  join public.products on products.handle = staged.handle
  join public.variants on variants.product_id = products.id and variants.active
  where staged.import_id = import_conflicts.import_id
    and cardinality(variants.option_values) <> cardinality(staged.option_names)
    and not exists (select from matches as match where match.variant_id = variants.id)

  union all
  select staged.line, 'Variant Inventory Qty', staged.quantity::text,
    'fewer than the ' || level.on_hand - level.available || ' units held, committed or kept as safety stock here'
  from private.import_variants as staged
  join matches as match using (line)
  join public.imports on imports.id = staged.import_id
  join public.stock_levels as level on level.variant_id = match.variant_id and level.location_id = imports.location_id
  where staged.import_id = import_conflicts.import_id
    and staged.quantity < level.on_hand - level.available

  union all
  select staged.line, 'Title', null, 'is missing: a new product needs one'
  from private.import_products as staged
  where staged.import_id = import_conflicts.import_id
    and staged.title is null
    and not exists (select from public.products where products.handle = staged.handle)

  union all
  select staged.line, 'Variant Price', null, 'is missing: a new product needs a line with a price'
  from private.import_products as staged
  where staged.import_id = import_conflicts.import_id
    and not exists (select from public.products where products.handle = staged.handle)
    and not exists (
      select from private.import_variants as variant
      where variant.import_id = staged.import_id and variant.handle = staged.handle
    )

  union all
  select match.line, problem."column", problem.value, problem.why
  from matches as match
  join private.import_variants as staged on staged.import_id = import_conflicts.import_id and staged.line = match.line
  join private.import_products as product on product.import_id = staged.import_id and product.handle = staged.handle
  left join public.products on products.id = match.product_id
  cross join lateral (select coalesce(product.option_names, products.option_names, '{}') as names) as shape
  cross join lateral (
    values
      (match.variant_id is null and staged.price_minor is null,
        'Variant Price', null, 'is missing: a new variant needs one, like 9.99'),
      (match.variant_id is null and not staged.options_given and exists (
          select from public.variants where variants.product_id = match.product_id
        ), 'Option1 Value', null, 'is missing, and the SKU is none of this product: name the options of the variant'),
      (staged.options_given and cardinality(match.option_values) <> cardinality(shape.names),
        'Option1 Name', array_to_string(match.option_values, ', '),
        'is missing: this product has ' || cardinality(shape.names) || ' options: name them')
  ) as problem (applies, "column", value, why)
  where problem.applies

  union all
  select level.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral private.import_level_lines(imports.id) as level
  cross join lateral (
    values
      (level.variant_id is null, 'SKU', coalesce(level.sku, level.handle), 'is no variant of this shop'),
      (level.places = 0, 'Location', level.location, 'is no open location of this shop'),
      (level.places > 1, 'Location', level.location, 'is what several locations are called: write the one''s slug'),
      (level.times > 1, 'SKU', level.sku, 'at ' || level.location || ' is in another line of the file, too'),
      (num_nulls(level.variant_id, level.location_id, level.ledger_position) = 0 and level.expected <> level.on_hand - (
          select coalesce(sum(movement.delta), 0)
          from public.stock_movements as movement
          where movement.variant_id = level.variant_id
            and movement.location_id = level.location_id
            and movement.id > level.ledger_position
        ), 'On hand (current)', level.expected::text,
        'is not what was on hand when the file was exported: leave it, and write the new number into On hand (new)'),
      (level.result < level.unavailable, 'On hand (new)', level.counted::text,
        'would leave ' || level.result || ', fewer than the ' || level.unavailable
          || ' units held, committed or kept as safety stock at ' || level.location)
  ) as problem (applies, "column", value, why)
  where imports.id = import_conflicts.import_id
    and imports.kind = 'inventory'
    and problem.applies
    and level.choice <> 'skip'
  order by 1;
end;
$$;

create or replace function private.import_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
as $$
declare
  v_import public.imports;
begin
  select * into v_import from public.imports where imports.id = import_diff.import_id;
  if v_import.applied_at is not null then
    return query
    select change.subject, change.line, change.handle, change.sku, change.product_id, change.variant_id,
      change.location_id,
      change.before, change.after, change.claim, null::text
    from private.import_changes as change
    where change.import_id = import_diff.import_id;
  elsif v_import.reverts is not null then
    return query select * from private.revert_diff(v_import.reverts);
  elsif v_import.kind = 'inventory' then
    return query select * from private.import_level_diff(import_id);
  else
    return query
    select * from private.import_product_diff(import_id)
    union all
    select * from private.import_variant_diff(import_id);
  end if;
end;
$$;

create or replace function private.import_level_lines(import_id uuid)
returns table (
  line integer, product_id uuid, variant_id uuid, location_id uuid, handle text, title text, sku text,
  option_values text[], location text, places bigint, times bigint, expected integer, counted integer,
  ledger_position bigint, on_hand integer, unavailable integer, repeats text, choice public.import_choice,
  result integer, claim jsonb
)
language sql
stable
set search_path = ''
as $$
  select staged.line, products.id, variants.id, place.id, coalesce(products.handle, staged.handle), products.title,
    coalesce(variants.sku, staged.sku), coalesce(variants.option_values, staged.option_values),
    coalesce(place.name, staged.location), place.places,
    count(*) over (partition by coalesce(variants.id::text, staged.line::text), place.id),
    staged.expected, staged.counted, staged.ledger_position, stock.on_hand, stock.unavailable, earlier.document,
    decision.choice,
    case decision.choice
      when 'add' then stock.on_hand + staged.counted - staged.expected
      when 'set' then staged.counted
      else stock.on_hand
    end,
    said.claim
  from private.import_levels as staged
  left join public.variants as named on named.sku = staged.sku
  left join public.products as alike on alike.handle = staged.handle
  left join public.variants as chosen on chosen.product_id = alike.id and chosen.option_values = staged.option_values
  left join public.variants on variants.id = coalesce(named.id, chosen.id)
  left join public.products on products.id = variants.product_id
  cross join lateral (
    select min(locations.id::text)::uuid as id, min(locations.name) as name, count(*) as places
    from public.locations
    where locations.active and staged.location in (locations.name, locations.slug)
  ) as place
  left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = place.id
  cross join lateral (
    select coalesce(level.on_hand, 0) as on_hand, coalesce(level.on_hand - level.available, 0) as unavailable
  ) as stock
  cross join lateral (
    select jsonb_build_object('expected', staged.expected, 'counted', staged.counted,
      'ledger_position', staged.ledger_position) as claim
  ) as said
  left join lateral (
    select imports.document
    from private.import_changes as done
    join public.imports on imports.id = done.import_id
    where done.variant_id = variants.id
      and done.location_id = place.id
      and done.claim = said.claim
      and not exists (
        select from public.imports as revert where revert.reverts = done.import_id and revert.applied_at is not null
      )
    order by imports.number desc
    limit 1
  ) as earlier on true
  cross join lateral (
    select case
      when staged.expected is null then coalesce(staged.choice, 'set')
      -- The same line of the same export again, with its units in the ledger: they are never added twice.
      when earlier.document is not null and stock.on_hand <> staged.expected then coalesce(staged.choice, 'skip')
      else coalesce(staged.choice, 'add')
    end as choice
  ) as decision
  where staged.import_id = import_level_lines.import_id
$$;

create or replace function private.import_matches(import_id uuid)
returns table (
  handle text, option_values text[], line integer, product_id uuid, variant_id uuid, sku text, rival uuid, times bigint
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select staged.handle,
    case when staged.options_given then staged.option_values else coalesce(same.option_values, '{}') end,
    staged.line, products.id, same.id,
    case
      when staged.sku_given then staged.sku
      when same.id is not null then same.sku
      -- Derived, but in use by another variant: a suffix that the same handle and options always get.
      when named.id is not null or count(*) over (partition by staged.sku) > 1
        then left(staged.sku, 113) || '-' || upper(left(md5(staged.handle || staged.option_values::text), 6))
      else staged.sku
    end,
    case
      when staged.sku_given and named.id <> alike.id then alike.id
      when staged.sku_given and named.product_id is distinct from products.id then named.id
    end,
    count(*) over (partition by coalesce(same.id::text, staged.handle || staged.option_values::text))
  from private.import_variants as staged
  left join public.products on products.handle = staged.handle
  left join public.variants as named on named.sku = staged.sku
  left join public.variants as chosen
    on staged.options_given and chosen.product_id = products.id and chosen.option_values = staged.option_values
  cross join lateral (
    -- A line that names no options means the only variant of its product.
    select coalesce(chosen.id, (
      select (array_agg(variants.id))[1]
      from public.variants
      where not staged.options_given and variants.product_id = products.id
      having count(*) = 1
    )) as id
  ) as alike
  left join public.variants as same
    on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  where staged.import_id = import_matches.import_id;
end;
$$;

create or replace function private.import_problems_in(problems jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_read jsonb;
begin
  if jsonb_typeof(problems) is distinct from 'array' then
    return null;
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
      'line', private.whole_in(problem -> 'line', 1, 1000000000),
      'column', left(problem ->> 'column', 300), 'value', left(problem ->> 'value', 300), 'why', problem ->> 'why'
    ) order by n), '[]')
  into v_read
  from jsonb_array_elements(problems) with ordinality as given (problem, n)
  where jsonb_typeof(problem -> 'column') = 'string'
    and jsonb_typeof(problem -> 'why') = 'string' and length(problem ->> 'why') between 1 and 1000
    and jsonb_typeof(coalesce(problem -> 'value', 'null')) in ('string', 'null')
    and (coalesce(problem -> 'line', 'null') = 'null'
      or private.whole_in(problem -> 'line', 1, 1000000000) is not null);
  return case when jsonb_array_length(v_read) = jsonb_array_length(problems) then v_read end;
end;
$$;

create or replace function private.import_product_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select 'product'::private.import_subject, staged.line, staged.handle, null, products.id, null::uuid,
    null::uuid, known.content, jsonb_build_object(
      'title', coalesce(staged.title, products.title),
      'description_html', coalesce(staged.description_html, products.description_html, ''),
      'vendor', coalesce(staged.vendor, products.vendor, ''),
      'category', coalesce(staged.category_slug, products.category, 'everything-else'),
      'tags', coalesce(staged.tags, products.tags, '{}'),
      'option_names', coalesce(staged.option_names, products.option_names, '{}'),
      'status', coalesce(staged.status, products.status, 'active'),
      'media', coalesce(wanted.media, known.content -> 'media', '[]'),
      'kept', coalesce(known.content -> 'kept', '{}') - imports.kept_columns || staged.kept
    ) || jsonb_strip_nulls(jsonb_build_object('tax_rate_bp', coalesce(staged.tax_rate_bp, products.tax_rate_bp))),
    null::jsonb, null
  from public.imports
  join private.import_products as staged on staged.import_id = imports.id
  left join public.products on products.handle = staged.handle
  left join lateral (
    select contents.content from private.product_contents as contents where contents.product_id = products.id
  ) as known on true
  -- The format has room for one picture of a variant. One that it ties to none still shows the variant it showed.
  cross join lateral (
    select jsonb_agg(picture.item || case when picture.item -> 'option_values' = 'null' then jsonb_build_object(
        'option_values', (
        select shown.item -> 'option_values'
        from jsonb_array_elements(known.content -> 'media') as shown (item)
        where shown.item -> 'src' = picture.item -> 'src'
        limit 1
      )) else '{}' end order by picture.position)
    from jsonb_array_elements(staged.media) with ordinality as picture (item, position)
  ) as wanted (media)
  where imports.id = import_product_diff.import_id;
end;
$$;

create or replace function private.import_questions(import_id uuid)
returns table (
  line integer, title text, option_values text[], sku text, location text, expected integer, counted integer,
  on_hand integer, unavailable integer, repeats text, choice public.import_choice, result integer,
  ledger_position bigint, variant_id uuid, location_id uuid
)
language sql
stable
set search_path = ''
as $$
  select level.line, level.title, level.option_values, level.sku, level.location, level.expected, level.counted,
    level.on_hand, level.unavailable, level.repeats, level.choice, level.result, level.ledger_position,
    level.variant_id, level.location_id
  from private.import_level_lines(import_questions.import_id) as level
  where level.variant_id is not null
    and level.location_id is not null
    and (level.on_hand <> level.expected or least(level.result, level.counted) < level.unavailable)
$$;

create or replace function private.import_reversal(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, field text, was jsonb, made jsonb, found jsonb, content jsonb
)
language sql
stable
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    field.key, field.value, done.after -> field.key, known.content -> field.key, known.content
  from private.import_changes as done
  left join private.import_changes as parent
    on parent.import_id = done.import_id and parent.subject = 'product' and parent.product_id = done.product_id
      and parent.before is null
  cross join lateral (
    select case done.subject
      when 'product' then (
        select contents.content from private.product_contents as contents where contents.product_id = done.product_id
      )
      when 'variant' then (
        select contents.content from private.variant_contents as contents where contents.variant_id = done.variant_id
      )
      else '{}'
    end
  ) as known (content)
  cross join lateral jsonb_each(coalesce(done.before, case
    when done.subject = 'product' then '{"status": "archived"}'
    -- With a product that is archived nothing of it is sold; in one that stays, the new variant goes.
    when parent.product_id is not null then '{}'
    else '{"active": false}'
  end::jsonb)) as field
  where done.import_id = import_reversal.import_id
    and field.key not in ('on_hand', 'location')
    and field.value is distinct from done.after -> field.key
$$;

create or replace function private.import_summary(import_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    with diff as materialized (
      select * from private.import_diff(import_summary.import_id)
    ), counts as (
      select jsonb_build_object(
        'new', count(*) filter (where before is null and line is not null),
        'changed', count(*) filter (where before <> after),
        'unchanged', count(*) filter (where before = after)
      ) as by_state, subjects.subject
      from unnest(enum_range(null::private.import_subject)) as subjects (subject)
      left join diff using (subject)
      group by subjects.subject
    ), fields as (
      select field.key, count(*) as times
      from diff
      cross join lateral jsonb_each(diff.after) as field
      where diff.before <> diff.after
        and diff.before -> field.key <> field.value
      group by field.key
    ), units as (
      select coalesce((diff.after ->> 'on_hand')::bigint - coalesce((diff.before ->> 'on_hand')::bigint, 0), 0) as delta
      from diff
    )
    select jsonb_build_object(
      'products', (select by_state from counts where subject = 'product'),
      'variants', (select by_state from counts where subject = 'variant'),
      'levels', (select by_state from counts where subject = 'level'),
      'fields', (select coalesce(jsonb_object_agg(key, times), '{}') from fields),
      'units_in', (select coalesce(sum(delta) filter (where delta > 0), 0) from units),
      'units_out', (select coalesce(-sum(delta) filter (where delta < 0), 0) from units),
      'fingerprint', (
        select md5(coalesce(string_agg(
          concat_ws(' ', handle, sku, location_id, coalesce(approval, concat_ws(' ', before, after))), E'\n'
          order by handle, sku nulls first, location_id), ''))
        from diff where before is distinct from after
      )
    )
  );
end;
$$;

create or replace function private.import_units(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, content jsonb, on_hand integer, wanted integer, back integer
)
language sql
stable
strict
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    case when done.subject = 'level' then jsonb_build_object('location', done.after -> 'location')
      else contents.content end,
    coalesce(level.on_hand, 0), opposite.delta, greatest(opposite.delta, -coalesce(level.available, 0) - expired.units)
  from private.import_changes as done
  join private.variant_contents as contents on contents.variant_id = done.variant_id
  left join public.stock_levels as level on level.variant_id = done.variant_id and level.location_id = done.location_id
  cross join lateral (
    select coalesce((done.before ->> 'on_hand')::integer, 0) - (done.after ->> 'on_hand')::integer as delta
  ) as opposite
  cross join lateral (
    -- Expired holds are available: the movement of the revert releases them.
    select coalesce(sum(claims.quantity), 0)::integer as units
    from public.claims
    where claims.variant_id = done.variant_id
      and claims.location_id = done.location_id
      and claims.expires_at <= private.clock()
  ) as expired
  where done.import_id = import_units.import_id
    and opposite.delta <> 0
$$;

create or replace function private.inspect_return(return_id bigint, restocked integer, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_item public.order_items;
  v_order public.orders;
  v_return public.order_returns;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(idempotency_key, 'inspect_return', jsonb_build_array(return_id, restocked));
  if v_response is not null then
    return v_response;
  end if;
  select item.* into v_item
  from public.order_returns as back
  join public.order_items as item on item.id = back.order_item_id
  where back.id = inspect_return.return_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('return_id', return_id), 'Reload the list of returns.');
  end if;

  v_order := private.lock_order(v_item.order_id);
  select * into v_return from public.order_returns where order_returns.id = inspect_return.return_id;
  perform private.require_role_at('stock', v_return.location_id);
  if v_return.outcome <> 'inspect' then
    perform private.refuse(409, 'return_decided', jsonb_build_object('return_id', return_id, 'outcome', v_return.outcome),
      'Reload the list of returns: another staff member has decided, or there was nothing to inspect.');
  end if;
  if restocked is null or restocked not between 0 and v_return.quantity then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'restocked',
        'problem', 'not 0 to ' || v_return.quantity, 'value', restocked),
      'Say how many of them can be sold again; the rest is written off.');
  end if;

  if restocked > 0 then
    perform private.queue_for(array[v_item.variant_id]);
    insert into public.stock_movements (variant_id, location_id, delta, reason, document, source_kind, source_id)
    values (v_item.variant_id, v_return.location_id, inspect_return.restocked, 'return', 'order ' || v_order.number,
      'order', v_order.id);
  end if;
  perform private.decide_return(v_return, restocked);
  update public.orders set updated_at = clock_timestamp() where orders.id = v_order.id;
  insert into public.order_events (order_id, kind, detail)
  values (v_order.id, 'inspected', jsonb_build_object('return_id', v_return.id, 'location_id', v_return.location_id,
    'restocked', restocked, 'damaged', v_return.quantity - restocked));

  v_response := private.order_as_json(v_order.id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.invite_staff_member(
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
  v_response := private.begin_once(idempotency_key, 'invite_staff_member',
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
      values (v_email, trim(invite_staff_member.name), invite_staff_member.role, invite_staff_member.location_ids,
        v_hash, now() + private.invitation_time())
      on conflict do nothing
      returning to_jsonb(staff_invitations.id) into v_response;
    end if;
    if v_response is null then
      perform private.refuse(409, 'staff_member_exists',
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
    select row(moved.minute, private.session_stripe(), moved.orders, moved.units, moved.revenue_minor,
      moved.cancelled_or_returned, moved.cancelled_or_returned_minor)::public.sales_by_minute
    from (
      select date_trunc('minute', each.sold_at, 'UTC') as minute,
        count(distinct each.order_id) filter (where each.sign = 1) - count(distinct each.order_id)
          filter (where each.sign = -1) as orders,
        sum(each.sign * each.quantity) as units, sum(each.sign * each.total_minor) as revenue_minor,
        sum(each.sign * (each.cancelled + each.returned)) as cancelled_or_returned,
        sum(each.sign * (each.cancelled + each.returned) * each.price_minor::bigint) as cancelled_or_returned_minor
      from (
        select 1 as sign, changed.* from changed where changed.sold_at is not null
        union all
        select -1, before.* from before where before.sold_at is not null
      ) as each
      group by 1
    ) as moved
    where moved.units <> 0 or moved.cancelled_or_returned <> 0
  ));
  return null;
end;
$$;

create or replace function private.keep_a_manager(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In the order of private.change_staff_member, so that of two managers who leave together one is refused.
  perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
  if exists (select from public.staff where staff.user_id = person and staff.role = 'manager' and staff.active)
    and not exists (
      select from public.staff where staff.user_id <> person and staff.role = 'manager' and staff.active
    ) then
    perform private.refuse(409, 'last_manager', jsonb_build_object('user_id', person), 'Make another staff member a manager first.');
  end if;
end;
$$;

create or replace function private.key_reused(operation text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'idempotency_key_reused', jsonb_build_object('operation', operation),
    'This key belongs to another request. Create a new key for a new request.')
$$;

create or replace function private.lines_go()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
  insert into private.touched (carts)
  select array_agg(distinct removed.cart_id)
  from removed
  -- (A later claim leaves a separate note.)
  where exists (select from public.claims where claims.cart_id = removed.cart_id and claims.variant_id = removed.variant_id)
  having count(*) > 0;
  return null;
end;
$$;

create or replace function private.lock_import(import_id uuid, kind public.import_kind default null)
returns public.imports
language plpgsql
set search_path = ''
as $$
declare
  v_import public.imports;
begin
  select * into v_import from public.imports where imports.id = lock_import.import_id for update;
  if not found or v_import.discarded_at is not null then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;
  if v_import.applied_at is not null then
    perform private.refuse(409, 'import_applied', jsonb_build_object('document', v_import.document),
      'It has been applied. Upload the file again for another import.');
  end if;
  if v_import.kind <> lock_import.kind then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'import_id', 'problem', 'an import of ' || v_import.kind, 'value', import_id),
      'Stage products by stage_import and units by stage_levels.');
  end if;
  return v_import;
end;
$$;

create or replace function private.notify_buyer()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('version', new.version), 'changed', 'orders:' || new.id, true);
  return null;
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
  select * into v_import
  from public.imports where imports.id = preview_import.import_id and imports.discarded_at is null;
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
      from (select * from private.import_questions(import_id) as asked
        order by asked.line limit least(first_changes, 1000)) as question;
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
    'asks', private.asks_by_kind(import_id),
    'kept', (
      select coalesce(jsonb_agg(to_jsonb(kept) order by kept.line, kept.field), '[]')
      from (
        select * from private.revert_exceptions(import_id) as exception
        order by exception.line, exception.field limit least(first_changes, 10000)
      ) as kept
    ),
    'reverted_by', (
      select revert.id from public.imports as revert
      where revert.reverts = preview_import.import_id and revert.applied_at is not null
    )
  );
end;
$$;

create or replace function private.queue_for_free(variant_ids uuid[])
returns uuid[]
language plpgsql
set search_path = ''
set lock_timeout = '1s'
as $$
declare
  v_until timestamptz := clock_timestamp() + interval '2 seconds';
  v_variant uuid;
  v_free uuid[] := '{}';
  v_locked uuid[] := '{}';
begin
  begin
    perform private.queue_for(variant_ids);
    return '{}';
  exception when lock_not_available then
    null;
  end;
  -- One of them is not free. The gates, then the rows, each in the order of queue_for and with a separate time limit.
  for v_variant in
    select asked.id from unnest(variant_ids) as asked (id) order by uuid_hash_extended(asked.id, 0)
  loop
    if private.try_gate(uuid_hash_extended(v_variant, 0), v_until) then
      v_free := v_free || v_variant;
    end if;
  end loop;
  foreach v_variant in array array(select asked.id from unnest(v_free) as asked (id) order by 1) loop
    if not private.try_variant(v_variant, v_until) then
      v_locked := v_locked || v_variant;
    end if;
  end loop;
  return array(select asked.id from unnest(variant_ids) as asked (id) where asked.id <> all (v_free)) || v_locked;
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
          'cancelled_or_returned', coalesce(sold.cancelled_or_returned, 0),
          'revenue_minor', coalesce(sold.revenue_minor, 0)) order by bar)
        from generate_series(1, cardinality(edges) - 1) as bar
        left join private.sales_between(edges, v_by_minute) as sold using (bar)
      ),
      'before', (
        select jsonb_build_object('orders', coalesce(sum(sold.orders), 0), 'units', coalesce(sum(sold.units), 0),
          'cancelled_or_returned', coalesce(sum(sold.cancelled_or_returned), 0),
          'revenue_minor', coalesce(sum(sold.revenue_minor), 0))
        from private.sales_between(array[edges[1] - v_span, at - v_span], v_by_minute) as sold
      ),
      'minutes', (
        select jsonb_agg(coalesce(sold.units, 0) order by minute)
        from generate_series(v_minute - interval '59 minutes', v_minute, interval '1 minute') as minute
        left join (
          select sales.minute, sum(sales.units) as units
          from public.sales_by_minute as sales
          where sales.minute > v_minute - interval '1 hour' and sales.minute <= v_minute group by sales.minute
        ) as sold using (minute)
      ),
      'stock', (
        select jsonb_build_object('on_hand', coalesce(sum(total.on_hand), 0), 'held', coalesce(sum(total.held), 0),
          'committed', coalesce(sum(total.committed), 0), 'on_hand_minor', coalesce(sum(total.on_hand_minor), 0),
          'held_minor', coalesce(sum(total.held_minor), 0)) from public.stock_totals as total
      ),
      'running_out', (select coalesce(jsonb_agg(to_jsonb(soon)), '[]') from private.running_out(at, 8) as soon)
    )
  );
end;
$$;

create or replace function private.read_own_orders(page integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_size constant integer := 20;
begin
  if page is null or page not between 1 and 10000 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'page', 'problem', 'not 1 to 10000', 'value', page),
      'Pages are counted from 1.');
  end if;
  return jsonb_build_object(
    'total', (select count(*) from public.orders where orders.user_id = auth.uid()),
    'orders', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'id', own.id, 'number', own.number, 'status', own.status, 'currency', own.currency,
        'units', own.units, 'total_minor', own.total_minor, 'created_at', own.created_at, 'order_items', (
          select coalesce(
            jsonb_agg(jsonb_build_object('title', item.title, 'quantity', item.quantity) order by item.id), '[]')
          from public.order_items as item where item.order_id = own.id
        )) order by own.number desc), '[]')
      from (
        select * from public.orders where orders.user_id = auth.uid()
        order by orders.number desc
        offset (page - 1) * c_size limit c_size
      ) as own
    )
  );
end;
$$;

create or replace function private.read_request(request jsonb, is_guest boolean)
returns private.order_request
language plpgsql
stable
set search_path = ''
as $$
declare
  asked private.order_request;
  v_contact jsonb := request -> 'contact';
  v_delivery jsonb := request -> 'delivery';
  v_method jsonb := v_delivery -> 'method';
  v_payment jsonb := request -> 'payment';
begin
  if pg_column_size(request) > 16384 then
    asked.field := 'request';
    return asked;
  end if;
  asked.key := private.uuid_in(request -> 'idempotency_key');
  asked.cart_hash := case when is_guest then private.secret_hash_in(request -> 'cart_token') end;
  asked.token_hash := private.secret_hash_in(request -> 'order_token');
  asked.email := private.email_in(v_contact -> 'email');
  asked.name := private.text_in(v_contact -> 'name', 120);
  if v_contact ? 'phone' then
    asked.phone := private.text_in(v_contact -> 'phone', 40);
  end if;
  if request ? 'expected_total_minor' then
    asked.expected_minor := private.whole_in(request -> 'expected_total_minor', 0, 1000000000000000);
  end if;
  if jsonb_typeof(v_payment) = 'string' and pg_input_is_valid(v_payment #>> '{}', 'public.payment_provider') then
    asked.provider := (v_payment #>> '{}')::public.payment_provider;
  end if;
  if v_method = '"collection"' then
    asked.delivery := 'collection';
    asked.location_id := private.uuid_in(v_delivery -> 'location_id');
  elsif v_method = '"delivery"' then
    asked.delivery := 'delivery';
    asked.address := private.address_in(v_delivery -> 'address');
  end if;
  -- Only the shop's own server knows the network.
  if private.is_trusted() then
    asked.network := substring(request ->> 'network' from '^[0-9a-f]{32}$');
    asked.proof := request -> 'proof' = 'true';
  end if;
  asked.field := private.wrong_field(request, asked, is_guest);
  return asked;
end;
$$;

create or replace function private.receive_payment_event(payload text, signature text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_event private.payment_event;
  v_payment public.payments;
  v_order public.orders;
  v_effect text;
begin
  v_event := private.payment_event_in(payload);
  -- Hashed before they are compared, so that the time it takes says nothing about how much of a guess was right.
  if sha256(convert_to(coalesce(private.sign_payment_event(v_event.provider, payload), ''), 'UTF8'))
    is distinct from sha256(convert_to(nullif(signature, ''), 'UTF8')) then
    perform private.refuse(403, 'bad_signature', '{}', 'Sign the exact bytes of the payload with the shared secret.');
  end if;

  select * into v_payment from public.payments
  where payments.id = v_event.payment_id and payments.provider = v_event.provider;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('payment_id', v_event.payment_id),
      'It is not a payment of this shop.');
  end if;
  insert into private.payment_events (provider, event_id, payment_id, kind, amount_minor, effect)
  values (v_event.provider, v_event.event_id, v_payment.id, v_event.kind, v_event.amount_minor, 'received')
  on conflict do nothing;
  if not found then
    select event.effect into v_effect from private.payment_events as event
    where event.provider = v_event.provider and event.event_id = v_event.event_id;
    return jsonb_build_object('effect', v_effect, 'order_id', v_payment.order_id);
  end if;

  v_order := private.lock_order(v_payment.order_id);
  select * into v_payment from public.payments where payments.id = v_payment.id for no key update;
  v_effect := private.apply_payment_event(v_event, v_payment, v_order);
  update private.payment_events as event set effect = v_effect
  where event.provider = v_event.provider and event.event_id = v_event.event_id;
  return jsonb_build_object('effect', v_effect, 'order_id', v_payment.order_id);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.require_role_for_order(minimum public.staff_role, order_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_own uuid[] := private.own_locations();
  v_places uuid[];
begin
  perform private.require_role(minimum);
  if v_own is null then
    return;
  end if;
  v_places := private.order_locations(order_id);
  if not v_places && v_own then
    perform private.refuse(403, 'location_not_yours', jsonb_build_object('location_id', v_places[1]),
      'Ask a staff member of that location, or a manager for access to it.');
  end if;
end;
$$;

create or replace function private.revert_diff(import_id uuid)
returns setof private.import_difference
language sql
stable
set search_path = ''
as $$
  with fields as (
    select field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
      field.content, jsonb_object_agg(field.field, field.was) as back
    from private.revert_fields(revert_diff.import_id) as field
    where field.why is null
    group by field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
      field.content
  ), units as (
    select moved.*, jsonb_build_object('on_hand', moved.on_hand) as before,
      jsonb_build_object('on_hand', moved.on_hand + moved.back) as after
    from private.import_units(revert_diff.import_id) as moved
    where moved.back <> 0
  )
  select subject, coalesce(fields.line, units.line), coalesce(fields.handle, units.handle),
    coalesce(fields.sku, units.sku),
    coalesce(fields.product_id, units.product_id), variant_id, coalesce(fields.location_id, units.location_id),
    coalesce(fields.content, units.content) || coalesce(units.before, '{}'),
    coalesce(fields.content, units.content) || coalesce(fields.back, '{}') || coalesce(units.after, '{}'),
    null::jsonb, concat_ws(' ', fields.back, units.back)
  from fields
  full join units using (subject, variant_id)
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
  select units.line, units.subject, units.handle, units.sku, 'on_hand', to_jsonb(units.wanted), to_jsonb(units.back),
    'unavailable_since'
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

create or replace function private.revert_fields(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, field text, was jsonb, found jsonb, content jsonb, why text
)
language sql
stable
strict
set search_path = ''
as $$
  with reversal as materialized (
    select * from private.import_reversal(revert_fields.import_id) as field where field.found is distinct from field.was
  ), back as (
    select * from reversal where reversal.found = reversal.made
  ), shapes as (
    select variants.product_id,
      coalesce(choices.was, to_jsonb(variants.option_values)) as choices,
      coalesce(sold.was::boolean, variants.active) as sold,
      jsonb_array_length(coalesce(names.was, to_jsonb(products.option_names))) as names
    from public.variants
    join public.products on products.id = variants.product_id
    left join back as choices on choices.variant_id = variants.id and choices.field = 'option_values'
    left join back as sold on sold.variant_id = variants.id and sold.field = 'active'
    left join back as names on names.product_id = products.id and names.field = 'option_names'
    where variants.product_id in (select back.product_id from back)
  ), broken as (
    select shapes.product_id
    from shapes
    group by shapes.product_id
    having bool_or(shapes.sold and jsonb_array_length(shapes.choices) <> shapes.names)
      or count(*) <> count(distinct shapes.choices)
  )
  select field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
    field.field, field.was, field.found, field.content,
    case
      when field.found is distinct from field.made then 'changed_since'
      when field.field = 'sku' and exists (
          select from public.variants as other where other.sku = field.was #>> '{}' and other.id <> field.variant_id
        ) then 'taken_since'
      -- The options of a product are reverted together or not at all: its names and the values of every variant. A
      -- variant that they do not fit is not sold again.
      when (field.field in ('option_values', 'option_names') or field.field = 'active' and field.was = 'true')
        and field.product_id in (select broken.product_id from broken) then 'taken_since'
    end
  from reversal as field
$$;

create or replace function private.sales_between(edges timestamptz[], by_minute boolean)
returns table (bar integer, orders bigint, units bigint, cancelled_or_returned bigint, revenue_minor bigint)
language sql
stable
set search_path = ''
as $$
  select width_bucket(sales.began, edges), sum(sales.orders), sum(sales.units), sum(sales.cancelled_or_returned),
    sum(sales.revenue_minor)::bigint
  from (
    select each.minute as began, each.orders, each.units, each.cancelled_or_returned,
      each.revenue_minor - each.cancelled_or_returned_minor as revenue_minor
    from public.sales_by_minute as each
    where by_minute and each.minute >= edges[1] and each.minute < edges[cardinality(edges)]
    union all
    select each.quarter_hour, each.orders, each.units, each.cancelled_or_returned,
      each.revenue_minor - each.cancelled_or_returned_minor
    from public.sales_by_quarter_hour as each
    where not by_minute and each.quarter_hour >= edges[1] and each.quarter_hour < edges[cardinality(edges)]
  ) as sales
  group by 1
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
      sum(item.total_minor) as revenue_minor, sum(item.cancelled + item.returned) as cancelled_or_returned,
      sum((item.cancelled + item.returned) * item.price_minor::bigint) as cancelled_or_returned_minor
    from public.order_items as item
    where item.sold_at is not null
    group by 1
  ) as expected
  full join (
    select sales.minute, sum(sales.orders) as orders, sum(sales.units) as units,
      sum(sales.revenue_minor) as revenue_minor,
      sum(sales.cancelled_or_returned) as cancelled_or_returned,
      sum(sales.cancelled_or_returned_minor) as cancelled_or_returned_minor
    from public.sales_by_minute as sales
    group by sales.minute
  ) as actual using (minute)
  where to_jsonb(expected) is distinct from to_jsonb(actual)
$$;

create or replace function private.share_out(
  drafts private.order_draft[], lines private.draft_line[], out shares private.draft_share[], out refusals jsonb
)
language plpgsql
set search_path = ''
as $$
declare
  v_is_held boolean[] := private.which_are_held(lines);
  v_unheld uuid[];
  v_levels record;
  v_left integer[];
  v_left_before integer[];
  v_draft private.order_draft;
  v_line private.draft_line;
  v_at integer := 1;
  v_shared record;
  v_taken private.draft_share[];
  v_short jsonb;
  v_refusal jsonb;
begin
  shares := '{}';
  refusals := '{}';
  -- A hold that has expired still counts until another buyer needs its units, which releases it first.
  if false = any (v_is_held) then
    v_unheld := array(
      select distinct line.variant_id from unnest(lines) with ordinality as line where not v_is_held[line.ordinality]
    );
    if private.release_expired(v_unheld) then
      v_is_held := private.which_are_held(lines);
    end if;
    v_levels := private.levels_of(v_unheld);
    v_left := v_levels.units;
  end if;

  -- v_left counts down as shares are given. Each draft has a different person: a call names a cart once.
  foreach v_draft in array drafts loop
    v_left_before := v_left;
    v_taken := '{}';
    v_short := '[]';
    v_refusal := null;
    while lines[v_at].n = v_draft.n loop
      v_line := lines[v_at];
      if v_line.limit_per_person is not null then
        v_refusal := coalesce(private.beyond_limit(v_line, auth.uid(), v_draft.guest_hash), v_refusal);
      end if;
      if not v_is_held[v_at] then
        v_shared := private.share_line(v_line, v_draft.collect_at, v_levels.variants, v_levels.places, v_left);
        v_left := v_shared.units_left;
        v_taken := v_taken || v_shared.shares;
        if v_shared.missing > 0 then
          v_short := v_short || jsonb_build_object('variant_id', v_line.variant_id, 'wanted', v_line.quantity,
            'left', v_line.quantity - v_shared.missing);
        end if;
      end if;
      v_at := v_at + 1;
    end loop;

    v_refusal := coalesce(v_refusal, case when v_short <> '[]' then private.not_enough_left(v_short) end);
    if v_refusal is null then
      shares := shares || v_taken;
    else
      -- All or nothing: the next draft can have what a refused one took.
      v_left := v_left_before;
      refusals := refusals || jsonb_build_object(v_draft.n, jsonb_build_object('refused', v_refusal));
    end if;
  end loop;
end;
$$;

create or replace function private.sign_sandbox_event(payload text)
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.is_trusted() then
    perform private.refuse(403, 'role_required', '{"role": "manager"}',
      'Only the shop''s own server plays the sandbox provider.');
  end if;
  return private.sign_payment_event('sandbox', payload);
end;
$$;

create or replace function private.stage_import(import_id uuid, products jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'products');
  if products is null or jsonb_typeof(products) <> 'array' or jsonb_array_length(products) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "products", "problem": "not 1 to 1000 products"}',
      'Send the file in batches.');
  end if;
  perform private.stage_products(import_id, products);
  return (select count(*) from private.import_variants as staged where staged.import_id = stage_import.import_id);
end;
$$;

create or replace function private.stage_levels(import_id uuid, levels jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_problem text;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'inventory');
  if levels is null or jsonb_typeof(levels) <> 'array' or jsonb_array_length(levels) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "levels", "problem": "not 1 to 1000 lines"}',
      'Send the file in batches.');
  end if;
  begin
    -- Sent again after a timeout, a batch replaces itself.
    delete from private.import_levels as staged
    using jsonb_to_recordset(levels) as again (line integer)
    where staged.import_id = stage_levels.import_id and staged.line = again.line;
    insert into private.import_levels (import_id, line, sku, handle, option_values, location, expected, ledger_position,
      counted)
    select stage_levels.import_id, level.line, level.sku, level.handle, level.option_values, level.location,
      level.expected,
      level.ledger_position, level.counted
    from jsonb_populate_recordset(null::private.import_levels, levels) as level;
    perform private.stage_asks(import_id, levels);
    perform private.ask_about_levels(import_id, levels);
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text;
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'levels', 'problem', v_problem),
      'Send each line once, in the shape of private.import_levels.');
  end;
  return (select count(*) from private.import_levels as staged where staged.import_id = stage_levels.import_id);
end;
$$;

create or replace function private.stage_products(import_id uuid, products jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_products jsonb := private.addressed_products(products);
  v_handles text[];
  v_problem text;
begin
  -- Sent again after a timeout, a batch replaces itself.
  delete from private.import_products as staged
  where staged.import_id = stage_products.import_id
    and staged.handle in (select product ->> 'handle' from jsonb_array_elements(v_products) as product);

  insert into private.import_products (import_id, handle, line, title, description_html, vendor, category_slug,
    category_title, tags, option_names, status, media, former_handle, tax_rate_bp, kept)
  select stage_products.import_id, product.handle, product.line, product.title, product.description_html,
    product.vendor,
    product.category_slug, product.category_title, product.tags, product.option_names, product.status, product.media,
    product.former_handle, product.tax_rate_bp, coalesce(product.kept, '{}')
  from jsonb_populate_recordset(null::private.import_products, v_products) as product;

  insert into private.import_variants (import_id, handle, line, position, sku, sku_given, option_values, price_minor,
    compare_at_minor, barcode, quantity, active, options_given, kept)
  select stage_products.import_id, product ->> 'handle', variant.line, variant.position, variant.sku, variant.sku_given,
    variant.option_values, variant.price_minor, variant.compare_at_minor, variant.barcode, variant.quantity,
    variant.active, coalesce(variant.options_given, true), coalesce(variant.kept, '{}')
  from jsonb_array_elements(v_products) as product
  cross join lateral jsonb_populate_recordset(null::private.import_variants, product -> 'variants') as variant;
  perform private.stage_asks(import_id, v_products);
  v_handles := array(select product ->> 'handle' from jsonb_array_elements(v_products) as product);
  perform private.settle_asks(import_id, v_handles);
  perform private.ask_about_products(import_id, v_handles);
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text;
  perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'products', 'problem', v_problem),
    'Send each product once, in the shape of private.import_products and private.import_variants.');
end;
$$;

create or replace function private.unresolved_payments()
returns table (payment_id uuid, order_id uuid, number bigint, problem text, amount_minor bigint, since timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return query
  select payment.id, orders.id, orders.number, 'refund_due', payment.refund_due_minor - payment.refunded_minor,
    payment.updated_at
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  where payment.refund_due_minor > payment.refunded_minor
  union all
  select payment.id, orders.id, orders.number, 'no_answer', payment.amount_minor, payment.deadline
  from public.payments as payment
  join public.orders on orders.id = payment.order_id
  where payment.deadline is not null and payment.status in ('pending', 'declined')
    and payment.deadline <= private.clock()
  order by 6;
end;
$$;

create or replace function private.variants_by_code(code text)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select variants.id from public.variants where private.code_key(variants.sku) = private.code_key(variants_by_code.code)
  union
  select variants.id from public.variants
  where private.code_key(variants.barcode) = private.code_key(variants_by_code.code)
  union
  select variants.id
  from public.variants
  -- As a uuid, so that the primary key is used; a text would read every variant. Anything else is NULL.
  where variants.id
    = substring(trim(variants_by_code.code) from '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$')::uuid
$$;

create or replace function private.write_products(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_last integer := (select coalesce(max(products.position), 0) from public.products);
begin
  insert into public.categories (slug, title, position)
  select distinct on (wanted.slug) wanted.slug, wanted.title,
    (select coalesce(max(categories.position), 0) + 1 from public.categories)
  from (
    select staged.category_slug as slug, staged.category_title as title, staged.line
    from private.import_products as staged
    where staged.import_id = write_products.import_id
    union all
    select change.after ->> 'category', 'Everything else', change.line
    from private.import_changes as change
    where change.import_id = write_products.import_id and change.after ->> 'category' = 'everything-else'
  ) as wanted
  where wanted.slug is not null
  order by wanted.slug, wanted.line
  on conflict do nothing;

  update public.products
  set title = wanted.title,
    description_html = wanted.description_html,
    vendor = wanted.vendor,
    category = wanted.category,
    tags = wanted.tags,
    option_names = wanted.option_names,
    status = wanted.status
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and products.id = change.product_id;

  insert into public.products (handle, title, description_html, vendor, category, tags, option_names, status, position)
  select change.handle, wanted.title, wanted.description_html, wanted.vendor, wanted.category, wanted.tags,
    wanted.option_names, wanted.status, v_last + row_number() over (order by change.line)
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and change.product_id is null;

  update private.import_changes as change
  set product_id = products.id
  from public.products
  where change.import_id = write_products.import_id
    and change.product_id is null
    and products.handle = change.handle;
end;
$$;

create or replace function private.write_quantities(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lines jsonb;
begin
  select jsonb_agg(
    jsonb_build_object('variant_id', moved.variant_id, 'location_id', moved.location_id, 'delta', moved.delta))
  into v_lines
  from (
    select change.variant_id, change.location_id,
      (change.after ->> 'on_hand')::integer - coalesce((change.before ->> 'on_hand')::integer, 0) as delta
    from private.import_changes as change
    where change.import_id = import.id
      and change.subject <> 'product'
  ) as moved
  where moved.delta <> 0;
  if v_lines is not null then
    perform private.move_stock(v_lines,
      case when import.kind = 'inventory' then 'correction' else 'import' end::public.movement_reason,
      import.document, import.file_name, source_kind => 'import', source_id => import.id);
  end if;
end;
$$;

create or replace function private.write_variants(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.variants
  set price_minor = wanted.price_minor,
    compare_at_minor = wanted.compare_at_minor,
    currency = wanted.currency,
    barcode = wanted.barcode,
    active = wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row: every cart being filled.
  update public.variants
  set sku = wanted.sku,
    option_values = wanted.option_values
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id
    and (variants.sku, variants.option_values) is distinct from (wanted.sku, wanted.option_values);

  insert into public.variants (product_id, sku, option_values, price_minor, compare_at_minor, currency, barcode,
    position, active)
  select change.product_id, wanted.sku, wanted.option_values, wanted.price_minor, wanted.compare_at_minor,
    wanted.currency,
    wanted.barcode, wanted.position, wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null;

  update private.import_changes as change
  set variant_id = variants.id
  from public.variants
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null
    and variants.sku = change.sku;
end;
$$;

create or replace function public.change_staff_member(
  user_id uuid, role public.staff_role, active boolean, seen bigint, idempotency_key uuid,
  location_ids uuid[] default null, sure boolean default false
)
returns public.staff
language sql
set search_path = ''
as $$
  select * from private.change_staff_member(user_id, role, active, seen, idempotency_key, location_ids, sure)
$$;

REVOKE ALL ON FUNCTION "public"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) FROM "anon";

create or replace function public.invite_staff_member(
  email text, name text, role public.staff_role, secret text, idempotency_key uuid, location_ids uuid[] default null
)
returns uuid
language sql
set search_path = ''
as $$
  select private.invite_staff_member(email, name, role, secret, idempotency_key, location_ids)
$$;

REVOKE ALL ON FUNCTION "public"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) FROM "anon";

alter table private.import_kept add constraint import_kept_why_check
  check (why in ('changed_since', 'taken_since', 'unavailable_since'));

CREATE TRIGGER orders_tell AFTER UPDATE ON public.orders FOR EACH ROW WHEN ((new.version <> old.version)) EXECUTE FUNCTION private.notify_buyer();

CREATE TRIGGER staff_member_leaves_trail_of_delete AFTER DELETE ON public.staff REFERENCING OLD TABLE AS gone FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('staff_member', 'user_id', 'name');

CREATE TRIGGER staff_member_leaves_trail_of_insert AFTER INSERT ON public.staff REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('staff_member', 'user_id', 'name');

CREATE TRIGGER staff_member_leaves_trail_of_update AFTER UPDATE ON public.staff REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('staff_member', 'user_id', 'name');

CREATE POLICY "staff read the results of counts" ON "public"."count_results" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

COMMENT ON COLUMN "private"."import_asks"."choices" IS 'The staged values of each answer: {answer: {column of the staged row: value}}.';

COMMENT ON COLUMN "private"."import_changes"."claim" IS 'The numbers of the line of a level: {expected, counted, ledger_position}. A line that is imported again has the
   same.';

COMMENT ON COLUMN "private"."import_kept"."why" IS 'changed_since: edited after the import. taken_since: another row has its SKU or options. unavailable_since: some of
   its units are sold, held, committed or safety stock.';

COMMENT ON COLUMN "private"."import_levels"."choice" IS 'The choice of a manager. NULL: there was no question, or no answer yet.';

COMMENT ON COLUMN "private"."import_levels"."counted" IS 'Units on hand according to the file.';

COMMENT ON COLUMN "private"."import_levels"."expected" IS 'Units on hand when the file was exported, at ledger_position. NULL: the file does not say.';

COMMENT ON COLUMN "public"."cart_lines"."price_minor" IS 'Frozen for the units that were held when it was frozen, in minor units; counts only while the hold lives. When
   units are added, the whole line takes today''s price.';

COMMENT ON COLUMN "public"."carts"."network" IS 'The network its guest was last seen in: a keyed hash made by the shop''s server, never an address; NULL where it is
   not known.';

COMMENT ON COLUMN "public"."imports"."discarded_at" IS 'When a manager discarded it: its staged rows are deleted, the row stays.';

COMMENT ON COLUMN "public"."imports"."document" IS 'The name of its quantities in the ledger.';

COMMENT ON COLUMN "public"."imports"."problems" IS 'Lines that could not be read, in the shape of private.import_conflicts; nothing is staged then.';

COMMENT ON COLUMN "public"."imports"."summary" IS 'Its changes, counted by private.import_summary; NULL until applied.';

COMMENT ON COLUMN "public"."imports"."warnings" IS 'Sentences of the parser about contents of the file that the shop ignores.';

COMMENT ON COLUMN "public"."orders"."guest_hash" IS 'SHA-256 of the secret of the cart it came from: who a guest is to limits per person. It stays when an account
   adopts the order.';

COMMENT ON COLUMN "public"."orders"."number" IS 'The number people use on the phone. Ascending, with gaps where a call was refused.';

COMMENT ON COLUMN "public"."payments"."refund_due_minor" IS 'The total to refund; refunded_minor of it is refunded.';

COMMENT ON FUNCTION "private"."actor"() IS 'The actor: the signed-in user, or the nil UUID for the shop itself (secret key, direct session).';

COMMENT ON FUNCTION "private"."acts_as_shop"(text) IS 'Whether the shop itself asks. A call of the shop''s server that carries a guest''s token is that guest''s: it has
   the rights of the token and no others, so that a wrong token is refused like an unknown caller.';

COMMENT ON FUNCTION "private"."adopt_claims"(uuid, uuid, uuid) IS 'Makes what one cart holds of a variant the other''s, where it is held; returns how many units that cart holds
   now. The caller holds both carts and the variant.';

COMMENT ON FUNCTION "private"."adopt_line"(uuid, uuid, uuid) IS 'Moves a guest''s line into a person''s cart: quantities summed, what was held stays held. Returns NULL, or
   {variant_id, wanted, quantity} when there or within the limit are fewer than both wanted. The caller holds both
   carts and the variant, and has released what ran out.';

COMMENT ON FUNCTION "private"."adopted_line"(uuid, uuid, uuid) IS 'The merged line of a guest and an account: units wanted together, age of the hold, price.';

COMMENT ON FUNCTION "private"."begin_holds"(private.asked_hold[]) IS 'begin_once for many: locks the keys, all callers in one order. Returns, by n, the answers of holds that are not
   new: what their key answered the first time, or the refusal of a key of another request.';

COMMENT ON FUNCTION "private"."begin_together"(text, uuid[], jsonb[]) IS 'begin_once for many calls in one, under the locks of their keys. Returns, by n, {"response": the first result}
   for a repeat and {"refused": …} for a key of another request; nothing for a call that is new.
   private.finish_together stores the keys of new calls with their responses.';

COMMENT ON FUNCTION "private"."believed_network"(text) IS 'The network a request names, where the shop''s server sends it; NULL from everybody else, and for what is no such
   hash.';

COMMENT ON FUNCTION "private"."busy"() IS 'The refusal of a call that would wait too long for a lock. Functions that shoppers and staff call set
   lock_timeout and catch lock_not_available with it, so that nobody waits for ever. Nothing was done.';

COMMENT ON FUNCTION "private"."cancel_rest"(public.orders, text) IS 'Cancels what was not handed over: units go back on the shelf, captured money becomes due for refund. Its event says
   how many units have to be put back from the box on the shelf (put_back). The caller has locked the order.';

COMMENT ON FUNCTION "private"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) IS 'See public.change_staff_member.';

COMMENT ON FUNCTION "private"."check_limits"(uuid[], integer[], uuid, bytea) IS 'Raises limit_reached (409) when a cart and the person''s earlier orders (of the account or the guest) together
   exceed a variant''s limit_per_person. Called under the variants'' locks, so two carts of one person cannot both
   pass.';

COMMENT ON FUNCTION "private"."claims_change"() IS 'Hold to commitment, more or fewer units. Units handed over (fulfilled) are counted by their movement, not here.';

COMMENT ON FUNCTION "private"."claims_end"() IS 'Released claims give their units back; the shelf shows it at once.';

COMMENT ON FUNCTION "private"."clock"() IS 'The time for holds, deadlines and sales. The wall''s clock, not the transaction''s: a call that waited for a lock
   must not act on the time before it waited.';

COMMENT ON FUNCTION "private"."code_choices"(text) IS 'The variants that a code may mean, for a person to choose from: [{variant_id, title, option_values, sku, barcode}].';

COMMENT ON FUNCTION "private"."code_key"(text) IS 'The form in which SKUs, barcodes and scanned codes are compared: a GTIN, ISBN or ISSN as its 14 digits, everything
   else in lower case without invisible characters. The same rule as lib/domain/codes; tests/support/codes.ts holds both
   to it.';

COMMENT ON FUNCTION "private"."count_callers"(text, text[], text[]) IS 'Counts the requests of one call. Comes last in its transaction, subjects ascending, so that no caller waits for the
   locks of another caller of the same network.';

COMMENT ON FUNCTION "private"."email_in"(jsonb) IS 'An e-mail address, in lower case: one @, a domain of at least two parts, no spaces and none of <>()[],;:"\.
   Letters of any language. NULL for anything else.';

COMMENT ON FUNCTION "private"."guest_label"(public.carts) IS 'The name of a guest or an account for staff: six digits that identify nobody elsewhere.';

COMMENT ON FUNCTION "private"."import_conflicts"(uuid) IS 'Why the file cannot be applied to this catalogue: the line, its column and value, and the reason. No row: it can.';

COMMENT ON FUNCTION "private"."import_diff"(uuid) IS 'The changes of an import: those it would make, or, once it is applied, those it made.';

COMMENT ON FUNCTION "private"."import_level_lines"(uuid) IS 'Every staged line of an inventory file with its level: on_hand now, unavailable (held, committed or safety
   stock), the choice that applies (a number that moved since the export is added to unless a manager chose
   otherwise) and its result. repeats: the document that has recorded the same line already.';

COMMENT ON FUNCTION "private"."import_questions"(uuid) IS 'Lines with a question: the number moved since the export, or fewer units would be left than are held, committed or
   safety stock.';

COMMENT ON FUNCTION "private"."import_reversal"(uuid) IS 'Each field that an import changed: the value before (was), the value it wrote (made), the value now (found) and
   the whole content around it. For a product or variant it created: that it is for sale. Units are not included.';

COMMENT ON FUNCTION "private"."import_units"(uuid) IS 'The units of an import with the opposite sign (wanted), and how many of them can be reverted now (back): units
   that were sold, held or reserved as safety stock since then cannot.';

COMMENT ON FUNCTION "private"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) IS 'See public.invite_staff_member.';

COMMENT ON FUNCTION "private"."item_lines"(jsonb, boolean) IS 'Reads [{order_item_id, quantity}], with an outcome each if they come back. Raises invalid_input (422) naming the
   first line that is not right.';

COMMENT ON FUNCTION "private"."limit_wait"(timestamp with time zone) IS 'Until the calling function ends, a lock is waited for only briefly, and hardly at all once the time is up.
   The caller sets lock_timeout itself, so that its own caller''s comes back.';

COMMENT ON FUNCTION "private"."lines_of"(private.order_draft[]) IS 'The lines in the carts of drafts, by draft and variant, at the price each line has now.';

COMMENT ON FUNCTION "private"."not_enough_left"(jsonb) IS 'The refusal with every short line [{variant_id, wanted, left, held}] and what can be had instead: siblings are
   other variants of the product as the shelf shows them. Says no count that the shelf would not: left, at all
   locations together and with what the caller holds, is NULL while there are more than the shelf counts.';

COMMENT ON FUNCTION "private"."notify_buyer"() IS 'Broadcasts {version} on the private channel orders:<id> when an order has changed. Never stops the change: a message
   that could not be sent is a warning, and pages compare themselves with the database regularly.';

COMMENT ON FUNCTION "private"."own_cart"(text, boolean, text) IS 'The caller''s cart, locked; a new one if there is none and make is true; otherwise NULLs. seen_in: the network of
   a guest, as private.believed_network answered. Raises signed_out (401) for an account that was deleted.';

COMMENT ON FUNCTION "private"."read_request"(jsonb, boolean) IS 'Reads a request once, from known keys, each with its type and within its length; unknown keys are ignored.';

COMMENT ON FUNCTION "private"."refuse_drafts"(private.order_draft[], private.draft_line[]) IS 'The refusals before any unit is taken, by n: an empty cart, something not for sale, another total than expected.';

COMMENT ON FUNCTION "private"."refuse_request"(private.order_request, uuid, boolean) IS 'The refusal of a request that is wrong whatever is in its cart; NULL when it is right.';

COMMENT ON FUNCTION "private"."refused_callers"(text, text[], text[]) IS 'For a call with requests of many: which of them are refused, by n, because the subject or the network in the n-th
   place is blocked or asked too often. Locks and counts nothing: private.count_callers does, last.';

COMMENT ON FUNCTION "private"."renew_carts"(uuid[]) IS 'Raises the version of carts whose lines have changed, and broadcasts {table, new: {cart_id, units, version}} on the
   private channel carts:<id>: in the shape of a change that Realtime streams, so that a page applies it like one. A
   message that could not be sent is a warning, and pages compare themselves with the database regularly. The caller
   holds the carts.';

COMMENT ON FUNCTION "private"."request_hash"(jsonb) IS 'The stored hash of a request: enough to see whether a repeat is the same one.';

COMMENT ON FUNCTION "private"."revert_diff"(uuid) IS 'An applied import turned round, as far as it can be. A yes is one to the fields and units that go back, whatever
   else of
   them is sold or edited in the meantime.';

COMMENT ON FUNCTION "private"."revert_exceptions"(uuid) IS 'The changes that a revert cannot undo, with the reason; once it is applied, those it did not undo.';

COMMENT ON FUNCTION "private"."revert_fields"(uuid) IS 'Every field that differs from its value before an import: that value, the value now and the content around it. It
   is reverted if it still has the value of the import, and no other row has its SKU or options; otherwise why has
   the reason.';

COMMENT ON FUNCTION "private"."sales_between"(timestamp with time zone[], boolean) IS 'Orders placed between each of these moments and the next; revenue_minor is without cancelled and returned units.';

COMMENT ON FUNCTION "private"."sign_payment_event"(public.payment_provider, text) IS 'The signature a provider gives a payload: HMAC-SHA256 with the shared secret, in hex. NULL for one that signs
   nothing.';

COMMENT ON FUNCTION "private"."spend"(text, text, integer, interval) IS 'Counts a request of a subject. Raises too_many_requests (429) beyond at_most in a window of this length. The row
   is locked until the transaction ends: take the subjects of one call in ascending order.';

COMMENT ON FUNCTION "private"."stay_as_written"() IS 'Before-change trigger of what is append-only: no role rewrites it, not even its owner. Raises
   ledger_is_append_only (403).';

COMMENT ON FUNCTION "private"."token_hash"(text) IS 'The stored hash of a guest''s secret. Raises invalid_input (422) for one that is too short.';

COMMENT ON FUNCTION "private"."try_hold"(private.asked_hold, private.shop_limits) IS 'The result of hold_stock, {"cart": …}, or the refusal it would have raised, {"refused": …}, which undoes this
   hold alone. The caller holds key, cart and variant.';

COMMENT ON FUNCTION "private"."units_bought"(uuid, uuid, bytea) IS 'Units of a variant in the open and fulfilled orders of a person: of an account, or of the guest with this cart
   secret. A typed e-mail address is nobody''s identity. Under the variant''s lock.';

COMMENT ON FUNCTION "private"."units_to_fulfil"(uuid, uuid, private.item_line[]) IS 'The items and units that a call of fulfil_order hands over. Raises not_allocated_here (409). The caller holds the
   order and its variants.';

COMMENT ON FUNCTION "private"."write_pictures"(uuid, jsonb) IS 'Replaces a product''s pictures with these, in this order. A picture may belong to a variant of this product only.';

COMMENT ON FUNCTION "private"."write_quantities"(public.imports) IS 'The ledger lines of an import''s changes. Numbers of an inventory file are corrections.';

COMMENT ON FUNCTION "public"."adopt_cart"(text) IS 'Moves every line of a guest''s cart into the cart of the signed-in caller, and leaves the guest''s empty. Held
   units stay held, no longer than they would have been; quantities are summed, up to 99, the limits of a cart, the
   limit per person and the available units. A line of which both carts have some keeps its price if both hold it at
   that price; else it takes today''s. Returns the cart as read_cart does, with adopted (how many lines came along)
   and fewer ([{variant_id, wanted, quantity}]: lines that could not become as many as both carts wanted). Raises
   invalid_input (422) without a token.';

COMMENT ON FUNCTION "public"."adopt_order"(uuid, text) IS 'Makes a guest''s order one of the signed-in caller''s, for whoever has its secret; the secret goes on working.
   Returns the order as read_order does. An order of another account, a wrong secret and none are the same answer:
   not_found (404). Raises signed_out (401) for an account that was deleted.';

COMMENT ON FUNCTION "public"."answer_import"(uuid, public.import_choice, integer) IS 'Says what to do with a line of an inventory file whose number moved since the export: add the difference, set it,
   or skip the line; without a line, with all of them. The last answer holds. Managers. Raises role_required (403),
   not_found (404), import_applied (409), invalid_input (422: the line is not asked about).';

COMMENT ON FUNCTION "public"."apply_import"(uuid, uuid, text) IS 'Makes the catalogue and the units on hand what the file says, or the revert wants, in one transaction. seen: the
   preview''s fingerprint; when given, nothing but that difference is written. Managers. Returns the import with its
   summary. Raises role_required (403), not_found (404), import_applied (409), import_conflict (409, every line),
   import_changed (409, preview it again), idempotency_key_reused (409), invalid_input (422, no key).';

COMMENT ON FUNCTION "public"."begin_revert"(uuid) IS 'Opens the import that reverts an applied one; called again, it returns the same. Nothing changes yet:
   preview_import shows the changes, apply_import makes them once and in one transaction, discard_import drops them.
   Values that were not changed since return to those before, units are reverted as far as they are available, and
   products that the import created are archived. A revert can be reverted, too. Managers. Raises role_required
   (403), not_found (404), already_undone (409).';

COMMENT ON FUNCTION "public"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) IS 'Changes the role and access of a staff member; managers. location_ids: where role stock may change stock, NULL
   everywhere. active false: they left, and their name stays. seen: the version that the caller saw. sure: the caller
   confirms to give up the role of manager. Returns the staff member. Raises role_required (403), not_found (404),
   staff_member_changed (409), last_manager (409), own_access (409, not sure), invalid_input (422),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."confirm_order"(uuid, uuid) IS 'Keeps an order that is paid on collection beyond its deadline; staff of role stock, or its buyer with a confirmed
   e-mail address. cancel_order ends it. Returns the order as read_order does. Raises role_required and
   location_not_yours (403), not_found (404), order_not_open (409), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."count_unpaid_orders"(text, text, timestamp with time zone) IS 'How many orders cancel_unpaid_orders would cancel with this filter: {orders, units, total_minor}. Managers.
   Raises role_required (403), invalid_input (422).';

COMMENT ON FUNCTION "public"."end_holds"(jsonb, uuid) IS 'Ends holds of carts: [{cart_id, variant_id}], 1 to 200. The lines stay in the carts, marked; the units are on
   sale again. Returns {units}. Staff of role stock, at the locations of the units. Raises role_required and
   location_not_yours (403), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."find_by_codes"(text[]) IS 'The variants that each of up to 1000 scanned or typed codes may mean: choices [{variant_id, title, option_values,
   sku, barcode}], none for an unknown code, several for an ambiguous one. Staff of role viewer. Raises
   role_required (403), invalid_input (422).';

COMMENT ON FUNCTION "public"."fulfil_order"(uuid, uuid, uuid, jsonb) IS 'Hands over units of a placed order from one location: lines [{"order_item_id", "quantity"}], or everything
   committed there when NULL; staff of role stock. Committed units are never measured against what is available.
   Returns the order. Raises role_required (403), location_not_yours (403), not_found (404), order_not_open (409),
   not_allocated_here (409: wanted and allocated per line), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."hold_stocks"(jsonb) IS 'Holds for up to a hundred guests at once, for a server in front of many waiting shoppers: each request is an
   object with the arguments of hold_stock, each from another cart, and each has its own response, in its place:
   {"cart": the result of hold_stock} or {"refused": {status, code, detail, hint}}: its refusal. They are served in
   the order of the list. Raises invalid_input (422) for a list that is none, is too long, names a cart twice or an
   account, and busy (503) when another call has locked one of the variants for five seconds.';

COMMENT ON FUNCTION "public"."inspect_return"(bigint, integer, uuid) IS 'Decides about returned goods to be inspected (a row of order_returns whose outcome is inspect): so many units (0
   to its quantity) go back on the shelf where they came in, the rest is written off; staff of role stock. Partly
   good is two rows afterwards, restock and damaged. The money was due since the return. Returns the order as
   read_order does. Raises role_required (403), location_not_yours (403), not_found (404), invalid_input (422),
   return_decided (409, with the outcome), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) IS 'Invites an address to join the staff with this role within seven days; managers. location_ids: where role stock may
   change stock, NULL everywhere. secret: random, 32 to 200 characters, sent in a link; only its hash is stored.
   Returns the invitation''s id. Raises role_required (403), not_found (404, a location), staff_member_exists (409:
   staff already, or invited), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."place_orders"(jsonb) IS 'Places up to a hundred orders at once, for a server in front of many waiting shoppers: each request is an object with
   the arguments of place_order, each from another cart, and each has its own response, in its place: {"order":
   the result of place_order} or {"refused": {status, code, detail, hint}}: its refusal. They are served in
   the order of the list; one that would wait too long for a lock is refused as busy, the others go on. Raises invalid_input (422) for a list that is none, is too long, or names a cart twice.';

COMMENT ON FUNCTION "public"."preview_import"(uuid, integer) IS 'The changes of an import, made or to be made: {import: its row with summary, changes: the first products,
   variants and levels, as many as asked for, [{subject, line, handle, sku, before, after}], conflicts: [{line,
   column, value, why}], questions: lines whose number moved since the export, with the movements and the choice
   that holds (answer_import), asks: cells that wait for an answer, by kind (answer_asks), kept: what a revert
   leaves, or left, alone and why, reverted_by: the id of the import that reverted this one}. Managers. Raises
   role_required (403), not_found (404).';

COMMENT ON FUNCTION "public"."read_cart"(text) IS 'The cart of the signed-in caller, or of the guest with this token: {cart_id, version, lines: [{variant_id,
   product_id, handle, title, sku, option_values, quantity, held, held_at: [{location_id, units}], expires_at,
   paused_until, price_minor, total_minor, for_sale}], total_minor, tax_minor, currency, now}. Where there is none,
   cart_id and version are null. version grows with its lines. A line with held below quantity has run out and is
   marked so; its price is today''s. paused_until: until when this cart cannot hold the line again, because it used
   up shop_limits.hold_cap. now is the server''s clock, for countdowns. Raises invalid_input (422) without a token.';

COMMENT ON FUNCTION "public"."read_dashboard"(timestamp with time zone[], timestamp with time zone) IS 'The shop in numbers, all of one moment. edges: when each bar of the chart begins, and when the last one ends; 2 to
   100, on whole minutes, or on quarters of an hour where bars last that long or longer. at: now. Staff of any role.
   Returns bars and the same time before them ({orders, units, cancelled_or_returned: units, revenue_minor:
   what stayed}), minutes (units placed in each of the last sixty), stock (units, and their worth at today''s prices)
   and running_out. Raises role_required (403), invalid_input (422).';

COMMENT ON FUNCTION "public"."read_holds"(text, uuid, uuid) IS 'Holds as staff see them: {holds: the 200 largest, guests and networks: the 20 with the largest sums, blocks,
   now}. Staff of any role. Raises role_required (403).';

COMMENT ON FUNCTION "public"."read_last_contact"() IS 'The name and address of the signed-in caller''s latest order, to begin the next with: {name, address}; {} where
   there is none.';

COMMENT ON FUNCTION "public"."read_own_orders"(integer) IS 'The orders of the signed-in caller, the latest first, twenty a page: {total, orders: [{id, number, status,
   currency, units, total_minor, created_at, order_items: [{title, quantity}]}]}. Raises invalid_input (422) for a
   page that is none.';

COMMENT ON FUNCTION "public"."read_trail"(uuid, text, text, timestamp with time zone, timestamp with time zone, timestamp with time zone, text, integer) IS 'Actions, newest first, up to 200 lines. Filters: the actor (who), the subject (what: product, variant, picture,
   category, location, settings, staff_member, invitation, stock, order, delivery, count, import), words in its name and
   two moments. A revert of an import has the action reverted and the other import''s document in before. The next page
   begins before (at, key) of the last line. Lines of one request share at and actor. Managers. Raises role_required
   (403).';

COMMENT ON FUNCTION "public"."release_expired_holds"(integer) IS 'A maintenance job: releases the units of expired holds and of one order that was not paid or confirmed in time,
   so that the shelf shows them before the next request. Returns how many units; call again until it is 0. Nothing
   depends on it: a call that needs the units releases them first. For the secret key and the scheduler.';

COMMENT ON FUNCTION "public"."return_items"(uuid, uuid, jsonb, uuid) IS 'Takes handed-over units back at a location: lines [{"order_item_id", "quantity", "outcome": restock | damaged |
   inspect}], all or none; staff of role stock. Restocked units are on the shelf at once; captured money becomes due
   for refund. Returns the order. Raises role_required (403), location_not_yours (403), not_found (404),
   not_handed_over (409), invalid_input (422), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."revoke_invitation"(uuid) IS 'Cancels an open invitation: its link is dead. Managers. Raises role_required (403), not_found (404),
   invitation_closed (409).';

COMMENT ON FUNCTION "public"."sign_sandbox_event"(text) IS 'The signature of a webhook of the sandbox provider. For the secret key alone: a caller who can sign can pay.';

COMMENT ON FUNCTION "public"."take_payment"(uuid, uuid) IS 'Money at the counter for an order paid on collection; staff of role stock. Returns the order. Raises
   role_required (403), location_not_yours (403), not_found (404), order_not_open (409: nothing is due),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."take_turn"(text, text, text) IS 'For the shop''s server, at each entry point: counts a request of a kind (private.rates) for a guest, by their
   token, an account, by its id, and a network. Returns true. Raises blocked (403), too_many_requests (429,
   retry_after_seconds), invalid_input (422).';

COMMENT ON TABLE "private"."import_changes" IS 'Changes of an applied import: one row per product, variant or level, before (NULL: new) and after.';

COMMENT ON TABLE "private"."import_kept" IS 'Fields that a revert did not change: the value it wanted, the value that is there.';

COMMENT ON TABLE "private"."touched" IS 'The changes of one statement that the commit has to check. A row lives as long as its transaction: the check removes it.';

COMMENT ON TABLE "public"."claims" IS 'Units held for a cart or committed to an order, per location. Whole units. Written by functions only.';

COMMENT ON TABLE "public"."order_items" IS 'The items of an order, as they were when it was placed. Units are whole, money in minor units.';

COMMENT ON TABLE "public"."order_returns" IS 'Returned units and their outcome.';

COMMENT ON TYPE "private"."asked_hold" IS 'The n-th hold of a call, read once from its request; request is the value that hold_stock stores with the key.';

COMMENT ON TYPE "private"."draft_line" IS 'A line of the n-th draft, with the values that its order keeps.';

COMMENT ON TYPE "private"."import_difference" IS 'A product, variant or level as it is (before, NULL: new) and as the file wants it (after). approval: the text that a
   confirmation approves where it is not before and after: a difference that is added, whatever the number is by then.';

COMMENT ON TYPE "private"."import_subject" IS 'The kind of row that differs. A quantity of a product file is the on_hand of its variant.';

COMMENT ON TYPE "private"."order_draft" IS 'One request of a call, in the n-th place, checked: what its order will be, or the refusal. Not held_until: its
   units are committed at once.';

COMMENT ON TYPE "private"."order_request" IS 'A request for an order as it was read from JSON; nothing after this sees the JSON. field: the first one that is
   missing or not right.';

COMMENT ON TYPE "public"."import_answer" IS 'The use of cells that may be wrong. keep: as they are. repair: corrected where possible. drop: none.';

COMMENT ON TYPE "public"."import_choice" IS 'The use of a number of a file. add: its difference to the exported number. set: the number itself. skip: none.';

COMMENT ON TYPE "public"."import_kind" IS 'products: a file of products with the quantities of one location. inventory: units of any variants at any
   locations.';

COMMENT ON TYPE "public"."return_outcome" IS 'restock: back on the shelf. damaged: written off. inspect: waits for a decision of staff.';

COMMENT ON VIEW "private"."product_contents" IS 'The fields of a product that an import may change, as they are.';

COMMENT ON VIEW "private"."variant_contents" IS 'The fields of a variant that an import may change, as they are, without its units.';

REVOKE ALL ON FUNCTION "private"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) TO "service_role";

REVOKE ALL ON FUNCTION "private"."import_level_lines"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."import_questions"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) TO "service_role";

REVOKE ALL ON FUNCTION "private"."notify_buyer"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."sales_between"(timestamp with time zone[], boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."change_staff_member"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) TO "service_role";

REVOKE ALL ON FUNCTION "public"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."invite_staff_member"(text, text, public.staff_role, text, uuid, uuid[]) TO "service_role";

reset check_function_bodies;

-- The lines of the audit trail about staff members. Nobody can change a line; this is the one exception to that.
alter table public.audit_trail disable trigger audit_trail_changes_by_erasure;
update public.audit_trail set subject = 'staff_member' where subject = 'colleague';
alter table public.audit_trail enable trigger audit_trail_changes_by_erasure;

-- A request that is repeated across the upgrade still finds its first result.
update private.idempotency_keys set operation = 'invite_staff_member' where operation = 'invite_colleague';
update private.idempotency_keys set operation = 'change_staff_member' where operation = 'change_colleague';
