set check_function_bodies = off;

DROP FUNCTION "private"."approve_count"(uuid, uuid[], uuid);

DROP FUNCTION "private"."block_caller"(uuid, text, text, integer, uuid);

DROP FUNCTION "private"."cancel_unpaid_orders"(text, text, timestamp with time zone, integer, uuid);

DROP FUNCTION "private"."change_colleague"(uuid, public.staff_role, uuid[], boolean, bigint, boolean, uuid);

DROP FUNCTION "private"."close_delivery"(uuid, jsonb, uuid);

DROP FUNCTION "private"."erase_account"(uuid, uuid);

DROP FUNCTION "private"."invite_colleague"(text, text, public.staff_role, uuid[], text, uuid);

DROP FUNCTION "private"."start_count"(uuid, text, text, boolean, uuid);

DROP FUNCTION "private"."transfer_stock"(uuid, uuid, jsonb, text, uuid, text);

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
    from jsonb_to_recordset(v_lines) as line (variant_id uuid, counted integer, expected integer, ledger_position bigint)
    left join private.move_stock(
      (select coalesce(jsonb_agg(jsonb_build_object('variant_id', line ->> 'variant_id', 'location_id', v_count.location_id,
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

create or replace function private.block_caller(reason text, idempotency_key uuid, cart_id uuid, network text, hours integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_subject text;
begin
  perform private.require_role('manager');
  if length(trim(coalesce(reason, ''))) not between 1 and 200 or length(reason) > 400 or hours not between 1 and 8760
    or num_nonnulls(cart_id, network) <> 1 or network !~ '^[0-9a-f]{32}$' then
    perform private.refuse(422, 'invalid_input', '{"field": "reason", "problem": "missing or not valid"}', 'Say whom to block, why and for how long.');
  end if;
  v_response := private.begin_once(idempotency_key, 'block_caller', jsonb_build_array(cart_id, network, trim(reason), hours));
  if v_response is not null then
    return v_response;
  end if;
  v_subject := coalesce('n:' || network,
    (select private.subject_of(carts.token_hash, carts.user_id) from public.carts where carts.id = block_caller.cart_id));
  if v_subject is null then
    perform private.refuse(404, 'not_found', '{}', 'The cart is gone. Reload the page.');
  end if;
  insert into private.blocks as block (subject, reason, expires_at)
  values (v_subject, trim(reason), private.clock() + make_interval(hours => hours))
  on conflict on constraint blocks_pkey do update
  set reason = excluded.reason, expires_at = excluded.expires_at, blocked_by = private.actor(), blocked_at = now();
  v_response := jsonb_build_object('subject', v_subject);
  perform private.audit('block_caller', 'caller', left(v_subject, 8), trim(reason), null, jsonb_build_object('hours', hours));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;

create or replace function private.cancel_unpaid_orders(
  expected integer, idempotency_key uuid, network text, email text, since timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_ids uuid[];
  v_order public.orders;
  v_orders integer := 0;
  v_units bigint := 0;
begin
  perform private.require_role('manager');
  perform private.check_order_filter(network, email, since);
  v_response := private.begin_once(idempotency_key, 'cancel_unpaid_orders', jsonb_build_array(network, lower(email), since, expected));
  if v_response is not null then
    return v_response;
  end if;
  -- Orders first, then every variant of theirs, each ascending: the order in which everybody locks.
  v_ids := array(
    select orders.id from public.orders
    where orders.id in (
      select unpaid.id
      from private.unpaid_orders(cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since) as unpaid
      order by unpaid.id limit least(200, expected)
    )
    order by orders.id for no key update
  );
  perform private.queue_for(array(
    select distinct item.variant_id from public.order_items as item where item.order_id = any (v_ids) order by 1
  ));
  for v_order in
    select unpaid.*
    from private.unpaid_orders(cancel_unpaid_orders.network, cancel_unpaid_orders.email, cancel_unpaid_orders.since) as unpaid
    where unpaid.id = any (v_ids) order by unpaid.id
  loop
    perform private.cancel_rest(v_order, 'cancelled by the shop, unpaid');
    v_orders := v_orders + 1;
    v_units := v_units + v_order.units;
  end loop;
  v_response := jsonb_build_object('orders', v_orders, 'units', v_units);
  perform private.audit('cancel_unpaid_orders', 'order', coalesce(network, lower(email), since::text), v_orders || ' orders',
    null, v_response);
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
  v_colleague public.staff;
  v_loses boolean;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'change_colleague', jsonb_build_array(user_id, role, location_ids, active, seen, sure));
  if v_response is null then
    perform private.check_rights(role, location_ids);
    -- Everybody who manages, in one order: two managers who take the role from each other must not both succeed.
    perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
    select * into v_colleague from public.staff where staff.user_id = change_colleague.user_id for update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id), 'Reload the list of colleagues.');
    end if;
    if v_colleague.version <> seen then
      perform private.refuse(409, 'colleague_changed', jsonb_build_object('user_id', user_id), 'Reload the page, look, and decide again.');
    end if;

    v_loses := v_colleague.active and v_colleague.role = 'manager' and (role <> 'manager' or not active);
    if v_loses and not exists (
      select from public.staff where staff.role = 'manager' and staff.active and staff.user_id <> v_colleague.user_id
    ) then
      perform private.refuse(409, 'last_manager', jsonb_build_object('user_id', user_id), 'Make somebody else a manager first.');
    end if;
    if v_loses and v_colleague.user_id = auth.uid() and not coalesce(sure, false) then
      perform private.refuse(409, 'own_access', jsonb_build_object('user_id', user_id), 'Send sure = true.');
    end if;

    update public.staff
    set role = change_colleague.role, location_ids = change_colleague.location_ids, active = change_colleague.active
    where staff.user_id = v_colleague.user_id
    returning to_jsonb(staff) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.staff, v_response);
end;
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
      perform private.move_stock(private.deltas_at(v_delivery.from_location_id, v_back, 1), 'transfer',
        private.delivery_label(v_delivery), 'not sent', source_kind => 'transfer', source_id => v_delivery.id);
    end if;
    insert into public.delivery_events (delivery_id, kind, detail) values (v_delivery.id, 'closed', jsonb_build_object('shorts', shorts));
    update public.deliveries as closed set status = 'closed' where closed.id = v_delivery.id returning to_jsonb(closed) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.deliveries, v_response);
end;
$$;

create or replace function private.erase_account(idempotency_key uuid, user_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_person uuid := coalesce(erase_account.user_id, auth.uid());
  v_response jsonb;
begin
  if v_person is null then
    perform private.refuse(422, 'invalid_input', '{"field": "user_id", "problem": "missing"}', 'Say whose account to delete.');
  end if;
  if v_person is distinct from auth.uid() then
    perform private.require_role('manager');
  end if;
  v_response := private.begin_once(idempotency_key, 'erase_account', jsonb_build_array(v_person));
  if v_response is null then
    if not exists (select from auth.users where users.id = v_person) then
      perform private.refuse(404, 'not_found', jsonb_build_object('user_id', v_person), 'The account does not exist or was deleted.');
    end if;
    perform private.keep_a_manager(v_person);
    v_response := private.erase_person(v_person);
    if v_person is distinct from auth.uid() and not exists (select from public.staff where staff.user_id = v_person) then
      perform private.audit('erased', 'account', v_person::text, 'A customer');
    end if;
    -- Where sessions and tokens do not go with the account, they go before it.
    delete from auth.sessions where sessions.user_id = v_person;
    if to_regclass('auth.refresh_tokens') is not null then
      execute 'delete from auth.refresh_tokens where user_id::text = $1' using v_person::text;
    end if;
    delete from auth.users where users.id = v_person;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return v_response;
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
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'email', 'problem', 'not an address', 'value', email), 'Type an e-mail address.');
    end if;
    if length(trim(coalesce(name, ''))) not between 1 and 120 then
      perform private.refuse(422, 'invalid_input', '{"field": "name", "problem": "not 1 to 120 characters"}', 'Say what the colleague is called.');
    end if;
    perform private.check_rights(role, location_ids);

    select jsonb_build_object('email', v_email, 'active', staff.active) into v_known
    from public.staff where staff.email = v_email;
    if not found then
      insert into public.staff_invitations (email, name, role, location_ids, secret_hash, expires_at)
      values (v_email, trim(invite_colleague.name), invite_colleague.role, invite_colleague.location_ids, v_hash, now() + private.invitation_time())
      on conflict do nothing
      returning to_jsonb(staff_invitations.id) into v_response;
    end if;
    if v_response is null then
      perform private.refuse(409, 'colleague_exists', coalesce(v_known, jsonb_build_object('email', v_email, 'active', null)),
        'Change the colleague or the open invitation instead.');
    end if;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return (v_response #>> '{}')::uuid;
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

create or replace function private.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid, document text, note text
)
returns setof public.stock_levels
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
begin
  perform private.require_role_at('stock', from_location_id, to_location_id);
  v_response := private.begin_once(idempotency_key, 'transfer_stock',
    jsonb_build_array(from_location_id, to_location_id, lines, document, note));
  if v_response is null then
    perform private.check_lines(lines, from_location_id);
    perform private.check_places('{}', array[to_location_id]);
    if from_location_id = to_location_id then
      perform private.refuse(422, 'invalid_input', '{"field": "to_location_id", "problem": "same as from_location_id"}',
        'Choose two different locations.');
    end if;

    -- Both legs in one statement: no moment in which the units are nowhere.
    select jsonb_agg(to_jsonb(level)) into v_response
    from private.move_stock(
      (select jsonb_agg(jsonb_build_object(
          'variant_id', line ->> 'variant_id',
          'location_id', leg.location_id,
          'delta', leg.sign * (line ->> 'quantity')::integer))
       from jsonb_array_elements(lines) as line
       cross join (values (from_location_id, -1), (to_location_id, 1)) as leg (location_id, sign)),
      'transfer', document, note, idempotency_key
    ) as level;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return query select * from jsonb_populate_recordset(null::public.stock_levels, v_response);
end;
$$;

create or replace function public.approve_count(count_id uuid, idempotency_key uuid, left_out uuid[] default '{}')
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.approve_count(count_id, idempotency_key, left_out)
$$;

create or replace function public.block_caller(
  reason text, idempotency_key uuid, cart_id uuid default null, network text default null, hours integer default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.block_caller(reason, idempotency_key, cart_id, network, hours)
$$;

create or replace function public.cancel_unpaid_orders(
  expected integer, idempotency_key uuid, network text default null, email text default null, since timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.cancel_unpaid_orders(expected, idempotency_key, network, email, since)
$$;

create or replace function public.cart_units(cart uuid)
returns table (cart_id uuid, units integer, version bigint)
language sql
stable
security invoker
set search_path = ''
as $$
  select * from private.cart_units(cart)
$$;

create or replace function public.change_colleague(
  user_id uuid, role public.staff_role, active boolean, seen bigint, idempotency_key uuid,
  location_ids uuid[] default null, sure boolean default false
)
returns public.staff
language sql
set search_path = ''
as $$
  select * from private.change_colleague(user_id, role, active, seen, idempotency_key, location_ids, sure)
$$;

create or replace function public.close_delivery(delivery_id uuid, idempotency_key uuid, shorts jsonb default '{}')
returns public.deliveries
language sql
set search_path = ''
as $$
  select * from private.close_delivery(delivery_id, idempotency_key, shorts)
$$;

create or replace function public.erase_account(idempotency_key uuid, user_id uuid default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.erase_account(idempotency_key, user_id)
$$;

create or replace function public.find_by_codes(codes text[])
returns table (code text, choices jsonb)
language sql
stable
set search_path = ''
as $$
  select * from private.find_by_codes(codes)
$$;

create or replace function public.invite_colleague(
  email text, name text, role public.staff_role, secret text, idempotency_key uuid, location_ids uuid[] default null
)
returns uuid
language sql
set search_path = ''
as $$
  select private.invite_colleague(email, name, role, secret, idempotency_key, location_ids)
$$;

create or replace function public.start_count(
  location_id uuid, blind boolean, idempotency_key uuid, category text default null, shelf text default null
)
returns public.counts
language sql
set search_path = ''
as $$
  select * from private.start_count(location_id, blind, idempotency_key, category, shelf)
$$;

create or replace function public.transfer_stock(
  from_location_id uuid, to_location_id uuid, lines jsonb, idempotency_key uuid,
  document text default null, note text default null
)
returns setof public.stock_levels
language sql
set search_path = ''
as $$
  select * from private.transfer_stock(from_location_id, to_location_id, lines, idempotency_key, document, note)
$$;

COMMENT ON FUNCTION "private"."approve_count"(uuid, uuid, uuid[]) IS 'See public.approve_count.';

COMMENT ON FUNCTION "private"."block_caller"(text, uuid, uuid, text, integer) IS 'See public.block_caller.';

COMMENT ON FUNCTION "private"."cancel_unpaid_orders"(integer, uuid, text, text, timestamp with time zone) IS 'See public.cancel_unpaid_orders.';

COMMENT ON FUNCTION "private"."change_colleague"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) IS 'See public.change_colleague.';

COMMENT ON FUNCTION "private"."close_delivery"(uuid, uuid, jsonb) IS 'See public.close_delivery.';

COMMENT ON FUNCTION "private"."erase_account"(uuid, uuid) IS 'See public.erase_account.';

COMMENT ON FUNCTION "private"."invite_colleague"(text, text, public.staff_role, text, uuid, uuid[]) IS 'See public.invite_colleague.';

COMMENT ON FUNCTION "private"."start_count"(uuid, boolean, uuid, text, text) IS 'See public.start_count.';

COMMENT ON FUNCTION "private"."transfer_stock"(uuid, uuid, jsonb, uuid, text, text) IS 'See public.transfer_stock.';

REVOKE ALL ON FUNCTION "private"."approve_count"(uuid, uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."approve_count"(uuid, uuid, uuid[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."approve_count"(uuid, uuid, uuid[]) TO "service_role";

REVOKE ALL ON FUNCTION "private"."block_caller"(text, uuid, uuid, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."block_caller"(text, uuid, uuid, text, integer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."block_caller"(text, uuid, uuid, text, integer) TO "service_role";

REVOKE ALL ON FUNCTION "private"."cancel_unpaid_orders"(integer, uuid, text, text, timestamp with time zone) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."cancel_unpaid_orders"(integer, uuid, text, text, timestamp with time zone) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."cancel_unpaid_orders"(integer, uuid, text, text, timestamp with time zone) TO "service_role";

REVOKE ALL ON FUNCTION "private"."change_colleague"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."change_colleague"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."change_colleague"(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) TO "service_role";

REVOKE ALL ON FUNCTION "private"."close_delivery"(uuid, uuid, jsonb) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."close_delivery"(uuid, uuid, jsonb) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."close_delivery"(uuid, uuid, jsonb) TO "service_role";

REVOKE ALL ON FUNCTION "private"."erase_account"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."erase_account"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."erase_account"(uuid, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."invite_colleague"(text, text, public.staff_role, text, uuid, uuid[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."invite_colleague"(text, text, public.staff_role, text, uuid, uuid[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."invite_colleague"(text, text, public.staff_role, text, uuid, uuid[]) TO "service_role";

REVOKE ALL ON FUNCTION "private"."start_count"(uuid, boolean, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."start_count"(uuid, boolean, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."start_count"(uuid, boolean, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."transfer_stock"(uuid, uuid, jsonb, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."transfer_stock"(uuid, uuid, jsonb, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."transfer_stock"(uuid, uuid, jsonb, uuid, text, text) TO "service_role";

reset check_function_bodies;
