-- E-mails the shop owes to buyers: a transactional outbox. Invariants:
--   1. The transaction that writes an order event writes its message: no event without its e-mail, no e-mail without
--      its event. One message per event, because the event is its key.
--   2. A message is sent by the server that holds its lease. A lease that ran out is taken by another server, so a
--      message is sent at least once; its Message-ID is made of the event's id, so a mailbox can drop a second copy.
--   3. No row holds an address, a name or a text: they are read from the order when the message is taken.

create type public.mail_kind as enum (
  'order_placed', 'order_ready', 'order_sent', 'order_reduced', 'order_cancelled', 'order_refunded', 'payment_declined'
);
comment on type public.mail_kind is
  'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address.
   order_reduced: units were cancelled. order_cancelled: all of them. order_refunded: money went back.
   payment_declined: can be paid again.';

create type public.mail_status as enum ('waiting', 'sent', 'failed');
comment on type public.mail_status is
  'waiting: to be sent at due_at. sent: the mail server took it. failed: given up; a manager can send it again.';

create table private.mail (
  event_id bigint primary key references public.order_events (id),
  kind public.mail_kind not null,
  status public.mail_status not null default 'waiting',
  attempts integer not null default 0 check (attempts >= 0),
  due_at timestamptz not null default private.clock(),
  lease uuid,
  error text check (length(error) <= 500),
  settled_at timestamptz,
  created_at timestamptz not null default private.clock(),
  constraint mail_is_settled_at_a_time check ((status = 'waiting') = (settled_at is null)),
  constraint mail_is_leased_while_it_waits check (status = 'waiting' or lease is null)
);
comment on table private.mail is 
  'One row per e-mail about an order. Written by a trigger of order_events and by schemas/mail/sending.sql.';
comment on column private.mail.due_at is 'The next attempt. While a server holds the lease: when the lease runs out.';
comment on column private.mail.lease is 'The server''s receipt for the attempt in progress. NULL when nobody sends it.';
comment on column private.mail.error is
  'The answer of the mail server to the last attempt. NULL when it took the message.';
create index mail_waiting on private.mail (due_at) where status = 'waiting';
create index mail_failed on private.mail (created_at) where status = 'failed';
create index mail_by_age on private.mail (created_at);
alter table private.mail enable row level security;

create table private.order_links (
  token_hash bytea primary key check (length(token_hash) = 32),
  order_id uuid not null references public.orders (id),
  expires_at timestamptz not null
);
comment on table private.order_links is
  'Secrets of the order links in e-mails, as SHA-256. They open a guest''s order as the secret in its cookie does.';
create index order_links_by_order on private.order_links (order_id);
create index order_links_by_end on private.order_links (expires_at);
alter table private.order_links enable row level security;

create function private.mail_kind_of(event public.order_events)
returns public.mail_kind
language sql
stable
set search_path = ''
as $$
  select case
    when event.kind = 'placed' then 'order_placed'
    when event.kind = 'picked' and exists (
      select from public.orders where orders.id = event.order_id and orders.delivery = 'collection'
    ) then 'order_ready'
    when event.kind = 'handed_over' and exists (
      select from public.orders where orders.id = event.order_id and orders.delivery = 'delivery'
    ) then 'order_sent'
    when event.kind = 'rest_cancelled' or event.kind = 'short' and (event.detail ->> 'cancelled')::integer > 0
      then 'order_reduced'
    when event.kind = 'cancelled' then 'order_cancelled'
    when event.kind = 'refunded' then 'order_refunded'
    when event.kind = 'payment_declined' then 'payment_declined'
  end::public.mail_kind
$$;
comment on function private.mail_kind_of(public.order_events) is
  'The e-mail that an event causes; NULL for none. A customer at the counter gets no e-mail about it.';

create function private.owe_mail()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into private.mail (event_id, kind)
  select owed.id, owed.mail_kind
  from (select added.id, private.mail_kind_of(added) as mail_kind from added) as owed
  where owed.mail_kind is not null;
  return null;
end;
$$;
comment on function private.owe_mail() is 'Trigger of order_events: writes the messages that new events cause.';
create trigger order_events_owe_mail after insert on public.order_events
  referencing new table as added
  for each statement execute function private.owe_mail();
