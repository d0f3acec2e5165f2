-- Callers: how often a guest, an account and a network may ask, and whom the shop does not serve. Kept in Postgres, so
-- that several servers of one shop count together. A caller is named by a subject: g:<hash of the guest's token>,
-- u:<user id>, n:<keyed hash of the network>; addresses and tokens are not kept. Refusals: too_many_requests, blocked.

create table private.rates (
  kind text primary key check (kind ~ '^[a-z_]+$'),
  guest integer not null check (guest >= 1),
  network integer not null check (network >= 1),
  per interval not null check (per between '1 second' and interval '1 day')
);
comment on table private.rates is
  'How many requests of a kind one guest or account, and one network, may send per interval.';
alter table private.rates enable row level security;
insert into private.rates (kind, guest, network, per) values
  ('hold', 60, 600, '1 minute'), ('cart', 120, 1200, '1 minute'), ('checkout', 20, 200, '10 minutes'),
  ('pay', 30, 300, '10 minutes'), ('sign_in', 30, 120, '10 minutes'), ('sign_up', 10, 30, '1 hour'),
  ('link', 60, 300, '1 minute'), ('join', 30, 60, '1 minute'),
  ('mail_link', 5, 30, '1 hour'), ('account', 20, 60, '10 minutes');

create unlogged table private.spendings (
  kind text not null,
  subject text not null,
  spent integer not null,
  since timestamptz not null,
  primary key (kind, subject)
);
comment on table private.spendings is
  'Requests of a caller in the window that began at since. Unlogged: after a crash everybody begins again. Deleted by
   a rule of schemas/retention/tables.sql.';
alter table private.spendings enable row level security;

create table private.blocks (
  subject text primary key check (subject ~ '^[gun]:[0-9a-f-]{32,64}$'),
  reason text not null check (length(trim(reason)) between 1 and 200),
  blocked_by uuid not null default private.actor(),
  blocked_at timestamptz not null default now(),
  expires_at timestamptz
);
comment on table private.blocks is
  'Guests, accounts and networks that the shop does not serve. Written by managers through functions.';
comment on column private.blocks.expires_at is 'When the block ends; NULL: when a manager ends it.';
alter table private.blocks enable row level security;
