set check_function_bodies = off;

create type public.conversation_status as enum ('open', 'pending', 'resolved');
create type public.conversation_about as enum ('shop', 'product', 'cart', 'order');
create type public.message_kind as enum ('shopper', 'staff', 'note');

create table public.conversations (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity unique,
  user_id uuid references auth.users (id) on delete cascade,
  token_hash bytea check (length(token_hash) = 32),
  about public.conversation_about not null,
  product_id uuid references public.products (id),
  order_id uuid references public.orders (id),
  status public.conversation_status not null default 'open',
  assigned_to uuid references public.staff (user_id),
  messages integer not null default 0 check (messages >= 0),
  last_at timestamptz not null default private.clock(),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint conversations_have_one_owner check (num_nonnulls(user_id, token_hash) = 1),
  constraint conversations_are_about_what_they_name
    check ((product_id is not null) = (about = 'product') and (order_id is not null) = (about = 'order'))
);

create table public.conversation_messages (
  conversation_id uuid not null references public.conversations (id) on delete cascade,
  position integer not null check (position >= 1),
  kind public.message_kind not null,
  author uuid,
  body text not null check (length(body) between 1 and 1500),
  key uuid not null,
  created_at timestamptz not null default private.clock(),
  primary key (conversation_id, position),
  constraint conversation_messages_once unique (conversation_id, key),
  constraint conversation_messages_have_an_author check ((kind = 'shopper') = (author is null))
);

ALTER TABLE "public"."conversation_messages" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."conversation_messages" FROM "anon";


ALTER TABLE "public"."conversations" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."conversations" FROM "anon";

REVOKE ALL ON TABLE "public"."conversations" FROM "authenticated";

REVOKE ALL ON TABLE "public"."conversations" FROM "service_role";

CREATE TABLE "public"."inbox_counts" ("id" text NOT NULL DEFAULT 'inbox'::text, "open" integer NOT NULL DEFAULT 0, "pending" integer NOT NULL DEFAULT 0, "version" bigint NOT NULL DEFAULT 1, CONSTRAINT "inbox_counts_id_check" CHECK ((id = 'inbox'::text)), CONSTRAINT "inbox_counts_open_check" CHECK ((open >= 0)), CONSTRAINT "inbox_counts_pending_check" CHECK ((pending >= 0)), CONSTRAINT "inbox_counts_pkey" PRIMARY KEY (id));
insert into public.inbox_counts default values;

ALTER TABLE "public"."inbox_counts" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."inbox_counts" FROM "anon";

create or replace function private.about_as_json(conversation public.conversations)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'about', conversation.about,
    'product', (
      select jsonb_build_object('id', products.id, 'handle', products.handle, 'title', products.title)
      from public.products where products.id = conversation.product_id
    ),
    'order', (
      select jsonb_build_object('id', orders.id, 'number', orders.number)
      from public.orders where orders.id = conversation.order_id
    )
  )
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
  update public.conversations as conversation set user_id = v_own.user_id, token_hash = null
  where conversation.token_hash = private.token_hash(adopt_cart.cart_token);
  return private.cart_as_json(v_own.id) || jsonb_build_object('adopted', cardinality(v_variants), 'fewer', v_fewer);
end;
$$;

