-- E-mails the shop owes to buyers, account holders and staff: a transactional outbox. Invariants:
--   1. The transaction that writes an order event writes its message: no event without its e-mail, no e-mail without
--      its event. One message per event, because the event is its key.
--   2. A message is sent by the server that holds its lease. A lease that ran out is taken by another server, so a
--      message is sent at least once; its Message-ID is made of the event's id, so a mailbox can drop a second copy.
--   3. No row about an order holds an address, a name or a text: they are read when the message is taken. A message
--      about an account (schemas/mail/accounts.sql) holds its address and the secret of its link until it is settled.

create type public.mail_kind as enum (
  'order_placed', 'order_ready', 'order_sent', 'order_reduced', 'order_cancelled', 'order_refunded', 'payment_declined',
  'payment_reminder', 'confirm_address', 'reset_password', 'change_address', 'staff_invitation',
  'waitlist_confirm', 'waitlist_offer', 'withdrawal_received', 'shop_answered'
);
comment on type public.mail_kind is
  'order_placed: the confirmation. order_ready: can be collected. order_sent: units left for the buyer''s address, or
   their tracking number is known. order_reduced: units were cancelled. order_cancelled: all of them. order_refunded:
   money went back. payment_declined: can be paid again. payment_reminder: is cancelled soon, because it is not paid.
   confirm_address, reset_password, change_address: a link of Auth for an account. staff_invitation: a link to join.
   waitlist_confirm: the link that puts a guest on a waitlist. waitlist_offer: a unit is held.
   withdrawal_received: the buyer withdrew from the contract, and when. shop_answered: staff answered in a
   conversation.';

create type public.mail_status as enum ('waiting', 'sent', 'failed');
comment on type public.mail_status is
  'waiting: to be sent at due_at. sent: the mail server took it. failed: given up; a manager can send it again.';

create table private.mail (
  event_id bigint unique references public.order_events (id),
  kind public.mail_kind not null,
  status public.mail_status not null default 'waiting',
  attempts integer not null default 0 check (attempts >= 0),
  due_at timestamptz not null default private.clock(),
  lease uuid,
  error text check (length(error) <= 500),
  settled_at timestamptz,
  created_at timestamptz not null default private.clock(),
  constraint mail_is_settled_at_a_time check ((status = 'waiting') = (settled_at is null)),
  constraint mail_is_leased_while_it_waits check (status = 'waiting' or lease is null),
  id bigint generated always as identity primary key,
  account jsonb,
  request text unique check (length(request) between 1 and 120),
  ends_at timestamptz,
  constraint mail_has_one_subject check ((event_id is null) = (request is not null and ends_at is not null)),
  constraint mail_keeps_its_account_while_it_waits check (
    (account is not null) = (event_id is null and status = 'waiting')
  )
);
comment on table private.mail is
  'One row per e-mail. About an order: written by a trigger of order_events. About an account: by owe_account_mail.';
comment on column private.mail.account is
  'Of a message about an account: {to, token, …}; NULL for an order, and once the message is settled.';
comment on column private.mail.request is
  'The request that caused a message about an account: sent again, it causes no second one.';
comment on column private.mail.ends_at is 'When the link of a message about an account ends, and the message with it.';
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
language plpgsql
stable
set search_path = ''
as $$
begin
  case event.kind
    when 'placed' then return 'order_placed';
    when 'cancelled' then return 'order_cancelled';
    when 'rest_cancelled' then return 'order_reduced';
    when 'refunded' then return 'order_refunded';
    when 'withdrawal_asked' then return 'withdrawal_received';
    when 'payment_declined' then return 'payment_declined';
    when 'payment_reminded' then return 'payment_reminder';
    when 'short' then
      return case when (event.detail ->> 'cancelled')::integer > 0 then 'order_reduced' end;
    when 'picked' then
      return (select 'order_ready' from public.orders
        where orders.id = event.order_id and orders.delivery = 'collection');
    when 'handed_over' then
      return (select 'order_sent' from public.orders
        where orders.id = event.order_id and orders.delivery = 'delivery');
    when 'parcel_changed' then
      return case when event.detail -> 'parcel' ? 'tracking_number' then 'order_sent' end;
    else return null;
  end case;
end;
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
  from (select added.id, added.order_id, private.mail_kind_of(added) as mail_kind from added) as owed
  where owed.mail_kind is not null
    and not exists (select from public.orders where orders.id = owed.order_id and orders.is_walk_in);
  return null;
end;
$$;
comment on function private.owe_mail() is
  'Trigger of order_events: writes the messages that new events cause. A walk-in customer has no address.';
create trigger order_events_owe_mail after insert on public.order_events
  referencing new table as added
  for each statement execute function private.owe_mail();
