-- Customers, for staff: a customer is an account, or the e-mail address that guests order with. No row is stored for
-- one: they are their orders, and any order of theirs names them. So notes and consents belong to an order (or to the
-- account), follow it into an account and out again, and end with its person. Always true:
--   1. A note or a consent of an order ends in the statement that erases the order, or asks for it.
--   2. Both are append-only until then.
--   3. Guest orders join an account only if Auth has seen it receive e-mail at their address.
-- Refusals: role_required, not_found, invalid_input, no_account, busy, idempotency_key_reused.

create index orders_of_customers on public.orders ((coalesce(user_id::text, email)), number desc)
  where erased_at is null and erase_asked_at is null;

create table public.customer_notes (
  id bigint generated always as identity primary key,
  order_id uuid not null references public.orders (id),
  body text not null check (length(trim(body)) between 1 and 2000),
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now()
);
comment on table public.customer_notes is
  'Notes of staff about the customer of an order. Append-only; ends when the person is erased.';
create index customer_notes_by_order on public.customer_notes (order_id);

create type public.consent_source as enum ('customer', 'staff');
comment on type public.consent_source is
  'customer: by the account itself. staff: told to a staff member, by phone or at the counter.';

create table public.marketing_consents (
  id bigint generated always as identity primary key,
  order_id uuid references public.orders (id),
  user_id uuid references auth.users (id) on delete cascade,
  given boolean not null,
  source public.consent_source not null,
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now(),
  constraint marketing_consents_are_of_one_customer check (num_nonnulls(order_id, user_id) = 1),
  constraint marketing_consents_of_customers_are_of_accounts check ((source = 'customer') = (user_id is not null))
);
comment on table public.marketing_consents is
  'Whether a customer agreed to advertising, each time it changed; the latest counts. Append-only; ends when the person
   is erased.';
create index marketing_consents_by_order on public.marketing_consents (order_id) where order_id is not null;
create index marketing_consents_by_user on public.marketing_consents (user_id) where user_id is not null;

alter table public.customer_notes enable row level security;
alter table public.marketing_consents enable row level security;
revoke all on public.customer_notes, public.marketing_consents from anon, authenticated, service_role;
grant select on public.customer_notes, public.marketing_consents to authenticated, service_role;
create policy "staff read notes about customers" on public.customer_notes
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see who agreed to advertising" on public.marketing_consents
  for select to authenticated using ((select private.staff_role()) is not null);

-- Ends with the person ------------------------------------------------------------------------------------------

create function private.leave_with_person()
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
comment on function private.leave_with_person() is
  'Before-trigger of what staff record about a customer: a row never changes, and is deleted only while its person is
   erased. Raises ledger_is_append_only (403).';
create trigger customer_notes_stay before update or delete on public.customer_notes
  for each row execute function private.leave_with_person();
create trigger customer_notes_stay_all before truncate on public.customer_notes
  for each statement execute function private.stay_as_written();
create trigger marketing_consents_stay before update or delete on public.marketing_consents
  for each row execute function private.leave_with_person();
create trigger marketing_consents_stay_all before truncate on public.marketing_consents
  for each statement execute function private.stay_as_written();

create function private.forget_customer_of_order()
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
comment on function private.forget_customer_of_order() is
  'After-update trigger of orders: notes and consents end when the person is erased from the order, or asks for it.';
create trigger orders_forget_their_customer after update of erased_at, erase_asked_at on public.orders
  for each row when (new.erased_at is not null or new.erase_asked_at is not null)
  execute function private.forget_customer_of_order();

create function private.forget_consents(person uuid)
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
comment on function private.forget_consents(uuid) is 'Deletes the consents of an account that is erased.';

-- Reading -------------------------------------------------------------------------------------------------------

create function private.read_customers(words text, before bigint, size integer)
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
comment on function private.read_customers(text, bigint, integer) is 'See public.read_customers.';

create function public.read_customers(words text default null, before bigint default null, size integer default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_customers(words, before, size);
end;
$$;
comment on function public.read_customers(text, bigint, integer) is
  'Customers by their latest order, newest first, up to 100: [{order_id, number, name, email, has_account,
   last_order_at, orders}]. words: part of a name or e-mail address, or an order number; then order_id is the latest
   order that matches. The next page is before the number of the last. Staff. Raises role_required (403).';

create function private.customer_of(order_id uuid)
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
comment on function private.customer_of(uuid) is
  'An order whose person is known. Raises not_found (404), also while the person waits to be erased.';

create function private.orders_of_customer(ordered public.orders)
returns setof public.orders
language sql
stable
set search_path = ''
as $$
  select own.* from public.orders as own
  where coalesce(own.user_id::text, own.email) = coalesce(ordered.user_id::text, ordered.email)
    and own.erased_at is null and own.erase_asked_at is null
$$;
comment on function private.orders_of_customer(public.orders) is 'Every order of the customer of an order.';

create function private.account_of_customer(ordered public.orders)
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
comment on function private.account_of_customer(public.orders) is
  'The account that guest orders of this customer can join: theirs, or the one with their e-mail address, confirmed.';

create function private.current_consent(ordered public.orders)
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
comment on function private.current_consent(public.orders) is 'The consent of a customer that counts: the latest.';

create function private.orders_as_json(ordered public.orders, before bigint)
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
comment on function private.orders_as_json(public.orders, bigint) is
  'Sums and a page of the orders of a customer. See public.read_customer.';

create function private.notes_as_json(ordered public.orders)
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
comment on function private.notes_as_json(public.orders) is 
  'The latest notes about a customer. See public.read_customer.';

create function private.merge_as_json(ordered public.orders)
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
comment on function private.merge_as_json(public.orders) is
  'How many orders can join the account of a customer or leave it. See public.read_customer.';

create function private.read_customer(order_id uuid, before bigint)
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
comment on function private.read_customer(uuid, bigint) is 'See public.read_customer.';

create function private.was_merged(order_id uuid)
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
comment on function private.was_merged(uuid) is 'Whether staff added this order to the account that it is in.';

create function public.read_customer(order_id uuid, before bigint default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_customer(order_id, before);
end;
$$;
comment on function public.read_customer(uuid, bigint) is
  'The customer of an order: {order_id, name, email, phone, address, has_account, account_email, total, first_order_at,
   sums: [{currency, total_minor}] of orders placed and not cancelled, orders: up to 21 before a number, newest first,
   notes: the latest 100, consent: {given, source, at} or NULL, guest_orders: how many can join the account,
   merged_orders: how many staff added}. Staff. Raises role_required (403), not_found (404).';
