set check_function_bodies = off;

CREATE TABLE "public"."customer_notes" ("id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "order_id" uuid NOT NULL, "body" text NOT NULL, "actor" uuid NOT NULL DEFAULT private.actor(), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "customer_notes_body_check" CHECK (((length(TRIM(BOTH FROM body)) >= 1) AND (length(TRIM(BOTH FROM body)) <= 2000))), CONSTRAINT "customer_notes_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."customer_notes" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."customer_notes" FROM "anon";

CREATE TYPE "public"."consent_source" AS ENUM ('customer', 'staff');

CREATE TABLE "public"."marketing_consents" ("id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "order_id" uuid, "user_id" uuid, "given" boolean NOT NULL, "source" public.consent_source NOT NULL, "actor" uuid NOT NULL DEFAULT private.actor(), "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "marketing_consents_are_of_one_customer" CHECK ((num_nonnulls(order_id, user_id) = 1)), CONSTRAINT "marketing_consents_pkey" PRIMARY KEY (id));

ALTER TABLE "public"."marketing_consents" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."marketing_consents" FROM "anon";

create or replace function private.account_of_customer(ordered public.orders)
returns table (user_id uuid, email text)
language sql
stable
set search_path = ''
as $$
  select users.id, lower(users.email)
  from auth.users
  where users.email_confirmed_at is not null
    and case when ordered.user_id is not null then users.id = ordered.user_id else users.email = ordered.email end
  order by users.created_at
  limit 1
$$;

create or replace function private.add_customer_note(order_id uuid, body text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_notes constant integer := 500;
  v_response jsonb;
  -- A form sends the ends of lines as two characters.
  v_body text := trim(both E' \t\n' from replace(left(body, 4001), E'\r\n', E'\n'));
  v_order public.orders;
  v_note bigint;
begin
  perform private.require_role('stock');
  if length(body) > 4000 or length(v_body) > 2000 or v_body is null or v_body = ''
    or v_body ~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]' then
    perform private.refuse(422, 'invalid_input', '{"field": "body", "problem": "not 1 to 2000 characters"}',
      'Write at most 2000 characters.');
  end if;
  v_response := private.begin_once(idempotency_key, 'add_customer_note', jsonb_build_array(order_id, v_body));
  if v_response is not null then
    return v_response;
  end if;
  perform private.lock_order(order_id);
  v_order := private.customer_of(order_id);
  if (
    select count(*) from public.customer_notes as note
    where note.order_id in (select own.id from private.orders_of_customer(v_order) as own)
  ) >= c_notes then
    perform private.refuse(422, 'invalid_input', '{"field": "body", "problem": "500 notes already"}',
      'The customer has 500 notes.');
  end if;
  insert into public.customer_notes (order_id, body) values (v_order.id, v_body) returning id into v_note;
  v_response := jsonb_build_object('id', v_note);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.adopt_order(order_id uuid, order_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_order public.orders := private.lock_order(order_id);
begin
  if not private.owns_order(v_order, order_token) or coalesce(v_order.user_id <> auth.uid(), false) then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id), 'Check the link.');
  end if;
  if v_order.user_id is null then
    perform private.give_order(v_order.id, auth.uid());
  end if;
  return private.order_as_json(v_order.id);
end;
$$;

create or replace function private.current_consent(ordered public.orders)
returns public.marketing_consents
language sql
stable
set search_path = ''
as $$
  select consent.* from public.marketing_consents as consent
  where consent.user_id = ordered.user_id
    or consent.order_id in (select own.id from private.orders_of_customer(ordered) as own)
  order by consent.id desc
  limit 1
$$;

create or replace function private.customer_of(order_id uuid)
returns public.orders
language plpgsql
stable
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  select * into v_order from public.orders
  where orders.id = customer_of.order_id and orders.erased_at is null and orders.erase_asked_at is null
    and not orders.is_walk_in;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id),
      'The customer does not exist or was erased.');
  end if;
  return v_order;
