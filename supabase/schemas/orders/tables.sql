-- Orders: what was bought, at which price, by whom. Titles and prices are copied in: an order says for ever what it
-- said when it was placed. Its units are claims (schemas/holds/claims.sql); its money is a payment.

create function private.tax_included(amount_minor bigint, rate_bp integer)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
begin
  return (2 * amount_minor * rate_bp + 10000 + rate_bp) / (2 * (10000 + rate_bp));
end;
$$;
comment on function private.tax_included(bigint, integer) is
  'The tax inside a price that includes it: amount * rate / (10000 + rate), rounded half up to a whole minor unit.
   Rounded once per order line; an order''s tax is the sum of its lines'' and of its delivery''s.';

create type public.order_status as enum ('awaiting_payment', 'placed', 'fulfilled', 'cancelled');
comment on type public.order_status is
  'awaiting_payment: its units are held until the payment deadline. placed: they are committed. fulfilled: everything
   not cancelled was handed over. cancelled: nothing was.';

create type public.delivery_method as enum ('collection', 'delivery');
comment on type public.delivery_method is 'The customer comes to a location, or we bring it.';

create table public.orders (
  id uuid primary key default gen_random_uuid(),
  number bigint generated always as identity (start 1001) unique,
  user_id uuid references auth.users (id) on delete set null,
  token_hash bytea check (length(token_hash) = 32),
  guest_hash bytea check (length(guest_hash) = 32),
  network text check (network ~ '^[0-9a-f]{32}$'),
  email text not null check (email = lower(email) and email like '%_@_%' and length(email) <= 254),
  name text not null check (length(trim(name)) between 1 and 120),
  phone text check (length(phone) between 1 and 40),
  delivery public.delivery_method not null,
  collect_at uuid,
  address jsonb,
  status public.order_status not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  units integer not null check (units > 0),
  total_minor bigint not null check (total_minor >= 0),
  tax_minor bigint not null check (tax_minor between 0 and total_minor),
  placed_at timestamptz,
  cancelled_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint orders_know_where_to check (
    (delivery = 'collection') = (collect_at is not null) and (delivery = 'delivery') = (address is not null)
  ),
  constraint orders_are_placed_or_were_not check (
    (status in ('placed', 'fulfilled')) <= (placed_at is not null)
      and (status = 'awaiting_payment') <= (placed_at is null)
  ),
  constraint orders_are_cancelled_at_a_time check ((status = 'cancelled') = (cancelled_at is not null))
);
comment on table public.orders is 'One row per order. Read by its buyer and by staff; written by functions only.';
comment on column public.orders.number is
  'The number people use on the phone. Ascending, with gaps where a call was refused.';
comment on column public.orders.network is
  'As in carts: the network the order came from, a keyed hash; NULL where unknown.';
comment on column public.orders.token_hash is 'SHA-256 of the secret in a guest''s order link.';
comment on column public.orders.guest_hash is
  'SHA-256 of the secret of the cart it came from: who a guest is to limits per person. It stays when an account
   adopts the order.';
comment on column public.orders.collect_at is
  'The location of collection. No foreign key on purpose: it would lock that one row for every order of a rush, and
   locations are never deleted.';
create index orders_by_user on public.orders (user_id) where user_id is not null;
create index orders_by_guest on public.orders (guest_hash) where guest_hash is not null;
create index orders_by_age on public.orders (created_at desc, id);
create trigger orders_touch before update on public.orders
  for each row execute function private.touch();

