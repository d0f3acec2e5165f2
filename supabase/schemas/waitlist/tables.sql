-- The waitlist: people who want a variant that is sold out, in a line, one line per variant. When units return, as many
-- offers are made as there are units, first come first served. An offer is a hold of one unit (a claim without a cart
-- or an order). Invariants:
--   1. Units that become free while people wait are offered in the statement that frees them (private.levels_sum), so
--      that nobody else can take them. At commit no offer is due, however the units came: offers_are_made.
--   2. Nobody is overtaken: each entry that was served has a lower place than each that waits.
--   3. A unit is offered once: an offer is one claim, and a claim is of one cart, order item or offer.
--   4. availability.in_line is the number of entries that wait or have an offer. A variant without a line has 0 there,
--      which is all that a sale of it reads of this file.
--   5. Entries of a line change under its variant's lock (private.lock_variants). Nothing else is locked for an offer,
--      no cart above all: the person takes the unit into a cart in their own call.
-- The rest of shop_limits.open_units stays on the shelf for everybody.

create type public.waitlist_status as enum ('unconfirmed', 'waiting', 'offered', 'accepted', 'lapsed');
comment on type public.waitlist_status is
  'unconfirmed: the guest has not opened the link in the e-mail yet, and has no place. waiting: in line. offered: a unit
   is held. accepted: it is in a cart. lapsed: the time of the offer ended. An entry that is left is deleted.';

create sequence private.waitlist_places;
comment on sequence private.waitlist_places is 'Places in lines: taken under the lock of the variant.';

create table private.waitlist (
  id bigint generated always as identity primary key,
  variant_id uuid not null references public.variants (id),
  user_id uuid references auth.users (id),
  email text not null check (length(email) between 3 and 254),
  network text check (network ~ '^[0-9a-f]{32}$'),
  status public.waitlist_status not null,
  place bigint unique,
  offered_until timestamptz,
  created_at timestamptz not null default private.clock(),
  constraint waitlist_places_are_of_confirmed check ((status = 'unconfirmed') = (place is null)),
  constraint waitlist_offers_end check ((status in ('unconfirmed', 'waiting')) = (offered_until is null))
);
comment on table private.waitlist is
  'One row per person and variant. Written by functions; ended rows are deleted by a rule of this file.';
comment on column private.waitlist.user_id is 'The account; NULL: a guest, who is known by the address alone.';
comment on column private.waitlist.network is 'The network the guest asked from: a keyed hash, as in carts.';
comment on column private.waitlist.place is 'Lower is earlier. NULL until the address is confirmed.';
comment on column private.waitlist.offered_until is 'When the hold of the offer ends or ended.';
create unique index waitlist_once on private.waitlist (variant_id, email)
  where status in ('unconfirmed', 'waiting', 'offered');
create index waitlist_in_line on private.waitlist (variant_id, place) where status = 'waiting';
create index waitlist_offered on private.waitlist (variant_id) where status = 'offered';
create index waitlist_served on private.waitlist (variant_id, place desc)
  where status in ('offered', 'accepted', 'lapsed');
create index waitlist_by_email on private.waitlist (email);
create index waitlist_by_account on private.waitlist (user_id) where user_id is not null;
create index waitlist_by_age on private.waitlist (created_at);
create index waitlist_of_a_network on private.waitlist (network, variant_id) where network is not null;
alter table private.waitlist enable row level security;

create table private.waitlist_links (
  token_hash bytea primary key check (length(token_hash) = 32),
  entry_id bigint not null references private.waitlist (id) on delete cascade
);
comment on table private.waitlist_links is
  'Secrets of the links in e-mails about the waitlist, as SHA-256. They end with their entry.';
create index waitlist_links_by_entry on private.waitlist_links (entry_id);
alter table private.waitlist_links enable row level security;

-- Columns of other tables ---------------------------------------------------------------------------------------

alter table public.availability add column in_line integer not null default 0 check (in_line >= 0);
comment on column public.availability.in_line is
  'People on the waitlist of the variant, with an offer or without (schemas/waitlist/tables.sql).';

alter table public.claims
  add column offer_id bigint references private.waitlist (id),
  drop constraint claims_have_one_owner,
  add constraint claims_have_one_owner check (num_nonnulls(cart_id, order_item_id, offer_id) = 1),
  add constraint claims_of_offers_are_one_unit
    check (offer_id is null or (quantity = 1 and expires_at is not null));
comment on column public.claims.offer_id is 'The waitlist entry that the unit is offered to.';
create unique index claims_of_an_offer on public.claims (offer_id) where offer_id is not null;

alter table private.shop_limits
  add column offer_time interval not null default '2 hours' check (offer_time between '5 minutes' and '7 days'),
  add column open_units integer not null default 0 check (open_units >= 0);
comment on column private.shop_limits.offer_time is 'How long an offer of the waitlist holds its unit.';
comment on column private.shop_limits.open_units is
  'Units of a variant that stay on the shelf for everybody while people wait for it.';

-- Messages about entries are messages about an account (schemas/mail/accounts.sql); their request is
-- waitlist:<entry>:<what about it>.
create index mail_of_the_waitlist on private.mail (split_part(request, ':', 2)) where request like 'waitlist:%';

insert into private.rates (kind, guest, network, per) values ('waitlist', 30, 60, '1 hour');