end;
$$;

create or replace function private.erase_person(person uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_cart uuid;
  v_finished uuid[];
  v_open uuid[];
begin
  -- Locks as everywhere: cart, orders, variants ascending.
  select carts.id into v_cart from public.carts where carts.user_id = person for update;
  perform from public.orders where orders.user_id = person order by orders.id for no key update;
  perform private.queue_for(
    array(
      select claims.variant_id from public.claims where claims.cart_id = v_cart
      union select entry.variant_id from private.waitlist as entry where entry.user_id = person
      order by 1
    )
  );
  delete from public.claims where claims.cart_id = v_cart;
  delete from public.carts where carts.id = v_cart;
  perform private.leave_lines(array(select entry.id from private.waitlist as entry where entry.user_id = person));

  select coalesce(array_agg(orders.id) filter (where finished.yes), '{}'),
    coalesce(array_agg(orders.id) filter (where not finished.yes), '{}')
  into v_finished, v_open
  from public.orders cross join lateral (select private.is_finished(orders) as yes) as finished
  where orders.user_id = person;
  perform private.erase_orders(v_finished);
  perform private.forget_customers(v_open);
  update public.orders set erase_asked_at = private.clock() where orders.id = any (v_open);

  perform private.forget_consents(person);
  perform private.erase_staff(person, (select users.email from auth.users where users.id = person));
  delete from private.mail
  where mail.status = 'waiting'
    and mail.account ->> 'to' = (select users.email from auth.users where users.id = person);
  perform private.reduce_key_rows(array(
    select used.ctid from private.idempotency_keys as used where used.actor = person and not used.reduced for update
  ));
  return jsonb_build_object('orders', cardinality(v_finished) + cardinality(v_open), 'unfinished', cardinality(v_open));
end;
$$;

create or replace function private.export_account()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_orders constant integer := 1000;
  v_person uuid := auth.uid();
begin
  if not exists (select from auth.users where users.id = v_person) then
    perform private.refuse(401, 'signed_out', '{}', 'Sign in first.');
  end if;
  return private.export_of_staff_records(v_person) || jsonb_build_object(
    'exported_at', private.clock(),
    'account', (
      select jsonb_build_object('id', users.id, 'email', users.email, 'created_at', users.created_at,
        'last_sign_in_at', users.last_sign_in_at)
      from auth.users where users.id = v_person
    ),
    'staff', (
      select jsonb_build_object('name', staff.name, 'email', staff.email, 'role', staff.role, 'active', staff.active,
        'created_at', staff.created_at)
      from public.staff where staff.user_id = v_person
    ),
    'cart', (
      select coalesce(jsonb_agg(jsonb_build_object('sku', variants.sku, 'title', products.title,
        'quantity', line.quantity) order by variants.sku), '[]')
      from public.carts
      join public.cart_lines as line on line.cart_id = carts.id
      join public.variants on variants.id = line.variant_id
      join public.products on products.id = variants.product_id
      where carts.user_id = v_person
    ),
    'waitlists', (
      select coalesce(jsonb_agg(jsonb_build_object('sku', variants.sku, 'email', entry.email, 'status', entry.status,
        'created_at', entry.created_at) order by entry.id), '[]')
      from private.waitlist as entry
      join public.variants on variants.id = entry.variant_id
      where entry.user_id = v_person
    ),
    'orders_total', (select count(*) from public.orders where orders.user_id = v_person),
    'orders', (
      select coalesce(jsonb_agg(private.order_as_json(own.id) - '{version,now}'::text[] order by own.number desc), '[]')
      from (
        select orders.id, orders.number from public.orders where orders.user_id = v_person
        order by orders.number desc limit c_orders
      ) as own
    )
  );
end;
$$;

create or replace function private.export_of_staff_records(person uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'marketing_consents', (
      select coalesce(jsonb_agg(jsonb_build_object('given', consent.given, 'source', consent.source,
        'at', consent.created_at) order by consent.id), '[]')
      from public.marketing_consents as consent
      where consent.user_id = person
        or consent.order_id in (select orders.id from public.orders where orders.user_id = person)
    ),
    'notes', (
      select coalesce(jsonb_agg(jsonb_build_object('body', note.body, 'at', note.created_at) order by note.id), '[]')
      from public.customer_notes as note
      where note.order_id in (select orders.id from public.orders where orders.user_id = person)
    )
  );
end;
$$;

create or replace function private.forget_consents(person uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform set_config('onhand.erasing', 'on', true);
  delete from public.marketing_consents as consent where consent.user_id = person;
  perform set_config('onhand.erasing', '', true);
end;
$$;

create or replace function private.forget_customer_of_order()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_erasing text := coalesce(current_setting('onhand.erasing', true), '');
begin
  perform set_config('onhand.erasing', 'on', true);
  delete from public.customer_notes as note where note.order_id = new.id;
  delete from public.marketing_consents as consent where consent.order_id = new.id;
  perform set_config('onhand.erasing', v_erasing, true);
  return null;
end;
$$;

create or replace function private.give_order(order_id uuid, user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_order public.orders;
begin
  begin
    update public.orders set user_id = give_order.user_id
    where orders.id = give_order.order_id
    returning * into v_order;
  exception when foreign_key_violation then
    perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
  end;
  if v_order.placed_at is not null then
    insert into public.customers as customer (user_id, orders, total_minor, cancelled)
    values (give_order.user_id, 1, v_order.total_minor, (v_order.status = 'cancelled')::integer)
    on conflict on constraint customers_pkey do update
    set orders = customer.orders + 1,
      total_minor = customer.total_minor + excluded.total_minor,
      cancelled = customer.cancelled + excluded.cancelled,
      updated_at = now();
  end if;
end;
$$;

create or replace function private.leave_with_person()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op <> 'DELETE' or coalesce(current_setting('onhand.erasing', true), '') <> 'on' then
    perform private.refuse(403, 'ledger_is_append_only', '{}', 'Write another line that corrects it.');
  end if;
  return old;
end;
$$;

create or replace function private.merge_as_json(ordered public.orders)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'guest_orders', (
      select count(*)
      from private.account_of_customer(ordered) as account
      join public.orders as guest on coalesce(guest.user_id::text, guest.email) = account.email
      where guest.erased_at is null and guest.erase_asked_at is null
    ),
    'merged_orders', (
      select count(*) from private.orders_of_customer(ordered) as own
      where own.user_id is not null and private.was_merged(own.id)
    )
  );
end;
$$;

create or replace function private.merge_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_orders constant integer := 200;
  v_response jsonb;
  v_account record;
  v_ids uuid[];
  v_id uuid;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'merge_customer', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  select * into v_account from private.account_of_customer(private.customer_of(order_id));
  if not found then
    perform private.refuse(409, 'no_account', jsonb_build_object('order_id', order_id),
      'No account has confirmed this e-mail address.');
  end if;
  v_ids := array(
    select guest.id from public.orders as guest
    where guest.user_id is null and guest.erased_at is null and guest.erase_asked_at is null and guest.id in (
      select each.id from public.orders as each
      where coalesce(each.user_id::text, each.email) = v_account.email
        and each.erased_at is null and each.erase_asked_at is null
      order by each.number limit c_orders
    )
    order by guest.id for no key update
  );
  begin
    foreach v_id in array v_ids loop
      perform private.give_order(v_id, v_account.user_id);
    end loop;
  exception when sqlstate 'PT401' then
    perform private.refuse(409, 'no_account', jsonb_build_object('order_id', order_id), 'The account was deleted.');
  end;
  insert into public.order_events (order_id, kind) select each.id, 'joined_account' from unnest(v_ids) as each (id);
  v_response := jsonb_build_object('orders', cardinality(v_ids));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.notes_as_json(ordered public.orders)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  c_notes constant integer := 100;
begin
  return jsonb_build_object(
    'notes', (
      select coalesce(jsonb_agg(jsonb_build_object('id', note.id, 'body', note.body, 'actor', note.actor,
        'at', note.created_at) order by note.id desc), '[]')
      from (
        select note.* from public.customer_notes as note
        where note.order_id in (select own.id from private.orders_of_customer(ordered) as own)
        order by note.id desc limit c_notes
      ) as note
    )
  );
end;
$$;

create or replace function private.orders_as_json(ordered public.orders, before bigint)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  c_orders constant integer := 20;
begin
  return jsonb_build_object(
    'sums', (
      select coalesce(jsonb_agg(jsonb_build_object('currency', each.currency, 'total_minor', each.total_minor)
        order by each.currency), '[]')
      from (
        select own.currency, sum(own.total_minor) as total_minor
        from private.orders_of_customer(ordered) as own
        where own.placed_at is not null and own.status <> 'cancelled'
        group by own.currency
      ) as each
    ),
    'orders', (
      select coalesce(jsonb_agg(jsonb_build_object('order_id', own.id, 'number', own.number, 'status', own.status,
        'currency', own.currency, 'total_minor', own.total_minor, 'units', own.units, 'created_at', own.created_at)
        order by own.number desc), '[]')
      from (
        select own.* from private.orders_of_customer(ordered) as own
        where orders_as_json.before is null or own.number < orders_as_json.before
        order by own.number desc limit c_orders + 1
      ) as own
    )
  );
end;
$$;

create or replace function private.orders_of_customer(ordered public.orders)
returns setof public.orders
language sql
stable
set search_path = ''
as $$
  select own.* from public.orders as own
  where coalesce(own.user_id::text, own.email) = coalesce(ordered.user_id::text, ordered.email)
    and own.erased_at is null and own.erase_asked_at is null
$$;

create or replace function private.own_consent(given boolean)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
declare
  c_changes constant integer := 100;
  v_person uuid := auth.uid();
  v_of public.orders;
  v_now boolean;
begin
  v_of.user_id := v_person;
  v_now := coalesce((private.current_consent(v_of)).given, false);
  if own_consent.given is null or own_consent.given = v_now then
    return v_now;
  end if;
  -- A withdrawal is never refused.
  if given and (
    select count(*) from public.marketing_consents as consent where consent.user_id = v_person
  ) >= c_changes then
    perform private.refuse(422, 'invalid_input', '{"field": "given", "problem": "changed 100 times already"}',
      'Ask the shop to change it.');
  end if;
  insert into public.marketing_consents (user_id, given, source) values (v_person, own_consent.given, 'customer');
  return own_consent.given;
exception when foreign_key_violation or not_null_violation or check_violation then
  perform private.refuse(401, 'signed_out', '{}', 'Sign in first.');
  return null;
end;
$$;

create or replace function private.read_customer(order_id uuid, before bigint)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_order public.orders;
  v_consent public.marketing_consents;
begin
  perform private.require_role('viewer');
  v_order := private.customer_of(order_id);
  v_consent := private.current_consent(v_order);
  return jsonb_build_object(
    'order_id', v_order.id, 'name', v_order.name, 'email', v_order.email, 'phone', v_order.phone,
    'address', v_order.address, 'has_account', v_order.user_id is not null,
    'account_email', (select lower(users.email) from auth.users where users.id = v_order.user_id),
    'total', (select count(*) from private.orders_of_customer(v_order)),
    'first_order_at', (select min(own.created_at) from private.orders_of_customer(v_order) as own),
    'consent', case when v_consent.id is not null then jsonb_build_object('given', v_consent.given,
      'source', v_consent.source, 'at', v_consent.created_at) end
  ) || private.orders_as_json(v_order, before) || private.notes_as_json(v_order) || private.merge_as_json(v_order);
end;
$$;

create or replace function private.read_customers(words text, before bigint, size integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  v_words text := nullif(lower(trim(left(words, 200))), '');
  v_number bigint := substring(v_words from '^#?(\d{1,18})$')::bigint;
  v_like text := '%' || replace(replace(replace(v_words, '\', '\\'), '%', '\%'), '_', '\_') || '%';
begin
  perform private.require_role('viewer');
  return (
    select coalesce(jsonb_agg(jsonb_build_object('order_id', latest.id, 'number', latest.number, 'name', latest.name,
      'email', latest.email, 'has_account', latest.user_id is not null, 'last_order_at', latest.created_at,
      'orders', (
        select count(*) from public.orders as own
        where coalesce(own.user_id::text, own.email) = coalesce(latest.user_id::text, latest.email)
          and own.erased_at is null and own.erase_asked_at is null
      )) order by latest.number desc), '[]')
    from (
      select orders.* from public.orders
      where orders.erased_at is null and orders.erase_asked_at is null
        -- Walk-in customers at the counter stay unknown.
        and not orders.is_walk_in
        and (read_customers.before is null or orders.number < read_customers.before)
        and (v_words is null or orders.number = v_number or lower(orders.name || ' ' || orders.email) like v_like)
        and not exists (
          select from public.orders as newer
          where coalesce(newer.user_id::text, newer.email) = coalesce(orders.user_id::text, orders.email)
            and newer.erased_at is null and newer.erase_asked_at is null and newer.number > orders.number
            and (v_words is null or newer.number = v_number or lower(newer.name || ' ' || newer.email) like v_like)
        )
      order by orders.number desc
      limit least(greatest(coalesce(read_customers.size, 50), 1), 101)
    ) as latest
  );
end;
$$;

create or replace function private.record_consent(order_id uuid, given boolean, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  c_changes constant integer := 100;
  v_response jsonb;
  v_order public.orders;
begin
  perform private.require_role('stock');
  if given is null then
    perform private.refuse(422, 'invalid_input', '{"field": "given", "problem": "missing"}', 'Send true or false.');
  end if;
  v_response := private.begin_once(idempotency_key, 'record_consent', jsonb_build_array(order_id, given));
  if v_response is not null then
    return v_response;
  end if;
  perform private.lock_order(order_id);
  v_order := private.customer_of(order_id);
  if (private.current_consent(v_order)).given is distinct from record_consent.given then
    -- A withdrawal is never refused.
    if given and (
      select count(*) from public.marketing_consents as consent where consent.order_id = v_order.id
    ) >= c_changes then
      perform private.refuse(422, 'invalid_input', '{"field": "given", "problem": "changed 100 times already"}',
        'Ask the customer to change it in their account.');
    end if;
    insert into public.marketing_consents (order_id, given, source) values (v_order.id, given, 'staff');
  end if;
  v_response := jsonb_build_object('given', given);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.separate_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_ids uuid[];
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'separate_customer', jsonb_build_array(order_id));
  if v_response is not null then
    return v_response;
  end if;
  v_ids := array(
    select own.id from public.orders as own
    where own.user_id = (private.customer_of(order_id)).user_id
      and own.erased_at is null and own.erase_asked_at is null and private.was_merged(own.id)
    order by own.id for no key update
  );
  perform private.forget_customers(v_ids);
  insert into public.order_events (order_id, kind) select each.id, 'left_account' from unnest(v_ids) as each (id);
  v_response := jsonb_build_object('orders', cardinality(v_ids));
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.was_merged(order_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select event.kind = 'joined_account' from public.order_events as event
    where event.order_id = was_merged.order_id and event.kind in ('joined_account', 'left_account')
    order by event.id desc limit 1
  ), false)
$$;

create or replace function public.add_customer_note(order_id uuid, body text, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.add_customer_note(order_id, body, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."add_customer_note"(uuid, text, uuid) FROM "anon";

create or replace function public.merge_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.merge_customer(order_id, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."merge_customer"(uuid, uuid) FROM "anon";

create or replace function public.own_consent(given boolean default null)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.own_consent(given);
end;
$$;

REVOKE ALL ON FUNCTION "public"."own_consent"(boolean) FROM "anon";

REVOKE ALL ON FUNCTION "public"."own_consent"(boolean) FROM "service_role";

create or replace function public.read_customer(order_id uuid, before bigint default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_customer(order_id, before);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_customer"(uuid, bigint) FROM "anon";

create or replace function public.read_customers(words text default null, before bigint default null, size integer default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_customers(words, before, size);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_customers"(text, bigint, integer) FROM "anon";

create or replace function public.record_consent(order_id uuid, given boolean, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.record_consent(order_id, given, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."record_consent"(uuid, boolean, uuid) FROM "anon";

create or replace function public.separate_customer(order_id uuid, idempotency_key uuid)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.separate_customer(order_id, idempotency_key);
end;
$$;

REVOKE ALL ON FUNCTION "public"."separate_customer"(uuid, uuid) FROM "anon";

ALTER TABLE "public"."customer_notes" ADD CONSTRAINT "customer_notes_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE "public"."marketing_consents" ADD CONSTRAINT "marketing_consents_of_customers_are_of_accounts" CHECK (((source = 'customer'::public.consent_source) = (user_id IS NOT NULL)));

ALTER TABLE "public"."marketing_consents" ADD CONSTRAINT "marketing_consents_order_id_fkey" FOREIGN KEY (order_id) REFERENCES public.orders(id);

ALTER TABLE "public"."marketing_consents" ADD CONSTRAINT "marketing_consents_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

CREATE INDEX customer_notes_by_order ON public.customer_notes USING btree (order_id);

CREATE INDEX marketing_consents_by_order ON public.marketing_consents USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX marketing_consents_by_user ON public.marketing_consents USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX orders_of_customers ON public.orders USING btree (COALESCE((user_id)::text, email), number DESC) WHERE ((erased_at IS NULL) AND (erase_asked_at IS NULL));

CREATE TRIGGER customer_notes_stay_all BEFORE TRUNCATE ON public.customer_notes FOR EACH STATEMENT EXECUTE FUNCTION private.stay_as_written();

CREATE TRIGGER customer_notes_stay BEFORE DELETE OR UPDATE ON public.customer_notes FOR EACH ROW EXECUTE FUNCTION private.leave_with_person();

CREATE TRIGGER marketing_consents_stay_all BEFORE TRUNCATE ON public.marketing_consents FOR EACH STATEMENT EXECUTE FUNCTION private.stay_as_written();

CREATE TRIGGER marketing_consents_stay BEFORE DELETE OR UPDATE ON public.marketing_consents FOR EACH ROW EXECUTE FUNCTION private.leave_with_person();

CREATE TRIGGER orders_forget_their_customer AFTER UPDATE OF erased_at, erase_asked_at ON public.orders FOR EACH ROW WHEN (((new.erased_at IS NOT NULL) OR (new.erase_asked_at IS NOT NULL))) EXECUTE FUNCTION private.forget_customer_of_order();

CREATE POLICY "staff read notes about customers" ON "public"."customer_notes" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "staff see who agreed to advertising" ON "public"."marketing_consents" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

COMMENT ON FUNCTION "private"."account_of_customer"(public.orders) IS 'The account that guest orders of this customer can join: theirs, or the one with their e-mail address, confirmed.';

COMMENT ON FUNCTION "private"."add_customer_note"(uuid, text, uuid) IS 'See public.add_customer_note.';

COMMENT ON FUNCTION "private"."current_consent"(public.orders) IS 'The consent of a customer that counts: the latest.';

COMMENT ON FUNCTION "private"."customer_of"(uuid) IS 'An order whose person is known. Raises not_found (404), also while the person waits to be erased.';

COMMENT ON FUNCTION "private"."export_of_staff_records"(uuid) IS 'Records about a person beside their orders: consents to advertising, and notes of staff.';

COMMENT ON FUNCTION "private"."forget_consents"(uuid) IS 'Deletes the consents of an account that is erased.';

COMMENT ON FUNCTION "private"."forget_customer_of_order"() IS 'After-update trigger of orders: notes and consents end when the person is erased from the order, or asks for it.';

COMMENT ON FUNCTION "private"."give_order"(uuid, uuid) IS 'Makes a guest''s order one of an account. The caller holds the order. Raises signed_out (401) for an account that was
   deleted.';

COMMENT ON FUNCTION "private"."leave_with_person"() IS 'Before-trigger of what staff record about a customer: a row never changes, and is deleted only while its person is
   erased. Raises ledger_is_append_only (403).';

COMMENT ON FUNCTION "private"."merge_as_json"(public.orders) IS 'How many orders can join the account of a customer or leave it. See public.read_customer.';

COMMENT ON FUNCTION "private"."merge_customer"(uuid, uuid) IS 'See public.merge_customer.';

COMMENT ON FUNCTION "private"."notes_as_json"(public.orders) IS 
  'The latest notes about a customer. See public.read_customer.';

COMMENT ON FUNCTION "private"."orders_as_json"(public.orders, bigint) IS 'Sums and a page of the orders of a customer. See public.read_customer.';

COMMENT ON FUNCTION "private"."orders_of_customer"(public.orders) IS 'Every order of the customer of an order.';

COMMENT ON FUNCTION "private"."own_consent"(boolean) IS 'See public.own_consent.';

COMMENT ON FUNCTION "private"."read_customer"(uuid, bigint) IS 'See public.read_customer.';

COMMENT ON FUNCTION "private"."read_customers"(text, bigint, integer) IS 'See public.read_customers.';

COMMENT ON FUNCTION "private"."record_consent"(uuid, boolean, uuid) IS 'See public.record_consent.';

COMMENT ON FUNCTION "private"."separate_customer"(uuid, uuid) IS 'See public.separate_customer.';

COMMENT ON FUNCTION "private"."was_merged"(uuid) IS 'Whether staff added this order to the account that it is in.';

COMMENT ON FUNCTION "public"."add_customer_note"(uuid, text, uuid) IS 'Notes something about the customer of an order: up to 2000 characters, 500 notes a customer. A note never changes,
   and ends when the person is erased; the person gets it with their data. Returns {id}. Staff of role stock. Raises
   role_required (403), not_found (404), invalid_input (422), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."export_account"() IS 'The personal data of the signed-in caller: {exported_at, account, staff, cart, waitlists, marketing_consents,
   notes: what staff noted, orders_total, orders}, the latest 1000 orders as read_order returns them. Raises
   signed_out (401).';

COMMENT ON FUNCTION "public"."merge_customer"(uuid, uuid) IS 'Adds the orders that guests placed with the e-mail address of an account to that account, at most 200 a call. The
   order is one of the account, or one of the guest. Only an address that the account has confirmed counts. Returns
   {orders}. Managers. Raises role_required (403), not_found (404), no_account (409), idempotency_key_reused (409),
   busy (503).';

COMMENT ON FUNCTION "public"."own_consent"(boolean) IS 'Whether the signed-in caller agreed to advertising; given changes it. Raises signed_out (401),
   invalid_input (422, after 100 changes; a withdrawal is never refused).';

COMMENT ON FUNCTION "public"."read_customer"(uuid, bigint) IS 'The customer of an order: {order_id, name, email, phone, address, has_account, account_email, total, first_order_at,
   sums: [{currency, total_minor}] of orders placed and not cancelled, orders: up to 21 before a number, newest first,
   notes: the latest 100, consent: {given, source, at} or NULL, guest_orders: how many can join the account,
   merged_orders: how many staff added}. Staff. Raises role_required (403), not_found (404).';

COMMENT ON FUNCTION "public"."read_customers"(text, bigint, integer) IS 'Customers by their latest order, newest first, up to 100: [{order_id, number, name, email, has_account,
   last_order_at, orders}]. words: part of a name or e-mail address, or an order number; then order_id is the latest
   order that matches. The next page is before the number of the last. Staff. Raises role_required (403).';

COMMENT ON FUNCTION "public"."record_consent"(uuid, boolean, uuid) IS 'Records that the customer of an order told staff to send advertising, or to stop. The same again changes nothing.
   Returns {given}. Staff of role stock. Raises role_required (403), not_found (404), invalid_input (422, also after 100
   changes), idempotency_key_reused (409), busy (503).';

COMMENT ON FUNCTION "public"."separate_customer"(uuid, uuid) IS 'The inverse of merge_customer: the orders that staff added to the account of this order are guest orders again.
   Returns {orders}. Managers. Raises role_required (403), not_found (404), idempotency_key_reused (409), busy (503).';

COMMENT ON TABLE "public"."customer_notes" IS 'Notes of staff about the customer of an order. Append-only; ends when the person is erased.';

COMMENT ON TABLE "public"."marketing_consents" IS 'Whether a customer agreed to advertising, each time it changed; the latest counts. Append-only; ends when the person
   is erased.';

COMMENT ON TYPE "public"."consent_source" IS 'customer: by the account itself. staff: told to a staff member, by phone or at the counter.';

REVOKE ALL ON FUNCTION "private"."account_of_customer"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."add_customer_note"(uuid, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."add_customer_note"(uuid, text, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."add_customer_note"(uuid, text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."current_consent"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."customer_of"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."export_of_staff_records"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_consents"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_customer_of_order"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."give_order"(uuid, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_with_person"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."merge_as_json"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."merge_customer"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."merge_customer"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."merge_customer"(uuid, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."notes_as_json"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."orders_as_json"(public.orders, bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."orders_of_customer"(public.orders) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."own_consent"(boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."own_consent"(boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "private"."read_customer"(uuid, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_customer"(uuid, bigint) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_customer"(uuid, bigint) TO "service_role";

REVOKE ALL ON FUNCTION "private"."read_customers"(text, bigint, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_customers"(text, bigint, integer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_customers"(text, bigint, integer) TO "service_role";

REVOKE ALL ON FUNCTION "private"."record_consent"(uuid, boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."record_consent"(uuid, boolean, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."record_consent"(uuid, boolean, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."separate_customer"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."separate_customer"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."separate_customer"(uuid, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."was_merged"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."add_customer_note"(uuid, text, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."add_customer_note"(uuid, text, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."add_customer_note"(uuid, text, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."merge_customer"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."merge_customer"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."merge_customer"(uuid, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."own_consent"(boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."own_consent"(boolean) TO "authenticated";

REVOKE ALL ON FUNCTION "public"."read_customer"(uuid, bigint) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_customer"(uuid, bigint) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_customer"(uuid, bigint) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_customers"(text, bigint, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_customers"(text, bigint, integer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_customers"(text, bigint, integer) TO "service_role";

REVOKE ALL ON FUNCTION "public"."record_consent"(uuid, boolean, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."record_consent"(uuid, boolean, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."record_consent"(uuid, boolean, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."separate_customer"(uuid, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."separate_customer"(uuid, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."separate_customer"(uuid, uuid) TO "service_role";

REVOKE ALL ON TABLE "public"."customer_notes" FROM "authenticated";

GRANT SELECT ON TABLE "public"."customer_notes" TO "authenticated";

REVOKE ALL ON TABLE "public"."customer_notes" FROM "service_role";

GRANT SELECT ON TABLE "public"."customer_notes" TO "service_role";

REVOKE ALL ON TABLE "public"."marketing_consents" FROM "authenticated";

GRANT SELECT ON TABLE "public"."marketing_consents" TO "authenticated";

REVOKE ALL ON TABLE "public"."marketing_consents" FROM "service_role";

GRANT SELECT ON TABLE "public"."marketing_consents" TO "service_role";

reset check_function_bodies;
