-- Sales: sums over order items and orders, kept by the transaction that changes them and never counted on read.

create table public.sales_by_variant (
  variant_id uuid primary key references public.variants (id),
  sold integer not null default 0 check (sold >= 0),
  cancelled integer not null default 0 check (cancelled >= 0),
  returned integer not null default 0 check (returned >= 0),
  revenue_minor bigint not null default 0,
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
comment on table public.sales_by_variant is
  'Units sold, cancelled and returned since ever, and the money that stayed (minor units, tax included).';

create table public.sales_by_minute (
  minute timestamptz,
  stripe smallint check (stripe >= 0),
  orders integer not null default 0,
  units integer not null default 0,
  revenue_minor bigint not null default 0,
  cancelled_or_returned integer not null default 0,
  cancelled_or_returned_minor bigint not null default 0,
  primary key (minute, stripe)
);
comment on table public.sales_by_minute is
  'Orders placed in each minute, and their units cancelled or returned since; readers sum the stripes
   (private.session_stripe).';

create table public.sales_by_quarter_hour (
  quarter_hour timestamptz,
  stripe smallint check (stripe >= 0),
  orders integer not null default 0,
  units integer not null default 0,
  revenue_minor bigint not null default 0,
  cancelled_or_returned integer not null default 0,
  cancelled_or_returned_minor bigint not null default 0,
  primary key (quarter_hour, stripe)
);
comment on table public.sales_by_quarter_hour is
  'The same by quarters of an hour, of which the days of every time zone are made.';

create table public.sales_pace (
  variant_id uuid references public.variants (id),
  quarter_hour timestamptz,
  units integer not null,
  primary key (variant_id, quarter_hour)
);
comment on table public.sales_pace is
  'How fast a variant goes: units placed in a quarter of an hour, without what was cancelled or returned since.';
create index sales_pace_by_time on public.sales_pace using brin (quarter_hour) with (pages_per_range = 16);

create table public.customers (
  user_id uuid primary key references auth.users (id) on delete cascade,
  orders integer not null default 0 check (orders >= 0),
  cancelled integer not null default 0 check (cancelled between 0 and orders),
  total_minor bigint not null default 0,
  updated_at timestamptz not null default now()
);
comment on table public.customers is
  'Orders of a signed-in person: how many were placed, how many of those cancelled, and their total as placed.';

alter table public.sales_by_variant enable row level security;
alter table public.sales_by_minute enable row level security;
alter table public.sales_by_quarter_hour enable row level security;
alter table public.sales_pace enable row level security;
alter table public.customers enable row level security;
revoke all on public.sales_by_variant, public.sales_by_minute, public.sales_by_quarter_hour, public.sales_pace,
  public.customers
  from anon, authenticated, service_role;
grant select on public.sales_by_variant, public.sales_by_minute, public.sales_by_quarter_hour, public.sales_pace,
  public.customers
  to authenticated, service_role;
create policy "staff see what sells" on public.sales_by_variant
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see the minutes" on public.sales_by_minute
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see the quarters of an hour" on public.sales_by_quarter_hour
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see how fast variants sell" on public.sales_pace
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff see how often a customer bought" on public.customers
  for select to authenticated using ((select private.staff_role()) is not null);
