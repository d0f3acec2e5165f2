-- Conversations: a shopper asks from a product, the cart or an order, and staff answer. Invariants:
--   1. A message is written once and never changes: its key is unique in its conversation.
--   2. Messages have an order: positions 1, 2, 3 … without a gap, given under the lock of the conversation.
--   3. A conversation belongs to an account or to the guest with the secret of their cart, of which only the hash is
--      stored. Nobody else but staff reads it; internal notes are for staff alone.
--   4. public.inbox_counts says how many conversations are open and pending, kept in the same transaction.
-- Locks: the conversation, then the one row of the counts. No variant, cart or order is locked.

create type public.conversation_status as enum ('open', 'pending', 'resolved');
comment on type public.conversation_status is
  'open: waits for staff. pending: staff answered, it waits for the shopper. resolved: done, until the shopper writes.';
create type public.conversation_about as enum ('shop', 'product', 'cart', 'order');
comment on type public.conversation_about is 'The page that a conversation began on.';
create type public.message_kind as enum ('shopper', 'staff', 'note');
comment on type public.message_kind is 'shopper and staff: read by both. note: internal, read by staff alone.';

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
comment on table public.conversations is
  'One row per conversation. Staff read it; shoppers read theirs through functions. Written by functions.';
comment on column public.conversations.token_hash is 'SHA-256 of the secret of the guest''s cart.';
comment on column public.conversations.assigned_to is 'The staff member who answers; NULL: none yet.';
comment on column public.conversations.messages is 'How many messages it has, notes included: the last position.';
comment on column public.conversations.last_at is 'When the last message was written.';
create index conversations_by_status on public.conversations (status, last_at);
create index conversations_by_account on public.conversations (user_id, last_at desc) where user_id is not null;
create index conversations_by_guest on public.conversations (token_hash, last_at desc) where token_hash is not null;
create index conversations_by_age on public.conversations (last_at);
create index conversations_by_product on public.conversations (product_id) where product_id is not null;
create index conversations_by_order on public.conversations (order_id) where order_id is not null;
create index conversations_by_staff on public.conversations (assigned_to) where assigned_to is not null;
create trigger conversations_touch before update on public.conversations
  for each row execute function private.touch();

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
comment on table public.conversation_messages is
  'Messages in their order. Never changed; deleted with their conversation. Staff read it; written by functions.';
comment on column public.conversation_messages.author is 'The staff member; NULL: the shopper of the conversation.';
comment on column public.conversation_messages.key is 'The idempotency key of its request: sent once, however often.';
create trigger conversation_messages_stay before update on public.conversation_messages
  for each statement execute function private.stay_as_written();

create table public.inbox_counts (
  id text primary key default 'inbox' check (id = 'inbox'),
  open integer not null default 0 check (open >= 0),
  pending integer not null default 0 check (pending >= 0),
  version bigint not null default 1
);
comment on table public.inbox_counts is
  'One row: how many conversations are open and pending. Its version grows with every change of a conversation.';
insert into public.inbox_counts default values;

alter table public.conversations enable row level security;
alter table public.conversation_messages enable row level security;
alter table public.inbox_counts enable row level security;
revoke all on public.conversations, public.conversation_messages, public.inbox_counts
from anon, authenticated, service_role;
grant select (
  id, number, user_id, about, product_id, order_id, status, assigned_to, messages, last_at, version, created_at,
  updated_at
) on public.conversations to authenticated, service_role;
grant select on public.conversation_messages, public.inbox_counts to authenticated, service_role;
create policy "staff see conversations" on public.conversations
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see messages" on public.conversation_messages
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see how many conversations wait" on public.inbox_counts
  for select to authenticated using ((select private.staff_role()) is not null);

insert into private.rates (kind, guest, network, per) values ('message', 30, 300, '10 minutes');

-- Triggers of a change ------------------------------------------------------------------------------------------------

create function private.count_inbox()
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
comment on function private.count_inbox() is 'Keeps public.inbox_counts.';
create trigger conversations_count after insert or update or delete on public.conversations
  for each row execute function private.count_inbox();

create function private.inbox_drift()
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
comment on function private.inbox_drift() is
  'Where the counts of the inbox, or of the messages of a conversation, are not what the rows add up to. Part of
   public.verify_inventory.';

create function private.notify_conversation()
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
comment on function private.notify_conversation() is
  'Broadcasts {version} on the private channel conversations:<id>: a guest has no session that row level security could
   ask, so a page fetches the conversation itself. Never stops the change.';
create trigger conversations_tell after update on public.conversations
  for each row when (new.version <> old.version) execute function private.notify_conversation();

-- No policy to insert: only the database speaks there.
create policy "who knows a conversation hears that it changed" on realtime.messages
  for select to anon, authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'conversations:%');
