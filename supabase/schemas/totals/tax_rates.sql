-- Tax rates by country and category. A product has its own rate (products.tax_rate_bp); a rate in this table takes its
-- place for orders that are delivered to the country, of products of the category. An order that is collected is taxed
-- in the country of the shop. Prices include tax, so a rate changes the tax in a price and never the price: placed
-- orders keep the rates of their items. Refusals: role_required, invalid_input, idempotency_key_reused, busy.

create table public.tax_rates (
  id uuid primary key default gen_random_uuid(),
  country text check (country ~ '^[A-Z]{2}$'),
  category text references public.categories (slug) on update cascade on delete cascade,
  rate_bp integer not null check (rate_bp between 0 and 10000),
  constraint tax_rates_are_of_something check (num_nonnulls(country, category) > 0),
  constraint tax_rates_once_each unique nulls not distinct (country, category)
);
comment on table public.tax_rates is
  'Tax rates that take the place of those of products, for a country of delivery, a category, or both.';
comment on column public.tax_rates.country is 'ISO 3166-1, two letters. NULL: of every country.';
comment on column public.tax_rates.category is 'NULL: of every category.';
comment on column public.tax_rates.rate_bp is 'Basis points: 1900 is 19 %.';
create index tax_rates_by_category on public.tax_rates (category);

alter table public.tax_rates enable row level security;
revoke all on public.tax_rates from anon, authenticated, service_role;
grant select on public.tax_rates to authenticated, service_role;
create policy "staff read tax rates" on public.tax_rates
  for select to authenticated using ((select private.staff_role()) is not null);
select private.keep_trail('public.tax_rates', 'tax_rate', 'id', 'rate_bp');

create function private.has_tax_rates()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from public.tax_rates);
end;
$$;
comment on function private.has_tax_rates() is 'Whether rates of products may be replaced (private.tax_rate_of).';

create function private.tax_rate_of(country text, category text, usual integer)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce((
    select rate.rate_bp
    from public.tax_rates as rate
    where (rate.country is null or rate.country = coalesce(
        tax_rate_of.country, (select shop_settings.country from public.shop_settings where shop_settings.only_row)
      ))
      and (rate.category is null or rate.category = tax_rate_of.category)
    order by rate.country is null, rate.category is null
    limit 1
  ), usual);
end;
$$;
comment on function private.tax_rate_of(text, text, integer) is
  'The rate of a product of this category that has the usual rate, delivered to a country (NULL: collected). A rate of
   the country comes before one of all countries, one of the category before one of all.';

create function private.set_tax_rate(idempotency_key uuid, country text, category text, rate_bp integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_wrong text;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'set_tax_rate', jsonb_build_array(country, category, rate_bp));
  if v_response is not null then
    return v_response;
  end if;
  -- One at a time, so that two cannot pass the limit.
  lock table public.tax_rates in share row exclusive mode;
  v_wrong := case
    when country !~ '^[A-Z]{2}$' then 'country'
    when category is not null and not exists (
      select from public.categories where categories.slug = set_tax_rate.category
    ) then 'category'
    when num_nonnulls(country, category) = 0 then 'country'
    when rate_bp not between 0 and 10000 then 'rate_bp'
    when rate_bp is not null and (select count(*) from public.tax_rates) >= 1000 and not exists (
      select from public.tax_rates as rate
      where (rate.country, rate.category) is not distinct from (set_tax_rate.country, set_tax_rate.category)
    ) then 'rate'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'missing or not valid'), 'See set_tax_rate.');
  end if;
  if rate_bp is null then
    delete from public.tax_rates as rate
    where (rate.country, rate.category) is not distinct from (set_tax_rate.country, set_tax_rate.category);
  else
    insert into public.tax_rates as rate (country, category, rate_bp)
    values (set_tax_rate.country, set_tax_rate.category, set_tax_rate.rate_bp)
    on conflict on constraint tax_rates_once_each do update set rate_bp = excluded.rate_bp;
  end if;
  v_response := jsonb_build_object('country', country, 'category', category, 'rate_bp', rate_bp);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.set_tax_rate(uuid, text, text, integer) is 'See public.set_tax_rate.';

create function public.set_tax_rate(
  idempotency_key uuid, country text default null, category text default null, rate_bp integer default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.set_tax_rate(idempotency_key, country, category, rate_bp)
$$;
comment on function public.set_tax_rate(uuid, text, text, integer) is
  'Sets the tax rate of a country (two letters), a category (its slug) or both, in basis points; without rate_bp it is
   removed. Placed orders keep their rates. Managers. Returns {country, category, rate_bp}. Raises role_required (403),
   invalid_input (422), idempotency_key_reused (409), busy (503).';

revoke execute on function public.set_tax_rate(uuid, text, text, integer) from public, anon;
grant execute on function public.set_tax_rate(uuid, text, text, integer),
  private.set_tax_rate(uuid, text, text, integer)
to authenticated, service_role;