create or replace function private.answer_shopper(conversation_id uuid, body text, idempotency_key uuid, is_note boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_body text;
  v_is_note boolean := coalesce(answer_shopper.is_note, false);
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_body := private.message_in(answer_shopper.body);
  v_response := private.begin_once(
    idempotency_key, 'answer_shopper', jsonb_build_array(conversation_id, v_body, v_is_note)
  );
  if v_response is null then
    perform private.lock_conversation(conversation_id);
    -- A note leaves the state as it is.
    perform private.write_message(
      conversation_id, case when v_is_note then 'note' else 'staff' end::public.message_kind, private.actor(), v_body,
      idempotency_key, case when not v_is_note then 'pending' end::public.conversation_status
    );
    perform private.finish_once(idempotency_key, jsonb_build_object('conversation_id', conversation_id));
  end if;
  return private.desk_conversation(conversation_id);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.ask_shop(
  about public.conversation_about, body text, idempotency_key uuid, about_id uuid, order_token text, cart_token text,
  network text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_body text := private.message_in(ask_shop.body);
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
  v_subject text := private.subject_of(v_hash, auth.uid());
  v_network text := private.believed_network(ask_shop.network);
  v_conversation public.conversations;
  v_response jsonb;
begin
  v_response := private.begin_once(
    idempotency_key, 'ask_shop', jsonb_build_array(v_subject, about, about_id, v_body)
  );
  if v_response is not null then
    return v_response;
  end if;
  perform private.check_caller('message', v_subject, v_network);
  perform private.asked_about(about, about_id, order_token);
  v_conversation.id := private.continue_conversation(about, about_id, v_hash);
  perform private.write_message(v_conversation.id, 'shopper', null, v_body, idempotency_key, 'open');
  v_response := jsonb_build_object('conversation_id', v_conversation.id);
  perform private.finish_once(idempotency_key, v_response);
  perform private.count_callers('message', array[v_subject], array[v_network]);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.asked_about(about public.conversation_about, about_id uuid, order_token text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_order public.orders;
  v_is_there boolean := about_id is null;
begin
  if about = 'product' then
    v_is_there := exists (
      select from public.products where products.id = about_id and products.status = 'active'
    );
  elsif about = 'order' then
    select * into v_order from public.orders where orders.id = about_id;
    v_is_there := v_order.id is not null and private.owns_order(v_order, order_token);
  end if;
  if about is null or not v_is_there then
    perform private.refuse(404, 'not_found', jsonb_build_object('about_id', about_id), 'Check the link, or sign in.');
  end if;
end;
$$;

create or replace function private.change_conversation(
  conversation_id uuid, idempotency_key uuid, status public.conversation_status, assign boolean
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_before public.conversations;
  v_after public.conversations;
  v_response jsonb;
begin
  perform private.require_role('stock');
  v_response := private.begin_once(
    idempotency_key, 'change_conversation', jsonb_build_array(conversation_id, status, assign)
  );
  if v_response is null then
    v_before := private.lock_conversation(conversation_id);
    update public.conversations as conversation
    set status = coalesce(change_conversation.status, conversation.status),
      assigned_to = case when assign then auth.uid() else conversation.assigned_to end
    where conversation.id = change_conversation.conversation_id
    returning * into v_after;
    perform private.audit(
      'changed', 'conversation', conversation_id::text, 'Conversation ' || v_after.number,
      jsonb_build_object('status', v_before.status, 'assigned_to', v_before.assigned_to),
      jsonb_build_object('status', v_after.status, 'assigned_to', v_after.assigned_to)
    );
    perform private.finish_once(idempotency_key, jsonb_build_object('conversation_id', conversation_id));
  end if;
  return private.desk_conversation(conversation_id);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.continue_conversation(about public.conversation_about, about_id uuid, hash bytea)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid;
begin
  -- One call of a shopper at a time looks for it.
  perform pg_advisory_xact_lock(hashtextextended(private.subject_of(hash, auth.uid()), 5));
  select conversation.id into v_id from public.conversations as conversation
  where (conversation.user_id = auth.uid() or conversation.token_hash = hash)
    and conversation.about = continue_conversation.about
    and coalesce(conversation.product_id, conversation.order_id) is not distinct from about_id
    and conversation.status <> 'resolved'
  order by conversation.last_at desc limit 1;
  if v_id is null then
    insert into public.conversations (user_id, token_hash, about, product_id, order_id)
    values (auth.uid(), hash, continue_conversation.about,
      case when continue_conversation.about = 'product' then about_id end,
      case when continue_conversation.about = 'order' then about_id end)
    returning conversations.id into v_id;
  end if;
  return v_id;
exception when foreign_key_violation then
  -- A token outlives its account by up to an hour.
  perform private.refuse(401, 'signed_out', '{}', 'The account was deleted.');
  return null;
end;
$$;

create or replace function private.conversation_as_json(conversation public.conversations, with_notes boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  c_messages constant integer := 200;
begin
  return private.about_as_json(conversation) || jsonb_build_object(
    'conversation_id', conversation.id, 'number', conversation.number, 'status', conversation.status,
    'version', conversation.version, 'created_at', conversation.created_at, 'last_at', conversation.last_at,
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'position', latest.position, 'kind', latest.kind, 'body', latest.body, 'at', latest.created_at,
        'author', case when with_notes then latest.author end, 'key', latest.key
      ) order by latest.position), '[]')
      from (
        select * from public.conversation_messages as message
        where message.conversation_id = conversation.id and (with_notes or message.kind <> 'note')
        order by message.position desc limit c_messages
      ) as latest
    )
  );
end;
$$;

create or replace function private.count_inbox()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_open integer := 0;
  v_pending integer := 0;
begin
  if tg_op <> 'DELETE' then
    v_open := (new.status = 'open')::integer;
    v_pending := (new.status = 'pending')::integer;
  end if;
  if tg_op <> 'INSERT' then
    v_open := v_open - (old.status = 'open')::integer;
    v_pending := v_pending - (old.status = 'pending')::integer;
  end if;
  update public.inbox_counts
  set open = inbox_counts.open + v_open, pending = inbox_counts.pending + v_pending,
    version = inbox_counts.version + 1;
  return null;
end;
$$;

create or replace function private.desk_conversation(wanted uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations as conversation where conversation.id = wanted;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('conversation_id', wanted), 'Go back to the inbox.');
  end if;
  return private.conversation_as_json(v_conversation, with_notes => true) || jsonb_build_object(
    'assigned_to', v_conversation.assigned_to, 'has_account', v_conversation.user_id is not null,
    'cart', private.cart_as_json((
      select carts.id from public.carts
      where carts.user_id = v_conversation.user_id or carts.token_hash = v_conversation.token_hash
    ))
  );
end;
$$;

create or replace function private.erase_orders(order_ids uuid[])
returns integer
language plpgsql
set search_path = ''
as $$
declare
  v_done integer;
begin
  perform private.forget_customers(order_ids);
  update public.orders
  set email = 'erased-' || orders.number || '@erased.invalid', name = 'Erased', phone = null, token_hash = null,
    network = null,
    address = case when orders.address is not null then private.erased_address(orders.address) end,
    erased_at = private.clock()
  where orders.id = any (order_ids);
  get diagnostics v_done = row_count;
  delete from private.order_links as link where link.order_id = any (order_ids);
  delete from public.conversations as conversation where conversation.order_id = any (order_ids);
  perform set_config('onhand.erasing', 'on', true);
  update public.order_events as event set detail = event.detail - array['reason', 'parcel']
  where event.order_id = any (order_ids) and event.detail ?| array['reason', 'parcel'];
  perform set_config('onhand.erasing', '', true);
  return v_done;
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
  delete from public.conversations as conversation where conversation.user_id = person;
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
    'messages', (
      select coalesce(jsonb_agg(jsonb_build_object('body', message.body, 'by', message.kind,
        'at', message.created_at) order by message.created_at), '[]')
      from public.conversations as conversation
      join public.conversation_messages as message on message.conversation_id = conversation.id
      where conversation.user_id = v_person
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

create or replace function private.inbox_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select 'inbox_counts', null::uuid, null::uuid,
    jsonb_build_object('open', sums.open, 'pending', sums.pending),
    jsonb_build_object('open', counts.open, 'pending', counts.pending)
  from public.inbox_counts as counts
  cross join (
    select count(*) filter (where each.status = 'open') as open,
      count(*) filter (where each.status = 'pending') as pending
    from public.conversations as each where each.status <> 'resolved'
  ) as sums
  where (counts.open, counts.pending) is distinct from (sums.open::integer, sums.pending::integer)

  union all
  select 'conversations.messages', null, null,
    jsonb_build_object('conversation_id', conversation.id, 'messages', written.messages),
    jsonb_build_object('conversation_id', conversation.id, 'messages', conversation.messages)
  from public.conversations as conversation
  cross join lateral (
    select count(*) as messages, coalesce(max(message.position), 0) as last
    from public.conversation_messages as message where message.conversation_id = conversation.id
  ) as written
  where (written.messages, written.last::bigint) is distinct from
    (conversation.messages::bigint, conversation.messages::bigint);
end;
$$;

create or replace function private.lock_conversation(wanted uuid)
returns public.conversations
language plpgsql
set search_path = ''
as $$
declare
  v_conversation public.conversations;
begin
  select * into v_conversation from public.conversations as conversation
  where conversation.id = wanted for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('conversation_id', wanted), 'Go back to the inbox.');
  end if;
  return v_conversation;
end;
$$;

create or replace function private.message_in(body text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  -- A form sends the ends of lines as two characters.
  v_body text := trim(both E' \t\n' from replace(left(body, 3001), E'\r\n', E'\n'));
begin
  if length(body) > 3000 or v_body is null or length(v_body) not between 1 and 1500
    or v_body ~ '[\u0001-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]' then
    perform private.refuse(422, 'invalid_input', '{"field": "body", "problem": "not 1 to 1500 characters"}',
      'Write at most 1500 characters.');
  end if;
  return v_body;
end;
$$;

create or replace function private.notify_conversation()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('version', new.version), 'changed', 'conversations:' || new.id, true);
  return null;
end;
$$;

create or replace function private.own_conversation(conversation_id uuid, cart_token text)
returns public.conversations
language plpgsql
stable
set search_path = ''
as $$
declare
  v_conversation public.conversations;
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
begin
  select * into v_conversation from public.conversations as conversation
  where conversation.id = own_conversation.conversation_id
    and (conversation.user_id = auth.uid() or conversation.token_hash = v_hash);
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('conversation_id', conversation_id),
      'Check the link, or sign in.');
  end if;
  return v_conversation;
