-- Products, variants, categories and locations: rows that change rarely. They hold no units, so a sale never writes
-- them and an edit never updates a stock badge.
--
-- Shoppers read active products; staff read all. Nobody writes directly: the catalogue changes through imports
-- and (later) edits with conflict detection.

create table public.shop_settings (
  only_row boolean primary key default true check (only_row),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  low_stock_at integer not null default 5 check (low_stock_at between 0 and 1000),
  time_zone text not null default 'Europe/Brussels' check (timestamptz 'epoch' at time zone time_zone is not null),
  stock_broadcast boolean not null default false
);
comment on table public.shop_settings is
  'One row: the identity of the shop, its look, and how it writes numbers and dates. Managers change it
   (save_shop_settings).';
comment on column public.shop_settings.currency is 'The currency (ISO 4217) of every price.';
comment on column public.shop_settings.low_stock_at is
  'From so many available units on, the shelf says how many are left.';
comment on column public.shop_settings.time_zone is
  'The IANA zone of the shop''s clock: when its days end, and in which its pages write times.';
comment on column public.shop_settings.stock_broadcast is
  'Whether shoppers'' pages follow the stock by Broadcast from the database (schemas/stock/broadcast.sql) in place of
   Postgres Changes: for crowds on one product. Open pages change over within seconds. docs/scale.md says when.';
insert into public.shop_settings default values;

