set check_function_bodies = off;

ALTER TABLE "public"."claims" DROP CONSTRAINT "claims_have_one_owner";

CREATE SEQUENCE "private"."waitlist_places" AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1 NO CYCLE;

CREATE TABLE "private"."waitlist_links" ("token_hash" bytea NOT NULL, "entry_id" bigint NOT NULL, CONSTRAINT "waitlist_links_pkey" PRIMARY KEY (token_hash), CONSTRAINT "waitlist_links_token_hash_check" CHECK ((length(token_hash) = 32)));

ALTER TABLE "private"."waitlist_links" ENABLE ROW LEVEL SECURITY;

CREATE TYPE "public"."waitlist_status" AS ENUM ('unconfirmed', 'waiting', 'offered', 'accepted', 'lapsed');

CREATE TABLE "private"."waitlist" ("id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "variant_id" uuid NOT NULL, "user_id" uuid, "email" text NOT NULL, "network" text, "status" public.waitlist_status NOT NULL, "place" bigint, "offered_until" timestamp with time zone, CONSTRAINT "waitlist_email_check" CHECK (((length(email) >= 3) AND (length(email) <= 254))), CONSTRAINT "waitlist_network_check" CHECK ((network ~ '^[0-9a-f]{32}$'::text)), CONSTRAINT "waitlist_pkey" PRIMARY KEY (id), CONSTRAINT "waitlist_place_key" UNIQUE (place), "created_at" timestamp with time zone NOT NULL DEFAULT private.clock());

ALTER TABLE "private"."waitlist" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "private"."shop_limits" ADD COLUMN "offer_time" interval NOT NULL DEFAULT '02:00:00'::interval;

ALTER TABLE "private"."shop_limits" ADD COLUMN "open_units" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."availability" ADD COLUMN "in_line" integer NOT NULL DEFAULT 0;

ALTER TABLE "public"."claims" ADD COLUMN "offer_id" bigint;

ALTER TYPE "public"."mail_kind" ADD VALUE 'waitlist_confirm' AFTER 'staff_invitation';

ALTER TYPE "public"."mail_kind" ADD VALUE 'waitlist_offer' AFTER 'waitlist_confirm';



create or replace function private.accept_offer(waitlist_token text, idempotency_key uuid, cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_cart public.carts;
  v_entry private.waitlist;
begin
  v_response := private.begin_once(idempotency_key, 'accept_offer',
    jsonb_build_array(private.cart_owner(cart_token), encode(private.token_hash(waitlist_token), 'hex')));
  if v_response is not null then
    return v_response;
  end if;
  v_cart := private.own_cart(cart_token, make => true, seen_in => private.believed_network(network));
  perform private.check_caller('hold', private.subject_of(v_cart.token_hash, v_cart.user_id), v_cart.network);
  v_entry := private.entry_of(waitlist_token);
  perform private.queue_for(array[v_entry.variant_id]);
  perform private.release_expired(array[v_entry.variant_id]);
  -- Again, under the lock.
  v_entry := private.entry_of(waitlist_token);
  if v_entry.status <> 'offered' then
    perform private.refuse(409, 'offer_ended', jsonb_build_object('status', v_entry.status),
      'The offer has ended. Join the waitlist again.');
  end if;
  perform private.add_offered_unit(v_cart, v_entry);
  perform private.check_cart(v_cart.id, (select shop_limits from private.shop_limits));
  perform private.check_limits(array[v_entry.variant_id], array[(
    select line.quantity from public.cart_lines as line
    where line.cart_id = v_cart.id and line.variant_id = v_entry.variant_id
  )], v_cart.user_id, v_cart.token_hash);
  v_response := private.cart_as_json(v_cart.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers(
    'hold', array[private.subject_of(v_cart.token_hash, v_cart.user_id)], array[v_cart.network]
  );
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.add_offered_unit(cart public.carts, entry private.waitlist)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_held integer;
  v_offer public.claims;
  v_until timestamptz;
begin
  select * into v_offer from public.claims where claims.offer_id = entry.id;
  select coalesce(sum(claims.quantity), 0), greatest(max(claims.expires_at), v_offer.expires_at) into v_held, v_until
  from public.claims where claims.cart_id = cart.id and claims.variant_id = entry.variant_id;
  -- A line is held in full or not at all.
  insert into public.cart_lines as line (cart_id, variant_id, quantity, price_minor, held_since, held_until)
  select cart.id, variants.id, v_held + 1, variants.price_minor, private.clock(), v_until
  from public.variants where variants.id = entry.variant_id
  on conflict on constraint cart_lines_pkey do update
  set quantity = excluded.quantity, price_minor = excluded.price_minor, held_since = excluded.held_since,
    held_until = excluded.held_until;

  perform set_config('onhand.offers_wait', 'on', true);
  if exists (
    select from public.claims where claims.cart_id = cart.id and claims.variant_id = entry.variant_id
      and claims.location_id = v_offer.location_id
  ) then
    delete from public.claims where claims.id = v_offer.id;
    update public.claims set quantity = claims.quantity + 1
    where claims.cart_id = cart.id and claims.variant_id = entry.variant_id
      and claims.location_id = v_offer.location_id;
  else
    update public.claims set cart_id = cart.id, offer_id = null where claims.id = v_offer.id;
  end if;
  update public.claims set expires_at = v_until
  where claims.cart_id = cart.id and claims.variant_id = entry.variant_id and claims.expires_at <> v_until;
  update private.waitlist set status = 'accepted' where waitlist.id = entry.id;
  perform set_config('onhand.offers_wait', '', true);
end;
$$;

create or replace function private.adopt_cart(cart_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_own public.carts := private.own_cart(null, make => true);
  v_guest public.carts;
  v_variants uuid[];
  v_variant uuid;
  v_fewer jsonb := '[]';
begin
  select * into v_guest from public.carts where carts.token_hash = private.token_hash(cart_token) for no key update;
  select coalesce(array_agg(line.variant_id order by line.variant_id), '{}') into v_variants
  from public.cart_lines as line
  where line.cart_id = v_guest.id;
  perform private.queue_for(v_variants);
  perform private.release_expired(v_variants);
  -- Units are given back and taken again below: they were the person's all the time.
  perform set_config('onhand.offers_wait', 'on', true);
  foreach v_variant in array v_variants loop
    v_fewer := v_fewer || coalesce(private.adopt_line(v_variant, v_guest.id, v_own.id), '[]');
  end loop;
  perform set_config('onhand.offers_wait', '', true);
  perform private.serve_waitlist(v_variants);
  if v_guest.discount_id is not null then
    perform private.adopt_discount(v_guest.id, v_own.id);
  end if;
  return private.cart_as_json(v_own.id) || jsonb_build_object('adopted', cardinality(v_variants), 'fewer', v_fewer);
end;
$$;

create or replace function private.ask_guest(variant_id uuid, email text, network text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  c_unconfirmed constant integer := 3;
  c_of_a_network constant integer := 10;
  v_entry private.waitlist;
begin
  if network is not null and (
    select count(*) from private.waitlist as entry
    where entry.network = ask_guest.network and entry.variant_id = ask_guest.variant_id
      and entry.status in ('unconfirmed', 'waiting', 'offered') and entry.email <> ask_guest.email
  ) >= c_of_a_network then
    perform private.refuse(private.waitlist_limit(c_of_a_network));
  end if;
  -- More than this could fill a mailbox that is not the caller's. The response is the same.
  if (
    select count(*) from private.waitlist as entry
    where entry.email = ask_guest.email and entry.status = 'unconfirmed' and entry.variant_id <> ask_guest.variant_id
  ) >= c_unconfirmed then
    return;
  end if;
  insert into private.waitlist (variant_id, email, network, status)
  values (ask_guest.variant_id, ask_guest.email, ask_guest.network, 'unconfirmed')
  on conflict do nothing;
  select * into v_entry from private.waitlist as entry
  where entry.variant_id = ask_guest.variant_id and entry.email = ask_guest.email
    and entry.status in ('unconfirmed', 'waiting', 'offered');
  if v_entry.status = 'unconfirmed' then
    -- One an hour, however often they ask.
    perform private.owe_waitlist_mail(v_entry.id, 'waitlist_confirm',
      date_trunc('hour', private.clock(), 'UTC')::text, private.clock() + interval '3 days');
  end if;
end;
$$;

create or replace function private.confirm_waitlist(waitlist_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_entry private.waitlist := private.entry_of(waitlist_token);
begin
  if v_entry.status = 'unconfirmed' then
    perform private.queue_for(array[v_entry.variant_id]);
    perform private.release_expired(array[v_entry.variant_id]);
    perform private.take_place(v_entry.id, v_entry.variant_id);
  end if;
  return private.read_waitlist_entry(waitlist_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.drop_waitlist_mail()
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from private.mail
  where mail.status = 'waiting' and mail.due_at <= private.clock() and mail.request like 'waitlist:%'
    and not exists (
      select from private.waitlist as entry
      where entry.id = split_part(mail.request, ':', 2)::bigint
        and case mail.kind
          when 'waitlist_confirm' then entry.status = 'unconfirmed'
          else exists (
            select from public.claims where claims.offer_id = entry.id and claims.expires_at > private.clock()
          )
        end
    );
end;
$$;

create or replace function private.entries_match_their_offer()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  select jsonb_build_object('entry_id', entry.id, 'status', entry.status, 'claim', claims.id)
  into v_found
  from private.waitlist as entry
  left join public.claims on claims.offer_id = entry.id
  where entry.id = new.id
    and ((entry.status = 'offered') <> (claims.id is not null) or claims.variant_id <> entry.variant_id);
  if found then
    perform private.break_promise('entries_match_their_offer', v_found);
  end if;
  return null;
end;
$$;

create or replace function private.entry_of(waitlist_token text)
returns private.waitlist
language plpgsql
stable
set search_path = ''
as $$
declare
  v_entry private.waitlist;
begin
  select entry.* into v_entry
  from private.waitlist_links as link
  join private.waitlist as entry on entry.id = link.entry_id
  where link.token_hash = private.token_hash(waitlist_token);
  if not found then
    perform private.refuse(404, 'not_found', '{}', 'The entry has ended. Join the waitlist again.');
  end if;
  return v_entry;
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
  return jsonb_build_object(
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

create or replace function private.forget_waiting(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_variant uuid;
  v_entries bigint[];
begin
  -- One line a call: the job locks no second variant.
  select old.variant_id, array_agg(old.id) into v_variant, v_entries
  from (
    select each.id, each.variant_id from private.waitlist as each
    where each.created_at < before and each.status = 'waiting' order by each.created_at limit at_most
  ) as old
  group by old.variant_id
  order by old.variant_id
  limit 1;
  if not found then
    return 0;
  end if;
  perform private.queue_for(array[v_variant]);
  delete from private.waitlist as entry where entry.id = any (v_entries) and entry.status = 'waiting';
  return cardinality(v_entries);
end;
$$;

create or replace function private.forget_waitlist(before timestamptz, at_most integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  delete from private.waitlist as entry
  where entry.id = any (array(
    select old.id from private.waitlist as old
    where old.created_at < before and (
      old.status = 'unconfirmed' or old.status in ('accepted', 'lapsed') and old.offered_until < before
    )
    order by old.created_at limit at_most for update skip locked
  ));
  get diagnostics v_done = row_count;
  return v_done;
end;
$$;

create or replace function private.join_account(wanted uuid, address text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_entry bigint;
begin
  -- An entry of a guest with this address becomes the account's.
  insert into private.waitlist as entry (variant_id, email, user_id, status)
  values (join_account.wanted, join_account.address, auth.uid(), 'unconfirmed')
  on conflict (variant_id, email) where status in ('unconfirmed', 'waiting', 'offered') do update
  set user_id = excluded.user_id
  returning entry.id into v_entry;
  if exists (select from private.waitlist as entry where entry.id = v_entry and entry.status = 'unconfirmed') then
    perform private.take_place(v_entry, join_account.wanted);
  end if;
end;
$$;

create or replace function private.join_waitlist(variant_id uuid, idempotency_key uuid, email text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set lock_timeout = '3s'
as $$
declare
  v_network text := private.believed_network(network);
  v_email text := private.email_in(to_jsonb(coalesce(
    (select users.email from auth.users where users.id = auth.uid()), join_waitlist.email
  )));
  v_response jsonb;
begin
  v_response := private.begin_once(
    idempotency_key, 'join_waitlist', jsonb_build_array(auth.uid(), v_email, variant_id)
  );
  if v_response is not null then
    return v_response;
  end if;
  if v_email is null then
    perform private.refuse(422, 'invalid_input', '{"field": "email", "problem": "missing or not valid"}',
      'Send the address that the offer goes to.');
  end if;
  perform private.take_turn('waitlist', null, v_network);
  if not exists (
    select from public.variants
    join public.products on products.id = variants.product_id and products.status = 'active'
    where variants.id = join_waitlist.variant_id and variants.active
  ) then
    perform private.refuse(
      404, 'not_found', jsonb_build_object('variant_id', variant_id), 'It is not for sale any more.'
    );
  end if;
  perform private.queue_for(array[variant_id]);
  perform private.release_expired(array[variant_id]);
  if private.units_for_sale(variant_id) > 0 then
    perform private.refuse(
      409, 'still_available', jsonb_build_object('variant_id', variant_id), 'Put it into the cart.'
    );
  end if;
  if auth.uid() is null then
    perform private.ask_guest(variant_id, v_email, v_network);
  else
    perform private.join_account(variant_id, v_email);
  end if;
  v_response := jsonb_build_object('is_confirmed', auth.uid() is not null);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.leave_lines(entries bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from public.claims where claims.offer_id = any (entries);
  delete from private.mail
  where mail.request like 'waitlist:%' and split_part(mail.request, ':', 2) = any (entries::text[]);
  delete from private.waitlist as entry where entry.id = any (entries);
end;
$$;

create or replace function private.leave_waitlist(waitlist_token text)
returns boolean
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_entry private.waitlist := private.entry_of(waitlist_token);
begin
  perform private.queue_for(array[v_entry.variant_id]);
  perform private.leave_lines(array[v_entry.id]);
  return true;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.levels_sum()
returns trigger
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  v_lines uuid[];
begin
  if not exists (select from changed) then
    return null;
  end if;
  with summed as (
    update public.availability
    set on_hand = sums.on_hand,
      held = sums.held,
      committed = sums.committed,
      safety = sums.safety,
      available = sums.available,
      version = availability.version + 1,
      updated_at = now()
    from (select distinct changed.variant_id from changed) as moved
    cross join lateral (
      select sum(level.on_hand)::integer as on_hand,
        sum(level.held)::integer as held,
        sum(level.committed)::integer as committed,
        sum(level.safety)::integer as safety,
        sum(level.available)::integer as available
      from public.stock_levels as level
      where level.variant_id = moved.variant_id
    ) as sums
    where availability.variant_id = moved.variant_id
      and (availability.on_hand, availability.held, availability.committed, availability.safety)
        is distinct from (sums.on_hand, sums.held, sums.committed, sums.safety)
    returning availability.variant_id, availability.in_line
  )
  select array_agg(summed.variant_id) into v_lines from summed where summed.in_line > 0;
  -- Before the shelf: units that belong to the waitlist are never shown to others.
  if v_lines is not null then
    perform private.serve_waitlist(v_lines);
  end if;
  perform private.refresh_shelf(array(select distinct changed.variant_id from changed));
  return null;
end;
$$;

create or replace function private.make_offers(variant_id uuid)
returns integer
language plpgsql
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_due integer := private.offers_due(variant_id);
  v_until timestamptz;
  v_served bigint[];
begin
  if v_due = 0 then
    return 0;
  end if;
  v_served := array(
    select entry.id from private.waitlist as entry
    where entry.variant_id = make_offers.variant_id and entry.status = 'waiting'
    order by entry.place limit v_due
  );
  if v_served = '{}' then
    return 0;
  end if;
  select private.clock() + limits.offer_time into v_until from private.shop_limits as limits where limits.only_row;
  update private.waitlist as entry
  set status = 'offered', offered_until = v_until
  where entry.id = any (v_served);
  -- One statement, so that no trigger sees a part of the offers. No network: offers are not a guest's doing.
  insert into public.claims (variant_id, location_id, offer_id, quantity, expires_at, network)
  select make_offers.variant_id, unit.location_id, served.id, 1, v_until, null
  from unnest(v_served) with ordinality as served (id, n)
  join (
    select level.location_id, row_number() over (order by locations.position, level.location_id) as n
    from public.stock_levels as level
    join public.locations on locations.id = level.location_id and locations.active
    cross join lateral generate_series(1, least(level.available, v_due))
    where level.variant_id = make_offers.variant_id and level.available > 0
  ) as unit using (n);
  perform private.owe_waitlist_mail(served.id, 'waitlist_offer', 'offer', v_until)
  from unnest(v_served) as served (id);
  return cardinality(v_served);
end;
$$;

create or replace function private.new_waitlist_link(entry_id bigint)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_token text := translate(rtrim(encode(extensions.gen_random_bytes(32), 'base64'), '='), '+/', '-_');
begin
  insert into private.waitlist_links (token_hash, entry_id)
  values (private.token_hash(v_token), new_waitlist_link.entry_id);
  return v_token;
end;
$$;

create or replace function private.offers_are_made()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_found jsonb;
begin
  perform set_config('onhand.offers_wait', '', true);
  perform private.serve_waitlist(array[new.variant_id]);
  select jsonb_build_object('variant_id', new.variant_id, 'next', line.next, 'served', line.served, 'due', line.due)
  into v_found
  from (
    select (
        select min(entry.place) from private.waitlist as entry
        where entry.variant_id = new.variant_id and entry.status = 'waiting'
      ) as next, (
        select max(entry.place) from private.waitlist as entry
        where entry.variant_id = new.variant_id and entry.status in ('offered', 'accepted', 'lapsed')
      ) as served, private.offers_due(new.variant_id) as due
  ) as line
  where line.next is not null and (line.due > 0 or line.served > line.next);
  if found then
    perform private.break_promise('offers_are_made', v_found);
  end if;
  return null;
end;
$$;

create or replace function private.offers_due(variant_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return greatest(0, private.units_for_sale(variant_id)
    - (select limits.open_units from private.shop_limits as limits where limits.only_row));
end;
$$;

create or replace function private.open_units_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select availability.variant_id from public.availability where availability.in_line > 0 order by 1
  );
begin
  perform private.lock_variants(v_variants);
  perform private.serve_waitlist(v_variants);
  return null;
end;
$$;

create or replace function private.owe_waitlist_mail(entry_id bigint, kind public.mail_kind, what text, until timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_request text := concat_ws(':', 'waitlist', entry_id, what);
begin
  if exists (select from private.mail where mail.request = v_request) then
    return;
  end if;
  perform private.owe_account_mail(
    owe_waitlist_mail.kind, entry.email, private.new_waitlist_link(entry.id), v_request,
    jsonb_build_object('variant_id', entry.variant_id, 'title', products.title,
      'option_values', variants.option_values, 'offered_until', entry.offered_until),
    until - private.clock()
  )
  from private.waitlist as entry
  join public.variants on variants.id = entry.variant_id
  join public.products on products.id = variants.product_id
  where entry.id = owe_waitlist_mail.entry_id;
end;
$$;

create or replace function private.products_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select variants.id
    from (select id, status, limited from changed except select id, status, limited from before) as relisted
    join public.variants on variants.product_id = relisted.id
  );
begin
  perform private.lock_variants(v_variants);
  perform private.serve_waitlist(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
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
      'running_out', (select coalesce(jsonb_agg(to_jsonb(soon)), '[]') from private.running_out(at, 8) as soon),
      'waited_for', (select coalesce(jsonb_agg(to_jsonb(line)), '[]') from private.waited_for(8) as line)
    )
  );
end;
$$;

create or replace function private.read_waitlist(variant_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return jsonb_build_object(
    'in_line', coalesce((
      select availability.in_line from public.availability where availability.variant_id = read_waitlist.variant_id
    ), 0),
    'entries', (
      select coalesce(jsonb_agg(to_jsonb(listed) order by listed.place), '[]')
      from (
        select entry.id, entry.status, entry.place, entry.created_at, entry.offered_until,
          entry.user_id is not null as has_account
        from private.waitlist as entry
        where entry.variant_id = read_waitlist.variant_id and entry.status in ('waiting', 'offered')
        order by entry.place limit 50
      ) as listed
    )
  );
end;
$$;

create or replace function private.read_waitlist_entry(waitlist_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.waitlist_entry_as_json(private.entry_of(waitlist_token));
end;
$$;

create or replace function private.release_expired_holds(at_most integer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_variants uuid[];
  v_released integer;
begin
  perform private.require_secret_key('This is the clock''s job.');
  -- One overdue order a call: its locks and those of the holds below must be taken in one order, variants last.
  v_released := private.end_overdue_order(v_now);
  if v_released > 0 then
    return v_released;
  end if;

  v_variants := array(
    select distinct overdue.variant_id
    from (
      select claims.variant_id from public.claims
      where claims.expires_at <= v_now and claims.order_item_id is null
      limit release_expired_holds.at_most
    ) as overdue
  );
  perform private.queue_for(v_variants);
  with released as (
    delete from public.claims
    where claims.variant_id = any (v_variants) and claims.expires_at <= v_now and claims.order_item_id is null
    returning claims.quantity
  )
  select coalesce(sum(released.quantity), 0) into v_released from released;
  perform private.release_expired_uses();
  return v_released;
end;
$$;

create or replace function private.serve_waitlist(variant_ids uuid[])
returns void
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_variant uuid;
begin
  if coalesce(current_setting('onhand.offers_wait', true), '') = 'on' then
    return;
  end if;
  for v_variant in
    select availability.variant_id from public.availability
    where availability.variant_id = any (serve_waitlist.variant_ids) and availability.in_line > 0
    order by availability.variant_id
  loop
    update private.waitlist as entry
    set status = 'lapsed'
    where entry.variant_id = v_variant and entry.status = 'offered'
      and not exists (select from public.claims where claims.offer_id = entry.id);
    perform private.make_offers(v_variant);
  end loop;
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
  -- Missing units are not for the waitlist, and this order goes before it for those that can be found elsewhere.
  perform set_config('onhand.offers_wait', 'on', true);
  perform private.write_off(v_order, v_item, missing, location_id);
  perform private.release_expired(array[v_item.variant_id]);
  select coalesce(jsonb_agg(to_jsonb(got)), '[]'), missing - coalesce(sum(got.units), 0)
  into v_elsewhere, v_cancelled
  from private.claim_elsewhere(v_item, missing, short_pick.location_id) as got;
  perform set_config('onhand.offers_wait', '', true);
  perform private.serve_waitlist(array[v_item.variant_id]);

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

create or replace function private.take_mail(at_most integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_taken bigint[];
begin
  perform private.require_secret_key('Only the shop''s server sends e-mails.');
  perform private.remind_unpaid();
  perform private.drop_reminders();
  perform private.drop_waitlist_mail();
  perform private.give_up_mail();
  with due as (
    select mail.id from private.mail
    where mail.status = 'waiting' and mail.due_at <= private.clock()
    order by mail.due_at limit least(greatest(coalesce(take_mail.at_most, 20), 1), 100) for update skip locked
  ), taken as (
    update private.mail
    set lease = gen_random_uuid(), due_at = private.clock() + interval '5 minutes', attempts = mail.attempts + 1
    from due
    where mail.id = due.id
    returning mail.id
  )
  select array_agg(taken.id) into v_taken from taken;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('message_id', mail.id, 'lease', mail.lease, 'kind', mail.kind)
      || case when mail.event_id is null then jsonb_build_object('account', mail.account)
      else jsonb_build_object(
      'event', jsonb_build_object('id', event.id, 'kind', event.kind, 'detail', event.detail, 'at', event.created_at),
      'order_token', case when orders.user_id is null then private.new_order_link(orders.id) end,
      'collect_at', (
        select jsonb_build_object('name', location.name, 'address', location.address)
        from public.locations as location where location.id = orders.collect_at
      ),
      'order', private.order_as_json(event.order_id)) end order by mail.id), '[]')
    from private.mail
    left join public.order_events as event on event.id = mail.event_id
    left join public.orders on orders.id = event.order_id
    where mail.id = any (v_taken)
  );
end;
$$;

create or replace function private.take_place(entry_id bigint, variant_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  c_lines constant integer := 20;
begin
  if (
    select count(*) from private.waitlist as other
    join private.waitlist as own on own.id = take_place.entry_id and own.email = other.email
    where other.status in ('waiting', 'offered')
  ) >= c_lines then
    perform private.refuse(private.waitlist_limit(c_lines));
  end if;
  update private.waitlist as entry
  set status = 'waiting', place = nextval('private.waitlist_places')
  where entry.id = take_place.entry_id and entry.status = 'unconfirmed';
  -- Units can have come back in the meantime.
  perform private.serve_waitlist(array[take_place.variant_id]);
end;
$$;

create or replace function private.units_for_sale(variant_id uuid)
returns integer
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    select coalesce(sum(level.available), 0)
    from public.variants
    join public.products on products.id = variants.product_id and products.status = 'active'
    join public.stock_levels as level on level.variant_id = variants.id and level.available > 0
    join public.locations on locations.id = level.location_id and locations.active
    where variants.id = units_for_sale.variant_id and variants.active
  );
end;
$$;

create or replace function private.variants_relist()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_variants uuid[] := array(
    select relisted.id from (select id, active from changed except select id, active from before) as relisted
  );
begin
  perform private.lock_variants(v_variants);
  perform private.serve_waitlist(v_variants);
  perform private.refresh_shelf(v_variants);
  return null;
end;
$$;

create or replace function private.waited_for(at_most integer)
returns table (variant_id uuid, title text, option_values text[], sku text, in_line integer)
language sql
stable
set search_path = ''
as $$
  select availability.variant_id, products.title, variants.option_values, variants.sku, availability.in_line
  from public.availability
  join public.variants on variants.id = availability.variant_id
  join public.products on products.id = variants.product_id
  where availability.in_line > 0
  order by availability.in_line desc, availability.variant_id
  limit at_most
$$;

create or replace function private.waitlist_comes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.availability
  set in_line = availability.in_line + case tg_op when 'INSERT' then 1 else -1 end,
    version = availability.version + 1, updated_at = now()
  where availability.variant_id = case tg_op when 'INSERT' then new.variant_id else old.variant_id end;
  return null;
end;
$$;

create or replace function private.waitlist_counts()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.availability
  set in_line = availability.in_line + sums.units, version = availability.version + 1, updated_at = now()
  from (
    select each.variant_id, sum(each.units)::integer as units
    from (
      select changed.variant_id, 1 as units from changed where changed.status in ('waiting', 'offered')
      union all
      select before.variant_id, -1 from before where before.status in ('waiting', 'offered')
    ) as each
    group by each.variant_id
  ) as sums
  where availability.variant_id = sums.variant_id and sums.units <> 0;
  return null;
end;
$$;

create or replace function private.waitlist_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select 'availability.in_line', availability.variant_id, null::uuid,
    jsonb_build_object('in_line', coalesce(sums.people, 0)), jsonb_build_object('in_line', availability.in_line)
  from public.availability
  left join (
    select entry.variant_id, count(*) as people from private.waitlist as entry
    where entry.status in ('waiting', 'offered') group by entry.variant_id
  ) as sums using (variant_id)
  where availability.in_line <> coalesce(sums.people, 0)

  union all
  -- An offer holds one unit, and a unit is held for an offer that is open.
  select 'waitlist offers', coalesce(entry.variant_id, claims.variant_id), claims.location_id,
    jsonb_build_object('entry_id', entry.id, 'variant_id', entry.variant_id, 'until', entry.offered_until),
    jsonb_build_object('entry_id', claims.offer_id, 'variant_id', claims.variant_id, 'until', claims.expires_at)
  from (select * from private.waitlist as open where open.status = 'offered') as entry
  full join (select * from public.claims as held where held.offer_id is not null) as claims
    on claims.offer_id = entry.id
  where (entry.id, entry.variant_id, entry.offered_until)
    is distinct from (claims.offer_id, claims.variant_id, claims.expires_at)

  union all
  -- Nobody is overtaken, and no unit is free for others while people wait.
  select 'waitlist places', entry.variant_id, null, jsonb_build_object('entry_id', entry.id, 'due', 0),
    jsonb_build_object('entry_id', entry.id, 'due', private.offers_due(entry.variant_id), 'overtaken_by', later.id)
  from private.waitlist as entry
  left join lateral (
    select served.id from private.waitlist as served
    where served.variant_id = entry.variant_id and served.status in ('offered', 'accepted', 'lapsed')
      and served.place > entry.place
    limit 1
  ) as later on true
  where entry.status = 'waiting' and (later.id is not null or private.offers_due(entry.variant_id) > 0);
end;
$$;

create or replace function private.waitlist_entry_as_json(entry private.waitlist)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'status', entry.status, 'offered_until', entry.offered_until, 'now', private.clock(),
      'ahead', case when entry.status = 'waiting' then (
        select count(*) from private.waitlist as other
        where other.variant_id = entry.variant_id and other.status = 'waiting' and other.place < entry.place
      ) end,
      'variant_id', variants.id, 'sku', variants.sku, 'option_values', variants.option_values,
      'handle', products.handle, 'title', products.title, 'price_minor', variants.price_minor,
      'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row)
    )
    from public.variants
    join public.products on products.id = variants.product_id
    where variants.id = entry.variant_id
  );
end;
$$;

create or replace function private.waitlist_limit(at_most integer)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(409, 'waitlist_limit', jsonb_build_object('at_most', at_most),
    'Leave another waitlist first.')
$$;

create or replace function public.accept_offer(
  waitlist_token text, idempotency_key uuid, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.accept_offer(waitlist_token, idempotency_key, cart_token, network);
end;
$$;

REVOKE ALL ON FUNCTION "public"."accept_offer"(text, uuid, text, text) FROM "anon";

create or replace function public.confirm_waitlist(waitlist_token text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.confirm_waitlist(waitlist_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."confirm_waitlist"(text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."confirm_waitlist"(text) FROM "authenticated";

create or replace function public.join_waitlist(
  variant_id uuid, idempotency_key uuid, email text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.join_waitlist(variant_id, idempotency_key, email, network);
end;
$$;

REVOKE ALL ON FUNCTION "public"."join_waitlist"(uuid, uuid, text, text) FROM "anon";

create or replace function public.leave_waitlist(waitlist_token text)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
  return private.leave_waitlist(waitlist_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."leave_waitlist"(text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."leave_waitlist"(text) FROM "authenticated";

create or replace function public.read_waitlist(variant_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_waitlist(variant_id);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_waitlist"(uuid) FROM "anon";

create or replace function public.read_waitlist_entry(waitlist_token text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_waitlist_entry(waitlist_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_waitlist_entry"(text) FROM "anon";

REVOKE ALL ON FUNCTION "public"."read_waitlist_entry"(text) FROM "authenticated";

ALTER TABLE "private"."shop_limits" ADD CONSTRAINT "shop_limits_offer_time_check" CHECK (((offer_time >= '00:05:00'::interval) AND (offer_time <= '7 days'::interval)));

ALTER TABLE "private"."shop_limits" ADD CONSTRAINT "shop_limits_open_units_check" CHECK ((open_units >= 0));

ALTER TABLE "private"."waitlist" ADD CONSTRAINT "waitlist_offers_end" CHECK (((status = ANY (ARRAY['unconfirmed'::public.waitlist_status, 'waiting'::public.waitlist_status])) = (offered_until IS NULL)));

ALTER TABLE "private"."waitlist" ADD CONSTRAINT "waitlist_places_are_of_confirmed" CHECK (((status = 'unconfirmed'::public.waitlist_status) = (place IS NULL)));

ALTER TABLE "private"."waitlist" ADD CONSTRAINT "waitlist_user_id_fkey" FOREIGN KEY (user_id) REFERENCES auth.users(id);

ALTER TABLE "private"."waitlist" ADD CONSTRAINT "waitlist_variant_id_fkey" FOREIGN KEY (variant_id) REFERENCES public.variants(id);

ALTER TABLE "private"."waitlist_links" ADD CONSTRAINT "waitlist_links_entry_id_fkey" FOREIGN KEY (entry_id) REFERENCES private.waitlist(id) ON DELETE CASCADE;

ALTER TABLE "public"."availability" ADD CONSTRAINT "availability_in_line_check" CHECK ((in_line >= 0));

ALTER TABLE "public"."claims" ADD CONSTRAINT "claims_have_one_owner" CHECK ((num_nonnulls(cart_id, order_item_id, offer_id) = 1)) NOT VALID;
ALTER TABLE "public"."claims" VALIDATE CONSTRAINT "claims_have_one_owner";

ALTER TABLE "public"."claims" ADD CONSTRAINT "claims_of_offers_are_one_unit" CHECK (((offer_id IS NULL) OR ((quantity = 1) AND (expires_at IS NOT NULL)))) NOT VALID;
ALTER TABLE "public"."claims" VALIDATE CONSTRAINT "claims_of_offers_are_one_unit";

ALTER TABLE "public"."claims" ADD CONSTRAINT "claims_offer_id_fkey" FOREIGN KEY (offer_id) REFERENCES private.waitlist(id);

CREATE INDEX mail_of_the_waitlist ON private.mail USING btree (split_part(request, ':'::text, 2)) WHERE (request ~~ 'waitlist:%'::text);

CREATE INDEX waitlist_by_account ON private.waitlist USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX waitlist_by_email ON private.waitlist USING btree (email);

CREATE INDEX waitlist_in_line ON private.waitlist USING btree (variant_id, place) WHERE (status = 'waiting'::public.waitlist_status);

CREATE INDEX waitlist_links_by_entry ON private.waitlist_links USING btree (entry_id);

CREATE INDEX waitlist_of_a_network ON private.waitlist USING btree (network, variant_id) WHERE (network IS NOT NULL);

CREATE INDEX waitlist_offered ON private.waitlist USING btree (variant_id) WHERE (status = 'offered'::public.waitlist_status);

CREATE UNIQUE INDEX waitlist_once ON private.waitlist USING btree (variant_id, email) WHERE (status = ANY (ARRAY['unconfirmed'::public.waitlist_status, 'waiting'::public.waitlist_status, 'offered'::public.waitlist_status]));

CREATE INDEX waitlist_served ON private.waitlist USING btree (variant_id, place DESC) WHERE (status = ANY (ARRAY['offered'::public.waitlist_status, 'accepted'::public.waitlist_status, 'lapsed'::public.waitlist_status]));

CREATE INDEX availability_with_a_line ON public.availability USING btree (variant_id) WHERE (in_line > 0);

CREATE UNIQUE INDEX claims_of_an_offer ON public.claims USING btree (offer_id) WHERE (offer_id IS NOT NULL);

CREATE TRIGGER shop_limits_serve AFTER UPDATE OF open_units ON private.shop_limits FOR EACH STATEMENT EXECUTE FUNCTION private.open_units_change();

CREATE CONSTRAINT TRIGGER entries_match_their_offer AFTER INSERT OR UPDATE ON private.waitlist DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION private.entries_match_their_offer();

CREATE TRIGGER waitlist_comes AFTER INSERT ON private.waitlist FOR EACH ROW WHEN ((new.status = ANY (ARRAY['waiting'::public.waitlist_status, 'offered'::public.waitlist_status]))) EXECUTE FUNCTION private.waitlist_comes();

CREATE TRIGGER waitlist_counts AFTER UPDATE ON private.waitlist REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION private.waitlist_counts();

CREATE TRIGGER waitlist_goes AFTER DELETE ON private.waitlist FOR EACH ROW WHEN ((old.status = ANY (ARRAY['waiting'::public.waitlist_status, 'offered'::public.waitlist_status]))) EXECUTE FUNCTION private.waitlist_comes();

CREATE CONSTRAINT TRIGGER offers_are_made AFTER INSERT OR UPDATE ON public.availability DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.in_line > 0)) EXECUTE FUNCTION private.offers_are_made();

COMMENT ON COLUMN "private"."shop_limits"."offer_time" IS 'How long an offer of the waitlist holds its unit.';

COMMENT ON COLUMN "private"."shop_limits"."open_units" IS 'Units of a variant that stay on the shelf for everybody while people wait for it.';

COMMENT ON COLUMN "private"."waitlist"."network" IS 'The network the guest asked from: a keyed hash, as in carts.';

COMMENT ON COLUMN "private"."waitlist"."offered_until" IS 'When the hold of the offer ends or ended.';

COMMENT ON COLUMN "private"."waitlist"."place" IS 'Lower is earlier. NULL until the address is confirmed.';

COMMENT ON COLUMN "private"."waitlist"."user_id" IS 'The account; NULL: a guest, who is known by the address alone.';

COMMENT ON COLUMN "public"."availability"."in_line" IS 'People on the waitlist of the variant, with an offer or without (schemas/waitlist/tables.sql).';

COMMENT ON COLUMN "public"."claims"."offer_id" IS 'The waitlist entry that the unit is offered to.';

COMMENT ON FUNCTION "private"."accept_offer"(text, uuid, text, text) IS 'See public.accept_offer.';

COMMENT ON FUNCTION "private"."add_offered_unit"(public.carts, private.waitlist) IS 'Turns an offer into one more held unit of the cart''s line, until the offer would have ended. The caller holds cart
   and variant.';

COMMENT ON FUNCTION "private"."ask_guest"(uuid, text, text) IS 'Notes a guest and owes them an e-mail to confirm; for an address that is in the line, nothing. Raises waitlist_limit
   (409).';

COMMENT ON FUNCTION "private"."confirm_waitlist"(text) IS 'See public.confirm_waitlist.';

COMMENT ON FUNCTION "private"."drop_waitlist_mail"() IS 'Deletes messages of the waitlist that are not true any more: of an offer that ended, of an address that is
   confirmed.';

COMMENT ON FUNCTION "private"."entries_match_their_offer"() IS 'An offer is a held unit, and nothing else is.';

COMMENT ON FUNCTION "private"."entry_of"(text) IS 'The entry that the secret of a link opens. Raises not_found (404), invalid_input (422).';

COMMENT ON FUNCTION "private"."forget_waiting"(timestamp with time zone, integer) IS 'Deletes entries that have waited since before a moment, of one line a call: their variant has not come back.';

COMMENT ON FUNCTION "private"."forget_waitlist"(timestamp with time zone, integer) IS 'Deletes entries that nobody confirmed and entries that ended. They are in no line: no variant is locked.';

COMMENT ON FUNCTION "private"."join_account"(uuid, text) IS 'Puts the signed-in caller into the line; their address is confirmed. The caller holds the variant.';

COMMENT ON FUNCTION "private"."join_waitlist"(uuid, uuid, text, text) IS 'See public.join_waitlist.';

COMMENT ON FUNCTION "private"."leave_lines"(bigint[]) IS 'Deletes entries with their addresses; a unit offered to one goes to the next in line. The caller holds the
   variants.';

COMMENT ON FUNCTION "private"."leave_waitlist"(text) IS 'See public.leave_waitlist.';

COMMENT ON FUNCTION "private"."levels_sum"() IS 'Levels to availability to waitlist to shelf. Sums are read again, not added to: under the variant''s lock they cannot
   move.';

COMMENT ON FUNCTION "private"."make_offers"(uuid) IS 'Offers the free units of a variant to the first people in its line: a hold and an e-mail each. Returns how many.';

COMMENT ON FUNCTION "private"."new_waitlist_link"(bigint) IS 'A new secret that opens an entry. Only its hash is kept.';

COMMENT ON FUNCTION "private"."offers_are_made"() IS 'At commit: makes the offers that a function put off. No unit is free for others while people wait, and nobody was
   overtaken.';

COMMENT ON FUNCTION "private"."offers_due"(uuid) IS 'How many units of a variant are to be offered, if so many people wait.';

COMMENT ON FUNCTION "private"."open_units_change"() IS 'Fewer units for the open shelf are offered at once.';

COMMENT ON FUNCTION "private"."owe_waitlist_mail"(bigint, public.mail_kind, text, timestamp with time zone) IS 'Writes a message about an entry, once for what it is about; it is sent until then, or not at all.';

COMMENT ON FUNCTION "private"."read_waitlist"(uuid) IS 'See public.read_waitlist.';

COMMENT ON FUNCTION "private"."read_waitlist_entry"(text) IS 'See public.read_waitlist_entry.';

COMMENT ON FUNCTION "private"."serve_waitlist"(uuid[]) IS 'Ends the offers whose hold is gone and makes those that are due, of the variants that have a line. Called for each
   change of their stock. Not while onhand.offers_wait is on: a function that gives units back and takes them again in
   one transaction puts offers off until its end, or until the commit.';

COMMENT ON FUNCTION "private"."take_place"(bigint, uuid) IS 'Puts a confirmed person at the end of the line. The caller holds the variant. Raises waitlist_limit (409).';

COMMENT ON FUNCTION "private"."units_for_sale"(uuid) IS 'Available units of a variant that anybody can buy now: none of a variant that is not for sale.';

COMMENT ON FUNCTION "private"."waited_for"(integer) IS 'The variants with the longest waitlists: demand without stock.';

COMMENT ON FUNCTION "private"."waitlist_comes"() IS 'Keeps availability.in_line as entries come and go.';

COMMENT ON FUNCTION "private"."waitlist_counts"() IS 'Keeps availability.in_line.';

COMMENT ON FUNCTION "private"."waitlist_drift"() IS 'Where the length of a line, an offer or the order of a line is not what the entries say. Part of
   public.verify_inventory.';

COMMENT ON FUNCTION "private"."waitlist_entry_as_json"(private.waitlist) IS 'See public.read_waitlist_entry.';

COMMENT ON FUNCTION "private"."waitlist_limit"(integer) IS 'The refusal of a person or network with too many entries.';

COMMENT ON FUNCTION "public"."accept_offer"(text, uuid, text, text) IS 'Puts the unit of an offer into the caller''s cart, by the secret of the e-mail: held until the offer would have
   ended, at today''s price. A line that was not held becomes this one unit. Returns the cart as read_cart does. Raises
   offer_ended (409: it lapsed or was accepted), not_found (404), limit_reached (409), hold_limit (409), invalid_input
   (422), too_many_requests (429), blocked (403), busy (503), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."confirm_waitlist"(text) IS 'Confirms a guest''s address by the secret of the e-mail: they are at the end of the line. Called twice it has the
   effect of one call. Returns the entry as read_waitlist_entry does. For the shop''s server. Raises not_found (404),
   waitlist_limit (409), invalid_input (422), busy (503).';

COMMENT ON FUNCTION "public"."export_account"() IS 'The personal data of the signed-in caller: {exported_at, account, staff, cart, waitlists, orders_total, orders}, the
   latest 1000 orders as read_order returns them. Raises signed_out (401).';

COMMENT ON FUNCTION "public"."join_waitlist"(uuid, uuid, text, text) IS 'Puts a person on the waitlist of a variant that is sold out: the signed-in caller at once, a guest (email) when they
   follow the link of the e-mail that this writes. One entry per person and variant; asking twice is asking once.
   Returns {is_confirmed}, the same whether the address is known or not. Raises invalid_input (422), not_found (404),
   still_available (409), waitlist_limit (409), too_many_requests (429), blocked (403), busy (503),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."leave_waitlist"(text) IS 'Deletes the entry with its address, by the secret of an e-mail; a unit that was offered goes to the next in line.
   For the shop''s server. Raises not_found (404), invalid_input (422), busy (503).';

COMMENT ON FUNCTION "public"."read_dashboard"(timestamp with time zone[], timestamp with time zone) IS 'The shop in numbers, all of one moment. edges: when each bar of the chart begins, and when the last one ends; 2 to
   100, on whole minutes, or on quarters of an hour where bars last that long or longer. at: now. Staff of any role.
   Returns bars and the same time before them ({orders, units, cancelled_or_returned: units, revenue_minor:
   what stayed}), minutes (units placed in each of the last sixty), stock (units, and their worth at today''s prices)
   running_out and waited_for (the longest waitlists). Raises role_required (403), invalid_input (422).';

COMMENT ON FUNCTION "public"."read_waitlist"(uuid) IS 'The line of a variant: {in_line, entries}; the first 50 entries [{id, status, place, created_at, offered_until,
   has_account}], never an address. Staff of any role. Raises role_required (403).';

COMMENT ON FUNCTION "public"."read_waitlist_entry"(text) IS 'The entry that the secret of an e-mail opens: {status, offered_until, now, ahead, variant_id, sku, option_values,
   handle, title, price_minor, currency}; ahead is how many wait before it. Never the address. For the shop''s server.
   Raises not_found (404), invalid_input (422).';

COMMENT ON SEQUENCE "private"."waitlist_places" IS 'Places in lines: taken under the lock of the variant.';

COMMENT ON TABLE "private"."waitlist" IS 'One row per person and variant. Written by functions; ended rows are deleted by a rule of this file.';

COMMENT ON TABLE "private"."waitlist_links" IS 'Secrets of the links in e-mails about the waitlist, as SHA-256. They end with their entry.';

COMMENT ON TYPE "public"."mail_kind" IS 'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address, or
   their tracking number is known. order_reduced: units were cancelled. order_cancelled: all of them. order_refunded:
   money went back. payment_declined: can be paid again. payment_reminder: is cancelled soon, because it is not paid.
   confirm_address, reset_password, change_address: a link of Auth for an account. staff_invitation: a link to join.
   waitlist_confirm: the link that puts a guest on a waitlist. waitlist_offer: a unit is held.';

COMMENT ON TYPE "public"."waitlist_status" IS 'unconfirmed: the guest has not opened the link in the e-mail yet, and has no place. waiting: in line. offered: a unit
   is held. accepted: it is in a cart. lapsed: the time of the offer ended. An entry that is left is deleted.';

REVOKE ALL ON FUNCTION "private"."accept_offer"(text, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."accept_offer"(text, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."accept_offer"(text, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."add_offered_unit"(public.carts, private.waitlist) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."ask_guest"(uuid, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."confirm_waitlist"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."confirm_waitlist"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."drop_waitlist_mail"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."entries_match_their_offer"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."entry_of"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_waiting"(timestamp with time zone, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."forget_waitlist"(timestamp with time zone, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."join_account"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."join_waitlist"(uuid, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."join_waitlist"(uuid, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."join_waitlist"(uuid, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."leave_lines"(bigint[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."leave_waitlist"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."leave_waitlist"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."make_offers"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."new_waitlist_link"(bigint) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."offers_are_made"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."offers_due"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."open_units_change"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."owe_waitlist_mail"(bigint, public.mail_kind, text, timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_waitlist"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_waitlist"(uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_waitlist"(uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."read_waitlist_entry"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_waitlist_entry"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."serve_waitlist"(uuid[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."take_place"(bigint, uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."units_for_sale"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."waited_for"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."waitlist_comes"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."waitlist_counts"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."waitlist_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."waitlist_entry_as_json"(private.waitlist) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."waitlist_limit"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."accept_offer"(text, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."accept_offer"(text, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."accept_offer"(text, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."confirm_waitlist"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."confirm_waitlist"(text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."join_waitlist"(uuid, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."join_waitlist"(uuid, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."join_waitlist"(uuid, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."leave_waitlist"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."leave_waitlist"(text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_waitlist"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_waitlist"(uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_waitlist"(uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_waitlist_entry"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_waitlist_entry"(text) TO "service_role";

CREATE INDEX waitlist_by_age ON private.waitlist USING btree (created_at);

reset check_function_bodies;

INSERT INTO private.rates (kind, guest, network, per) VALUES ('waitlist', 30, 60, '1 hour');
INSERT INTO private.retention_rules (kind, keep, sweep) VALUES
  ('waitlist', '7 days', 'forget_waitlist'),
  ('waitlist_waiting', '1 year', 'forget_waiting');