end;
$$;

create or replace function private.read_conversation(conversation_id uuid, cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return private.conversation_as_json(private.own_conversation(conversation_id, cart_token), with_notes => false);
end;
$$;

create or replace function private.read_desk_conversation(conversation_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return private.desk_conversation(conversation_id);
end;
$$;

create or replace function private.read_inbox(status public.conversation_status)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_conversations constant integer := 100;
begin
  perform private.require_role('viewer');
  return jsonb_build_object(
    'open', (select counts.open from public.inbox_counts as counts),
    'pending', (select counts.pending from public.inbox_counts as counts),
    'version', (select counts.version from public.inbox_counts as counts),
    'conversations', (
      select coalesce(jsonb_agg(private.about_as_json(listed) || jsonb_build_object(
        'conversation_id', listed.id, 'number', listed.number, 'status', listed.status, 'last_at', listed.last_at,
        'assigned_to', listed.assigned_to, 'has_account', listed.user_id is not null,
        'latest', (
          select left(message.body, 140) from public.conversation_messages as message
          where message.conversation_id = listed.id order by message.position desc limit 1
        )
      -- Those that wait for staff: the longest wait first.
      ) order by case when read_inbox.status = 'open' then listed.last_at end, listed.last_at desc), '[]')
      from (
        select * from public.conversations as each where each.status = read_inbox.status
        order by case when read_inbox.status = 'open' then each.last_at end, each.last_at desc limit c_conversations
      ) as listed
    )
  );
end;
$$;

create or replace function private.read_own_conversations(cart_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c_conversations constant integer := 50;
  v_hash bytea := case when auth.uid() is null then private.token_hash(cart_token) end;
begin
  return (
    select coalesce(jsonb_agg(private.about_as_json(own) || jsonb_build_object(
      'conversation_id', own.id, 'number', own.number, 'status', own.status, 'last_at', own.last_at
    ) order by own.last_at desc), '[]')
    from (
      select * from public.conversations as conversation
      where conversation.user_id = auth.uid() or conversation.token_hash = v_hash
      order by conversation.last_at desc limit c_conversations
    ) as own
  );
end;
$$;

create or replace function private.send_message(
  conversation_id uuid, body text, idempotency_key uuid, cart_token text, network text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_body text := private.message_in(send_message.body);
  v_conversation public.conversations;
  v_network text := private.believed_network(send_message.network);
  v_subject text;
  v_response jsonb;
begin
  v_conversation := private.own_conversation(conversation_id, cart_token);
  v_subject := private.subject_of(v_conversation.token_hash, v_conversation.user_id);
  v_response := private.begin_once(idempotency_key, 'send_message', jsonb_build_array(conversation_id, v_body));
  if v_response is null then
    perform private.check_caller('message', v_subject, v_network);
    perform private.write_message(conversation_id, 'shopper', null, v_body, idempotency_key, 'open');
    perform private.finish_once(idempotency_key, jsonb_build_object('conversation_id', conversation_id));
    perform private.count_callers('message', array[v_subject], array[v_network]);
  end if;
  return private.conversation_as_json(private.own_conversation(conversation_id, cart_token), with_notes => false);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.write_message(
  wanted uuid, kind public.message_kind, author uuid, body text, key uuid, then_status public.conversation_status
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_position integer;
begin
  update public.conversations as conversation
  set messages = conversation.messages + 1, last_at = private.clock(),
    status = coalesce(then_status, conversation.status),
    assigned_to = coalesce(conversation.assigned_to, case when write_message.kind = 'staff' then auth.uid() end)
  where conversation.id = wanted
  returning conversation.messages into v_position;
  insert into public.conversation_messages (conversation_id, position, kind, author, body, key)
  values (wanted, v_position, write_message.kind, write_message.author, write_message.body, write_message.key);
end;
$$;

create or replace function public.answer_shopper(
  conversation_id uuid, body text, idempotency_key uuid, is_note boolean default false
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.answer_shopper(conversation_id, body, idempotency_key, is_note);
end;
$$;

REVOKE ALL ON FUNCTION "public"."answer_shopper"(uuid, text, uuid, boolean) FROM "anon";

create or replace function public.ask_shop(
  about public.conversation_about, body text, idempotency_key uuid, about_id uuid default null,
  order_token text default null, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.ask_shop(about, body, idempotency_key, about_id, order_token, cart_token, network);
end;
$$;

REVOKE ALL ON FUNCTION "public"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) FROM "anon";

create or replace function public.change_conversation(
  conversation_id uuid, idempotency_key uuid, status public.conversation_status default null,
  assign boolean default false
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.change_conversation(conversation_id, idempotency_key, status, assign);
end;
$$;

REVOKE ALL ON FUNCTION "public"."change_conversation"(uuid, uuid, public.conversation_status, boolean) FROM "anon";

create or replace function public.read_conversation(conversation_id uuid, cart_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_conversation(conversation_id, cart_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_conversation"(uuid, text) FROM "anon";

create or replace function public.read_desk_conversation(conversation_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_desk_conversation(conversation_id);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_desk_conversation"(uuid) FROM "anon";

create or replace function public.read_inbox(status public.conversation_status)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_inbox(status);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_inbox"(public.conversation_status) FROM "anon";

create or replace function public.read_own_conversations(cart_token text default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.read_own_conversations(cart_token);
end;
$$;

REVOKE ALL ON FUNCTION "public"."read_own_conversations"(text) FROM "anon";

create or replace function public.send_message(
  conversation_id uuid, body text, idempotency_key uuid, cart_token text default null, network text default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return private.send_message(conversation_id, body, idempotency_key, cart_token, network);
end;
$$;

REVOKE ALL ON FUNCTION "public"."send_message"(uuid, text, uuid, text, text) FROM "anon";

CREATE INDEX conversations_by_order ON public.conversations USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX conversations_by_product ON public.conversations USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX conversations_by_staff ON public.conversations USING btree (assigned_to) WHERE (assigned_to IS NOT NULL);

CREATE TRIGGER conversation_messages_stay BEFORE UPDATE ON public.conversation_messages FOR EACH STATEMENT EXECUTE FUNCTION private.stay_as_written();

CREATE TRIGGER conversations_count AFTER INSERT OR DELETE OR UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION private.count_inbox();

CREATE TRIGGER conversations_tell AFTER UPDATE ON public.conversations FOR EACH ROW WHEN ((new.version <> old.version)) EXECUTE FUNCTION private.notify_conversation();

CREATE TRIGGER conversations_touch BEFORE UPDATE ON public.conversations FOR EACH ROW EXECUTE FUNCTION private.touch();

CREATE POLICY "staff see messages" ON "public"."conversation_messages" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "staff see conversations" ON "public"."conversations" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "staff see how many conversations wait" ON "public"."inbox_counts" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "who knows a conversation hears that it changed" ON "realtime"."messages" FOR SELECT TO "anon", "authenticated" USING (((extension = 'broadcast'::text) AND (( SELECT realtime.topic() AS topic) ~~ 'conversations:%'::text)));

ALTER PUBLICATION "supabase_realtime" ADD TABLE "public"."conversations";

ALTER PUBLICATION "supabase_realtime" ADD TABLE "public"."inbox_counts";

COMMENT ON COLUMN "public"."conversation_messages"."author" IS 'The staff member; NULL: the shopper of the conversation.';

COMMENT ON COLUMN "public"."conversation_messages"."key" IS 'The idempotency key of its request: sent once, however often.';

COMMENT ON COLUMN "public"."conversations"."assigned_to" IS 'The staff member who answers; NULL: none yet.';

COMMENT ON COLUMN "public"."conversations"."messages" IS 'How many messages it has, notes included: the last position.';

COMMENT ON COLUMN "public"."conversations"."token_hash" IS 'SHA-256 of the secret of the guest''s cart.';

COMMENT ON FUNCTION "private"."about_as_json"(public.conversations) IS 'The subject of a conversation: {about, product, order}.';

COMMENT ON FUNCTION "private"."answer_shopper"(uuid, text, uuid, boolean) IS 'See public.answer_shopper.';

COMMENT ON FUNCTION "private"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) IS 'See public.ask_shop.';

COMMENT ON FUNCTION "private"."asked_about"(public.conversation_about, uuid, text) IS 'Raises not_found (404) unless this is a product for sale, an order of the caller, or a page without an id.';

COMMENT ON FUNCTION "private"."change_conversation"(uuid, uuid, public.conversation_status, boolean) IS 'See public.change_conversation.';

COMMENT ON FUNCTION "private"."continue_conversation"(public.conversation_about, uuid, bytea) IS 'The conversation of the caller about this that is not resolved; a new one if there is none.';

COMMENT ON FUNCTION "private"."conversation_as_json"(public.conversations, boolean) IS 'A conversation with its latest 200 messages; notes and names of authors for staff alone.';

COMMENT ON FUNCTION "private"."count_inbox"() IS 'Keeps public.inbox_counts.';

COMMENT ON FUNCTION "private"."desk_conversation"(uuid) IS 'A conversation as staff see it, with the cart of its shopper. Raises not_found (404).';

COMMENT ON FUNCTION "private"."erase_orders"(uuid[]) IS 'Erases the person from these orders: account, e-mail, name, phone, address, network, the secrets of the order links,
   the reason typed for a cancellation, the parcels, and conversations about them. The caller holds the orders.';

COMMENT ON FUNCTION "private"."inbox_drift"() IS 'Where the counts of the inbox, or of the messages of a conversation, are not what the rows add up to. Part of
   public.verify_inventory.';

COMMENT ON FUNCTION "private"."lock_conversation"(uuid) IS 'The conversation, locked. Raises not_found (404).';

COMMENT ON FUNCTION "private"."message_in"(text) IS 'The text of a message as it is stored. Raises invalid_input (422) for an empty or long one, and for control
   characters.';

COMMENT ON FUNCTION "private"."notify_conversation"() IS 'Broadcasts {version} on the private channel conversations:<id>: a guest has no session that row level security could
   ask, so a page fetches the conversation itself. Never stops the change.';

COMMENT ON FUNCTION "private"."own_conversation"(uuid, text) IS 'The conversation of the calling shopper: by account, or by the secret of the guest''s cart. Raises not_found (404).';

COMMENT ON FUNCTION "private"."read_conversation"(uuid, text) IS 'See public.read_conversation.';

COMMENT ON FUNCTION "private"."read_desk_conversation"(uuid) IS 'See public.read_desk_conversation.';

COMMENT ON FUNCTION "private"."read_inbox"(public.conversation_status) IS 'See public.read_inbox.';

COMMENT ON FUNCTION "private"."read_own_conversations"(text) IS 'See public.read_own_conversations.';

COMMENT ON FUNCTION "private"."send_message"(uuid, text, uuid, text, text) IS 'See public.send_message.';

COMMENT ON FUNCTION "private"."write_message"(uuid, public.message_kind, uuid, text, uuid, public.conversation_status) IS 'Writes the next message of a conversation, which it locks; the first answer of staff assigns it to its author.';

COMMENT ON FUNCTION "public"."answer_shopper"(uuid, text, uuid, boolean) IS 'Answers the shopper, or writes an internal note: up to 1500 characters. An answer makes the conversation pending, and
   assigns one that is nobody''s to the caller. Staff of role stock; returns it as read_desk_conversation does. Raises
   role_required (403), not_found (404), invalid_input (422), busy (503), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) IS 'A shopper asks about a product, an order of theirs (about_id), their cart or the shop: up to 1500 characters. A
   conversation about the same subject that is not resolved goes on. A guest is known by cart_token. Returns
   {conversation_id}. Raises not_found (404), invalid_input (422), too_many_requests (429), blocked (403), signed_out
   (401), busy (503), idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."change_conversation"(uuid, uuid, public.conversation_status, boolean) IS 'Resolves a conversation or opens it again (status), and assigns it to the caller (assign). Staff of role stock;
   returns it as read_desk_conversation does. Raises role_required (403), not_found (404), busy (503),
   idempotency_key_reused (409).';

COMMENT ON FUNCTION "public"."export_account"() IS 'The personal data of the signed-in caller: {exported_at, account, staff, cart, waitlists, marketing_consents,
   notes: what staff noted, messages, orders_total, orders}, the latest 1000 orders as read_order returns them. Raises
   signed_out (401).';

COMMENT ON FUNCTION "public"."read_conversation"(uuid, text) IS 'A conversation for its shopper: {conversation_id, number, about, product, order, status, version, created_at,
   last_at, messages}, the latest 200 messages [{position, kind, body, at, author, key}] without internal notes. Raises
   not_found (404), invalid_input (422).';

COMMENT ON FUNCTION "public"."read_desk_conversation"(uuid) IS 'A conversation for staff of any role: as read_conversation, with internal notes and the authors of messages, and
   {assigned_to, has_account, cart: as read_cart}. Raises role_required (403), not_found (404).';

COMMENT ON FUNCTION "public"."read_inbox"(public.conversation_status) IS 'The inbox: {open, pending, version, conversations}, 100 of one status [{conversation_id, number, about, product,
   order, status, last_at, assigned_to, has_account, latest}]. Open ones by how long they wait, others latest first.
   Staff of any role. Raises role_required (403).';

COMMENT ON FUNCTION "public"."read_own_conversations"(text) IS 'The latest 50 conversations of the shopper: [{conversation_id, number, about, product, order, status, last_at}].
   Raises invalid_input (422).';

COMMENT ON FUNCTION "public"."send_message"(uuid, text, uuid, text, text) IS 'The next message of the shopper in their conversation; it is open again. Returns the conversation as
   read_conversation does. Raises not_found (404), invalid_input (422), too_many_requests (429), blocked (403), busy
   (503), idempotency_key_reused (409).';

COMMENT ON TABLE "public"."conversation_messages" IS 'Messages in their order. Never changed; deleted with their conversation. Staff read it; written by functions.';

COMMENT ON TABLE "public"."conversations" IS 'One row per conversation. Staff read it; shoppers read theirs through functions. Written by functions.';

COMMENT ON TABLE "public"."inbox_counts" IS 'One row: how many conversations are open and pending. Its version grows with every change of a conversation.';

COMMENT ON TYPE "public"."conversation_about" IS 'The page that a conversation began on.';

COMMENT ON TYPE "public"."conversation_status" IS 'open: waits for staff. pending: staff answered, it waits for the shopper. resolved: done, until the shopper writes.';

COMMENT ON TYPE "public"."message_kind" IS 'shopper and staff: read by both. note: internal, read by staff alone.';

REVOKE ALL ON FUNCTION "private"."about_as_json"(public.conversations) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."answer_shopper"(uuid, text, uuid, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."answer_shopper"(uuid, text, uuid, boolean) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."answer_shopper"(uuid, text, uuid, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "private"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."asked_about"(public.conversation_about, uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."change_conversation"(uuid, uuid, public.conversation_status, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."change_conversation"(uuid, uuid, public.conversation_status, boolean) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."change_conversation"(uuid, uuid, public.conversation_status, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "private"."continue_conversation"(public.conversation_about, uuid, bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."conversation_as_json"(public.conversations, boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."count_inbox"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."desk_conversation"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."inbox_drift"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."lock_conversation"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."message_in"(text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."notify_conversation"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."own_conversation"(uuid, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_conversation"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_conversation"(uuid, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_conversation"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."read_desk_conversation"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_desk_conversation"(uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_desk_conversation"(uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."read_inbox"(public.conversation_status) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_inbox"(public.conversation_status) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_inbox"(public.conversation_status) TO "service_role";

REVOKE ALL ON FUNCTION "private"."read_own_conversations"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_own_conversations"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_own_conversations"(text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."send_message"(uuid, text, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."send_message"(uuid, text, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."send_message"(uuid, text, uuid, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "private"."write_message"(uuid, public.message_kind, uuid, text, uuid, public.conversation_status) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."answer_shopper"(uuid, text, uuid, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."answer_shopper"(uuid, text, uuid, boolean) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."answer_shopper"(uuid, text, uuid, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "public"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."ask_shop"(public.conversation_about, text, uuid, uuid, text, text, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."change_conversation"(uuid, uuid, public.conversation_status, boolean) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."change_conversation"(uuid, uuid, public.conversation_status, boolean) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."change_conversation"(uuid, uuid, public.conversation_status, boolean) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_conversation"(uuid, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_conversation"(uuid, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_conversation"(uuid, text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_desk_conversation"(uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_desk_conversation"(uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_desk_conversation"(uuid) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_inbox"(public.conversation_status) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_inbox"(public.conversation_status) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_inbox"(public.conversation_status) TO "service_role";

REVOKE ALL ON FUNCTION "public"."read_own_conversations"(text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_own_conversations"(text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_own_conversations"(text) TO "service_role";

REVOKE ALL ON FUNCTION "public"."send_message"(uuid, text, uuid, text, text) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."send_message"(uuid, text, uuid, text, text) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."send_message"(uuid, text, uuid, text, text) TO "service_role";

REVOKE ALL ON TABLE "public"."conversation_messages" FROM "authenticated";

GRANT SELECT ON TABLE "public"."conversation_messages" TO "authenticated";

REVOKE ALL ON TABLE "public"."conversation_messages" FROM "service_role";

GRANT SELECT ON TABLE "public"."conversation_messages" TO "service_role";

REVOKE ALL ("about") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("about") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("assigned_to") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("assigned_to") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("created_at") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("created_at") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("id") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("id") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("messages") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("messages") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("number") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("number") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("order_id") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("order_id") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("product_id") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("product_id") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("status") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("status") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("updated_at") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("updated_at") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("user_id") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("user_id") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("version") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("version") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("about") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("about") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("assigned_to") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("assigned_to") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("created_at") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("created_at") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("id") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("id") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("messages") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("messages") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("number") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("number") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("order_id") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("order_id") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("product_id") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("product_id") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("status") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("status") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("updated_at") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("updated_at") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("user_id") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("user_id") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ("version") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("version") ON TABLE "public"."conversations" TO "service_role";

REVOKE ALL ON TABLE "public"."inbox_counts" FROM "authenticated";

GRANT SELECT ON TABLE "public"."inbox_counts" TO "authenticated";

REVOKE ALL ON TABLE "public"."inbox_counts" FROM "service_role";

GRANT SELECT ON TABLE "public"."inbox_counts" TO "service_role";

CREATE INDEX conversations_by_account ON public.conversations USING btree (user_id, last_at DESC) WHERE (user_id IS NOT NULL);

CREATE INDEX conversations_by_age ON public.conversations USING btree (last_at);

CREATE INDEX conversations_by_guest ON public.conversations USING btree (token_hash, last_at DESC) WHERE (token_hash IS NOT NULL);

CREATE INDEX conversations_by_status ON public.conversations USING btree (status, last_at);

COMMENT ON COLUMN "public"."conversations"."last_at" IS 'When the last message was written.';

REVOKE ALL ("last_at") ON TABLE "public"."conversations" FROM "authenticated";

GRANT SELECT ("last_at") ON TABLE "public"."conversations" TO "authenticated";

REVOKE ALL ("last_at") ON TABLE "public"."conversations" FROM "service_role";

GRANT SELECT ("last_at") ON TABLE "public"."conversations" TO "service_role";

reset check_function_bodies;

insert into private.rates (kind, guest, network, per) values ('message', 30, 300, '10 minutes');
insert into private.retention_rules (kind, keep, target, age) values
  ('conversations', '1 year', 'public.conversations', 'last_at');