create table public.categories (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (length(trim(title)) between 1 and 120),
  blurb text not null default '',
  position integer not null default 0,
  picture text not null default '' check (picture = '' or picture ~ '^(https?://|/)'),
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
comment on table public.categories is 'Groups of products, in order of position, then title.';
comment on column public.categories.picture is
  'The wide picture of the category: a path of our own or an address; or empty.';
create trigger categories_touch before update on public.categories
  for each row execute function private.touch();

create type public.product_status as enum ('draft', 'active', 'archived');
comment on type public.product_status is 'Only active products are for sale and readable by shoppers.';

create table public.products (
  id uuid primary key default gen_random_uuid(),
  handle text not null unique check (handle ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(handle) <= 255),
  title text not null check (length(trim(title)) between 1 and 255),
  description_html text not null default '',
  category text not null references public.categories (slug),
  vendor text not null default '',
  tags text[] not null default '{}',
  option_names text[] not null default '{}' check (cardinality(option_names) <= 3),
  limited boolean not null default false,
  tax_rate_bp integer not null default 1900 check (tax_rate_bp between 0 and 10000),
  status public.product_status not null default 'draft',
  position integer not null default 0,
  number bigint not null generated always as identity unique,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.products is
  'Products with their texts. They change rarely; the shop reads them from cached server renders.';
comment on column public.products.handle is 'The address of its page: /products/<handle>.';
comment on column public.products.description_html is
  'Made safe on the way in (import): a small allow-list of tags, no attributes but href.';
comment on column public.products.option_names is
  'Up to three, in order: {Size, Glaze}. Empty: one variant without choices.';
comment on column public.products.limited is 'A limited edition: the shelf always says how many are left.';
comment on column public.products.tax_rate_bp is 'Tax included in its prices, in basis points: 1900 is 19 %.';
comment on column public.products.position is 'Order in listings, ascending, then id.';
comment on column public.products.number is 'In the order they were made: the newest has the highest.';
create index products_by_category on public.products (category, position, id);
create trigger products_touch before update on public.products
  for each row execute function private.touch();

create table public.variants (
  id uuid primary key default gen_random_uuid(),
  product_id uuid not null references public.products (id),
  sku text not null unique check (length(trim(sku)) between 1 and 120),
  option_values text[] not null default '{}' check (cardinality(option_values) <= 3),
  price_minor integer not null check (price_minor >= 0),
  compare_at_minor integer check (compare_at_minor >= 0),
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  barcode text,
  limit_per_person integer check (limit_per_person between 1 and 99),
  position integer not null default 1,
  active boolean not null default true,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- At the end of a statement, so that two can change places.
  constraint variants_differ_in_their_options unique (product_id, option_values) deferrable
);
comment on table public.variants is 'The unit of sale and stock: one SKU, one price.';
comment on column public.variants.price_minor is 'Minor units of currency (cents), tax included.';
comment on column public.variants.compare_at_minor is
  'The former price, minor units; shown struck through when above price_minor.';
comment on column public.variants.limit_per_person is
  'Units one person may buy over all carts and orders; NULL: no limit.';
comment on column public.variants.active is 'False: no longer sold, but still in the ledger.';
-- A scanned code is compared by its key, see private.code_key.
create index variants_by_sku_key on public.variants (private.code_key(sku));
create index variants_by_barcode_key on public.variants (private.code_key(barcode)) where barcode is not null;
create trigger variants_touch before update on public.variants
  for each row execute function private.touch();

create table public.product_media (
  id uuid primary key default gen_random_uuid(),
  product_id uuid not null references public.products (id) on delete cascade,
  variant_id uuid references public.variants (id) on delete cascade,
  position integer not null check (position >= 1),
  src text not null check (src ~ '^(https?://|/)'),
  alt text not null default '',
  focus_x smallint not null default 50 check (focus_x between 0 and 100),
  focus_y smallint not null default 50 check (focus_y between 0 and 100),
  constraint product_media_have_one_order unique (product_id, position)
);
comment on table public.product_media is 'Pictures of a product in order; one may belong to a variant.';
comment on column public.product_media.src is
  'A path of our own (/pictures/… is a photo in Storage, /art/… a drawing of the demo) or an https address that may or
   may not be reachable.';
comment on column public.product_media.focus_x is
  'The point that stays visible where a frame cuts the picture: percent from the left; focus_y from the top.';
create index product_media_by_variant on public.product_media (variant_id) where variant_id is not null;

create table public.locations (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (length(trim(name)) between 1 and 120),
  address text not null default '',
  position integer not null default 0,
  active boolean not null default true,
  hours jsonb not null default '[]' check (jsonb_typeof(hours) = 'array' and pg_column_size(hours) <= 4000),
  hours_note text not null default '' check (length(hours_note) <= 200),
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);
comment on table public.locations is
  'A place that holds stock: a shop, a warehouse. The first by position takes imported quantities.';
comment on column public.locations.active is 'False: archived. It holds nothing, and its history stays.';
comment on column public.locations.hours is
  'When shoppers can come: [{day, from, to}], day 1 (Monday) to 7, times as "09:30", in order. Empty: not said.';
comment on column public.locations.hours_note is 'Exceptions in words, such as holidays.';
create trigger locations_touch before update on public.locations
  for each row execute function private.touch();

alter table public.shop_settings enable row level security;
alter table public.categories enable row level security;
alter table public.products enable row level security;
alter table public.variants enable row level security;
alter table public.product_media enable row level security;
alter table public.locations enable row level security;

-- Reading only; no write grant, because every change is a function that checks and leaves a trail. Shoppers read the
-- catalogue in the pages of the shop, whose server asks with its own key for what is on sale. The Data API shows it to
-- staff alone: whoever could read these tables could nest one in the other, and be sent megabytes for a line of
-- question.
revoke all on public.shop_settings, public.categories, public.products, public.variants, public.product_media,
  public.locations from anon, authenticated;
grant select on public.shop_settings, public.categories, public.products, public.variants, public.product_media,
  public.locations to authenticated;

create policy "staff read the settings" on public.shop_settings
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read the categories" on public.categories
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read where we are" on public.locations
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read products" on public.products
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read variants" on public.variants
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read pictures" on public.product_media
  for select to authenticated using ((select private.staff_role()) is not null);

-- The audit trail (schemas/audit/tables.sql).
select private.keep_trail('public.shop_settings', 'settings', 'only_row', 'currency');
select private.keep_trail('public.categories', 'category', 'slug', 'title');
select private.keep_trail('public.products', 'product', 'id', 'title');
select private.keep_trail('public.variants', 'variant', 'id', 'sku');
select private.keep_trail('public.product_media', 'picture', 'id', 'src');
select private.keep_trail('public.locations', 'location', 'id', 'name');
