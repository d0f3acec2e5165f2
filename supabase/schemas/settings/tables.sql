-- The columns of shop_settings beyond those of the catalogue: the identity of the shop, its look, its formats.

alter table public.shop_settings
  add column name text not null default '' check (length(name) <= 80),
  add column line text not null default '' check (length(line) <= 160),
  add column description text not null default '' check (length(description) <= 400),
  add column email text not null default '' check (length(email) <= 254),
  add column phone text not null default '' check (length(phone) <= 40),
  add column address text not null default '' check (length(address) <= 300),
  add column country text not null default '' check (country ~ '^([A-Z]{2})?$'),
  add column locale text not null default 'en-GB' check (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  add column tax_number text not null default '' check (length(tax_number) <= 40),
  add column tax_rate_bp integer not null default 1900 check (tax_rate_bp between 0 and 10000),
  add column accent text not null default 'indigo'
    check (accent in ('indigo', 'ocean', 'forest', 'clay', 'plum', 'ink')),
  add column typeface text not null default 'kalnia'
    check (typeface in ('kalnia', 'grotesk', 'classic')),
  add column version bigint not null default 1,
  add column updated_at timestamptz not null default now();
comment on column public.shop_settings.name is 'Empty: nobody has set the shop up yet.';
comment on column public.shop_settings.line is 'One line under the name.';
comment on column public.shop_settings.country is 'Where the shop is: ISO 3166-1 alpha-2, or empty.';
comment on column public.shop_settings.locale is
  'A BCP 47 tag: how numbers, prices and dates are written. The texts of the pages are English.';
comment on column public.shop_settings.tax_rate_bp is
  'The tax included in the prices of a new product, in basis points.';
comment on column public.shop_settings.accent is
  'The colour of text, links and buttons; app/globals.css has the values.';
comment on column public.shop_settings.typeface is 'The typeface of titles.';

create trigger shop_settings_touch before update on public.shop_settings
  for each row execute function private.touch();

create function private.usual_tax_rate()
returns integer
language sql
stable
security definer
set search_path = ''
as $$
  select shop_settings.tax_rate_bp from public.shop_settings where shop_settings.only_row
$$;
comment on function private.usual_tax_rate() is
  'The tax included in the prices of a product that names no other rate, in basis points.';
grant execute on function private.usual_tax_rate() to service_role;
alter table public.products alter column tax_rate_bp set default private.usual_tax_rate();

-- The beginning of the home page. An empty title is the line of the shop, an empty text its description.
alter table public.shop_settings
  add column hero_title text not null default '' check (length(hero_title) <= 80),
  add column hero_text text not null default '' check (length(hero_text) <= 400),
  add column hero_picture text not null default '' check (hero_picture ~ '^(|/[^/\s]\S*|https://\S+)$'),
  add column hero_alt text not null default '' check (length(hero_alt) <= 200);
comment on column public.shop_settings.hero_picture is
  'The wide picture of the home page: a path of our own, an https address, or empty.';
comment on column public.shop_settings.hero_alt is 'The picture of the home page in words.';