create table public.order_items (
  id bigint generated always as identity primary key,
  order_id uuid not null references public.orders (id),
  variant_id uuid not null references public.variants (id),
  sku text not null,
  title text not null,
  option_values text[] not null,
  price_minor integer not null check (price_minor >= 0),
  tax_rate_bp integer not null check (tax_rate_bp between 0 and 10000),
  quantity integer not null check (quantity between 1 and 99),
  total_minor bigint not null,
  tax_minor bigint not null,
  fulfilled integer not null default 0 check (fulfilled >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  returned integer not null default 0 check (returned >= 0),
  sold_at timestamptz,
  discount_minor bigint not null default 0,
  constraint order_items_add_up check (total_minor = price_minor::bigint * quantity),
  constraint order_items_discount_fits check (discount_minor between 0 and total_minor),
  constraint order_items_split_fully check (fulfilled + cancelled <= quantity and returned <= fulfilled),
  constraint order_items_once_per_variant unique (order_id, variant_id)
);
comment on table public.order_items is
  'The items of an order, as they were when it was placed. Units are whole, money in minor units.';
comment on column public.order_items.sold_at is
  'When the order was placed; NULL while it waits for its payment. Sales are counted by it.';
comment on column public.order_items.discount_minor is 'Its share of the order''s discount, minor units.';
create index order_items_by_variant on public.order_items (variant_id);

alter table public.claims
  add foreign key (order_item_id) references public.order_items (id);

create table public.order_events (
  id bigint generated always as identity primary key,
  order_id uuid not null references public.orders (id),
  kind text not null check (kind ~ '^[a-z_]+$'),
  detail jsonb not null default '{}',
  actor uuid not null default private.actor(),
  created_at timestamptz not null default now()
);
comment on table public.order_events is 'The timeline of an order. Append-only.';
create index order_events_by_order on public.order_events (order_id, id);
create trigger order_events_stay before update or delete or truncate on public.order_events
  for each statement execute function private.stay_as_written();

create type public.return_outcome as enum ('restock', 'damaged', 'inspect');
comment on type public.return_outcome is
  'restock: back on the shelf. damaged: written off. inspect: waits for a decision of staff.';

create table public.order_returns (
  id bigint generated always as identity primary key,
  order_item_id bigint not null references public.order_items (id),
  location_id uuid not null references public.locations (id),
  quantity integer not null check (quantity > 0),
  outcome public.return_outcome not null,
  created_at timestamptz not null default now()
);
comment on table public.order_returns is 'Returned units and their outcome.';
create index order_returns_by_item on public.order_returns (order_item_id);
create index order_returns_by_location on public.order_returns (location_id);

alter table public.orders enable row level security;
alter table public.order_items enable row level security;
alter table public.order_events enable row level security;
alter table public.order_returns enable row level security;
revoke all on
  public.orders, public.order_items, public.order_events, public.order_returns
from anon, authenticated, service_role;
grant select on
  public.orders, public.order_items, public.order_events, public.order_returns
to authenticated, service_role;

-- Buyers read their orders through functions: read_order, and those of schemas/accounts/adopt_cart.sql for a whole
-- account.
create policy "staff see orders" on public.orders
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what was ordered" on public.order_items
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see timelines" on public.order_events
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see what came back" on public.order_returns
  for select to authenticated using ((select private.staff_role()) is not null);

-- Payments ----------------------------------------------------------------------------------------------------

create type public.payment_provider as enum ('on_collection', 'sandbox', 'stripe');
comment on type public.payment_provider is
  'on_collection: money changes hands at the counter. sandbox: a provider that answers by signed webhooks. stripe: a
   card is authorised, then charged (schemas/payments/intents.sql).';
create type public.payment_status as enum ('due', 'pending', 'declined', 'captured', 'void', 'authorised');
comment on type public.payment_status is
  'due: at the counter. pending: the provider was asked. declined: may be tried again until the deadline. authorised:
   the card is good for the amount, the order has its units, and the money is being captured. captured: we have the
   money. void: nobody will pay any more.';

create table private.payment_providers (
  provider public.payment_provider primary key,
  enabled boolean not null default false,
  secret bytea,
  deadline interval,
  constraint payment_providers_answer_signed check (
    provider = 'on_collection' or deadline is not null and (provider = 'stripe' or secret is not null)
  )
);
comment on table private.payment_providers is
  'How the shop is paid. The deployment enables a provider (docs/deploy.md); the sandbox takes no money, so it is off.';
comment on column private.payment_providers.secret is
  'The key the provider signs its webhooks with. NULL for stripe: the shop''s server has that key, and checks.';
comment on column private.payment_providers.deadline is
  'How long an order waits for its payment. On collection that is shop_limits.unpaid_for.';
alter table private.payment_providers enable row level security;
insert into private.payment_providers (provider, enabled, secret, deadline)
values ('on_collection', true, null, null),
  ('sandbox', false, sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), '15 minutes'),
  ('stripe', false, null, '15 minutes');

create table public.payments (
  id uuid primary key default gen_random_uuid(),
  order_id uuid not null unique references public.orders (id),
  provider public.payment_provider not null,
  status public.payment_status not null,
  currency text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  captured_minor bigint not null default 0 check (captured_minor >= 0),
  refund_due_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  deadline timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  attempt_at timestamptz,
  attention text check (attention in ('provider_failed', 'disputed', 'unpaid')),
  provider_error text check (length(provider_error) <= 500),
  taken_as text check (taken_as in ('cash', 'card')),
  constraint payments_are_taken_at_the_counter check (
    taken_as is null or provider = 'on_collection' and status = 'captured'
  ),
  constraint payments_with_money_are_captured check (captured_minor = 0 or status = 'captured'),
  constraint payments_refund_what_was_captured check (
    refund_due_minor between 0 and captured_minor and refunded_minor between 0 and refund_due_minor
  )
);
comment on table public.payments is 'The money of one order, in minor units.';
comment on column public.payments.deadline is
  'Until when the order keeps its units without being paid. NULL: it was confirmed, or a deadline no longer matters.';
comment on column public.payments.attempt_at is
  'When the buyer last began to pay, while the provider has not answered.';
comment on column public.payments.attention is
  'Why staff have to look at it. provider_failed: the provider could not do a step, see provider_error. disputed: the
   cardholder disputes it. unpaid: goods were handed over and the authorisation is lost. NULL: nothing to do.';
comment on column public.payments.provider_error is
  'The provider''s answer to the last attempt of a step that failed; NULL when it was done.';
comment on column public.payments.taken_as is
  'How it was paid at the counter. NULL: not at the counter, or nobody said how.';
comment on column public.payments.refund_due_minor is 'The total to refund; refunded_minor of it is refunded.';
create index payments_unresolved on public.payments (deadline)
  where deadline is not null and status in ('due', 'pending', 'declined');
create index payments_refunds on public.payments (updated_at) where refund_due_minor > refunded_minor;
create index payments_attention on public.payments (updated_at) where attention is not null;
create trigger payments_touch before update on public.payments
  for each row execute function private.touch();

create table private.payment_events (
  provider public.payment_provider not null,
  event_id text not null check (length(event_id) between 1 and 200),
  payment_id uuid not null references public.payments (id),
  kind text not null check (kind ~ '^[a-z_.]{1,80}$'),
  amount_minor bigint not null check (amount_minor >= 0),
  effect text not null,
  received_at timestamptz not null default now(),
  primary key (provider, event_id)
);
comment on table private.payment_events is
  'Every webhook once: a second delivery finds its row and answers what the first did.';
create index payment_events_by_payment on private.payment_events (payment_id);
alter table private.payment_events enable row level security;

alter table public.payments enable row level security;
revoke all on public.payments from anon, authenticated, service_role;
grant select on public.payments to authenticated, service_role;
create policy "staff see payments" on public.payments
  for select to authenticated using ((select private.staff_role()) is not null);
