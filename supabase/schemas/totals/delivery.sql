-- Delivery: where the shop delivers and at which price. A shop without a zone delivers everywhere, free of charge.
-- Refusals: role_required, invalid_input, not_found, delivery_zone_changed, idempotency_key_reused, busy.

create function private.are_ascending(numbers bigint[])
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(bool_and(numbers[n] < numbers[n + 1]), true) and array_position(numbers, null) is null
  from generate_series(1, cardinality(numbers) - 1) as n
$$;
comment on function private.are_ascending(bigint[]) is 'Whether each number is above the one before, and none is NULL.';

create table public.delivery_zones (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(trim(name)) between 1 and 80),
  countries text[] not null,
  postcodes text[] not null default '{}',
  rates_from_minor bigint[] not null,
  rates_minor bigint[] not null,
  estimate text check (length(trim(estimate)) between 1 and 80),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint delivery_zones_name_countries check (
    cardinality(countries) >= 1 and cardinality(countries) <= 250
      and array_to_string(countries, ',', '?') ~ '^[A-Z]{2}(,[A-Z]{2})*$'
  ),
  constraint delivery_zones_name_postcodes check (
    cardinality(postcodes) <= 500
      and array_to_string(postcodes, ',', '?') ~ '^([A-Z0-9]{1,10}\*?(,[A-Z0-9]{1,10}\*?)*)?$'
  ),
  constraint delivery_zones_have_rates check (
    cardinality(rates_from_minor) >= 1 and cardinality(rates_from_minor) <= 20
      and cardinality(rates_from_minor) = cardinality(rates_minor)
      and rates_from_minor[1] = 0 and private.are_ascending(rates_from_minor)
      and array_position(rates_minor, null) is null and 0 <= all (rates_minor)
      and 1000000000000 >= all (rates_minor)
  )
);
comment on table public.delivery_zones is
  'Where the shop delivers, and for how much. An address belongs to the first zone of its country whose postcodes match;
   zones with postcodes come before those without, older ones first. No zone at all: free delivery everywhere.';
comment on column public.delivery_zones.countries is 'ISO 3166-1 codes of two letters.';
comment on column public.delivery_zones.postcodes is
  'Postcodes without spaces and signs, in upper case; one that ends in * means all that begin like it. Empty: all.';
comment on column public.delivery_zones.rates_from_minor is
  'From which value of the goods, after discounts, the rate in the same place of rates_minor counts: ascending, the
   first is 0. Minor units, tax included.';
comment on column public.delivery_zones.rates_minor is 'Prices of a delivery, minor units, tax included. 0 is free.';
comment on column public.delivery_zones.estimate is 'How long it takes, as shoppers read it: "2–3 working days".';
create trigger delivery_zones_touch before update on public.delivery_zones
  for each row execute function private.touch();

create table public.delivery_settings (
  only_row boolean primary key default true check (only_row),
  tax_rate_bp integer check (tax_rate_bp between 0 and 10000)
);
comment on table public.delivery_settings is 'One row: how deliveries are taxed.';
comment on column public.delivery_settings.tax_rate_bp is
  'The tax included in a price of a delivery, in basis points. NULL: it is taxed as the goods are, divided among their
   rates by value (docs/decisions/0049).';
insert into public.delivery_settings default values;

alter table public.delivery_zones enable row level security;
alter table public.delivery_settings enable row level security;
revoke all on public.delivery_zones, public.delivery_settings from anon, authenticated, service_role;
grant select on public.delivery_zones, public.delivery_settings to authenticated, service_role;
create policy "staff read the zones" on public.delivery_zones
  for select to authenticated using ((select private.staff_role()) is not null);
create policy "staff read how deliveries are taxed" on public.delivery_settings
  for select to authenticated using ((select private.staff_role()) is not null);
select private.keep_trail('public.delivery_zones', 'delivery_zone', 'id', 'name');
select private.keep_trail('public.delivery_settings', 'delivery_settings', 'only_row', 'tax_rate_bp');

-- The price of a delivery -----------------------------------------------------------------------------------------

create type private.delivery_charge as (minor bigint, tax_rate_bp integer, estimate text, is_possible boolean);
comment on type private.delivery_charge is
  'The price of one delivery, its tax rate (NULL: as the goods), how long it takes. is_possible: the shop delivers
   there.';

create function private.charge_for_delivery(address jsonb, goods_minor bigint)
returns private.delivery_charge
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_charge private.delivery_charge;
  v_postcode text := upper(regexp_replace(address ->> 'postcode', '[^[:alnum:]]', '', 'g'));
begin
  select zone.rates_minor[width_bucket(goods_minor, zone.rates_from_minor)], settings.tax_rate_bp, zone.estimate, true
  into v_charge
  from public.delivery_zones as zone
  join public.delivery_settings as settings on settings.only_row
  where address ->> 'country' = any (zone.countries)
    and (
      zone.postcodes = '{}'
      or exists (
        select from unnest(zone.postcodes) as own (pattern) where v_postcode like replace(own.pattern, '*', '%')
      )
    )
  order by zone.postcodes = '{}', zone.created_at, zone.id
  limit 1;
  if not found then
    v_charge := row(0, null, null, not exists (select from public.delivery_zones));
  end if;
  return v_charge;
end;
$$;
comment on function private.charge_for_delivery(jsonb, bigint) is
  'The price of delivering goods of this value to an address {country, postcode}. Minor units.';

-- Changing it -----------------------------------------------------------------------------------------------------

create function private.texts_in(list jsonb, most integer, longest integer)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_texts text[];
begin
  if jsonb_typeof(list) is distinct from 'array' or jsonb_array_length(list) > most then
    return null;
  end if;
  select array_agg(distinct private.text_in(sent, longest)) into v_texts from jsonb_array_elements(list) as sent;
  return case when array_position(v_texts, null) is null then coalesce(v_texts, '{}') end;
end;
$$;
comment on function private.texts_in(jsonb, integer, integer) is
  'A JSON array of at most so many strings (private.text_in), each once, in order. NULL for anything else.';

create function private.zone_in(zone jsonb)
returns public.delivery_zones
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_zone public.delivery_zones;
  v_wrong text;
begin
  v_zone.name := private.text_in(zone -> 'name', 80);
  v_zone.estimate := private.text_in(zone -> 'estimate', 80);
  v_zone.countries := private.texts_in(zone -> 'countries', 250, 2);
  v_zone.postcodes := private.texts_in(zone -> 'postcodes', 500, 11);
  if jsonb_typeof(zone -> 'rates') = 'array' and jsonb_array_length(zone -> 'rates') between 1 and 20 then
    select array_agg(rate.from_minor order by rate.from_minor), array_agg(rate.minor order by rate.from_minor)
    into v_zone.rates_from_minor, v_zone.rates_minor
    from (
      select private.whole_in(sent -> 'from_minor', 0, 1000000000000) as from_minor,
        private.whole_in(sent -> 'minor', 0, 1000000000000) as minor
      from jsonb_array_elements(zone -> 'rates') as sent
    ) as rate;
  end if;
  v_wrong := case
    when v_zone.name is null then 'name'
    when zone ->> 'estimate' <> '' and v_zone.estimate is null then 'estimate'
    when (v_zone.countries <> '{}') is not true
      or exists (select from unnest(v_zone.countries) as country where country !~ '^[A-Z]{2}$') then 'countries'
    when v_zone.postcodes is null
      or exists (select from unnest(v_zone.postcodes) as postcode where postcode !~ '^[A-Z0-9]{1,10}\*?$')
      then 'postcodes'
    when v_zone.rates_from_minor is null or array_position(v_zone.rates_minor, null) is not null
      or (v_zone.rates_from_minor[1] = 0 and private.are_ascending(v_zone.rates_from_minor)) is not true
      then 'rates'
  end;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_wrong, 'problem', 'missing, too long or not valid'), 'See save_delivery_zone.');
  end if;
  return v_zone;
end;
$$;
comment on function private.zone_in(jsonb) is
  'Reads a zone from known keys. Raises invalid_input (422) with the first field that is missing or not right.';

create function private.save_delivery_zone(zone jsonb, idempotency_key uuid, zone_id uuid, expected_version bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
  v_zone public.delivery_zones;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(
    idempotency_key, 'save_delivery_zone', jsonb_build_array(zone, zone_id, expected_version)
  );
  if v_response is not null then
    return v_response;
  end if;
  v_zone := private.zone_in(zone);
  if zone_id is null then
    perform private.check_zone_limit();
    insert into public.delivery_zones as zone (name, countries, postcodes, rates_from_minor, rates_minor, estimate)
    values (v_zone.name, v_zone.countries, v_zone.postcodes, v_zone.rates_from_minor, v_zone.rates_minor,
      v_zone.estimate)
    returning * into v_zone;
  else
    perform private.lock_zone(save_delivery_zone.zone_id, expected_version);
    update public.delivery_zones as zone
    set name = v_zone.name, countries = v_zone.countries, postcodes = v_zone.postcodes,
      rates_from_minor = v_zone.rates_from_minor, rates_minor = v_zone.rates_minor, estimate = v_zone.estimate
    where zone.id = save_delivery_zone.zone_id
    returning * into v_zone;
  end if;
  v_response := to_jsonb(v_zone);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.save_delivery_zone(jsonb, uuid, uuid, bigint) is 'See public.save_delivery_zone.';

create function private.check_zone_limit()
returns void
language plpgsql
set search_path = ''
as $$
begin
  if (select count(*) from public.delivery_zones) >= 100 then
    perform private.refuse(422, 'invalid_input', '{"field": "zone", "problem": "more than 100"}',
      'Remove a zone, or add the countries to one that exists.');
  end if;
end;
$$;
comment on function private.check_zone_limit() is 'Raises invalid_input (422) when the shop has a hundred zones.';

create function private.lock_zone(zone_id uuid, expected_version bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_version bigint;
begin
  select zone.version into v_version
  from public.delivery_zones as zone where zone.id = lock_zone.zone_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('zone_id', zone_id), 'Reload the list of zones.');
  end if;
  if v_version is distinct from expected_version then
    perform private.refuse(409, 'delivery_zone_changed', jsonb_build_object('zone_id', zone_id),
      'Reload the zone, then make the change again.');
  end if;
end;
$$;
comment on function private.lock_zone(uuid, bigint) is
  'Locks a zone. Raises not_found (404), delivery_zone_changed (409) when it has another version.';

create function public.save_delivery_zone(
  zone jsonb, idempotency_key uuid, zone_id uuid default null, expected_version bigint default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_delivery_zone(zone, idempotency_key, zone_id, expected_version)
$$;
comment on function public.save_delivery_zone(jsonb, uuid, uuid, bigint) is
  'Adds a delivery zone, or changes one (zone_id) of this version. zone is {name, countries:
   ["DE"], postcodes: ["10*", "12345"], rates: [{from_minor, minor}], estimate?}; one rate counts from 0. Managers.
   Returns the row. Raises role_required (403), not_found (404), delivery_zone_changed (409), invalid_input (422),
   idempotency_key_reused (409), busy (503).';

create function private.remove_delivery_zone(zone_id uuid, expected_version bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(
    idempotency_key, 'remove_delivery_zone', jsonb_build_array(zone_id, expected_version)
  );
  if v_response is not null then
    return v_response;
  end if;
  perform private.lock_zone(zone_id, expected_version);
  delete from public.delivery_zones as zone where zone.id = remove_delivery_zone.zone_id;
  v_response := jsonb_build_object('zone_id', zone_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.remove_delivery_zone(uuid, bigint, uuid) is 'See public.remove_delivery_zone.';

create function public.remove_delivery_zone(zone_id uuid, expected_version bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.remove_delivery_zone(zone_id, expected_version, idempotency_key)
$$;
comment on function public.remove_delivery_zone(uuid, bigint, uuid) is
  'Removes a delivery zone of this version; placed orders keep their prices. After the last one the shop delivers
   everywhere, free of charge. Managers. Returns {zone_id}. Raises role_required (403), not_found (404),
   delivery_zone_changed (409), idempotency_key_reused (409), busy (503).';

create function private.set_delivery_tax(idempotency_key uuid, tax_rate_bp integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_response jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'set_delivery_tax', jsonb_build_array(tax_rate_bp));
  if v_response is not null then
    return v_response;
  end if;
  if tax_rate_bp not between 0 and 10000 then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'tax_rate_bp', 'problem', 'not 0 to 10000', 'value', tax_rate_bp),
      'Send basis points: 1900 is 19 %.');
  end if;
  update public.delivery_settings set tax_rate_bp = set_delivery_tax.tax_rate_bp where delivery_settings.only_row;
  v_response := jsonb_build_object('tax_rate_bp', tax_rate_bp);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;
comment on function private.set_delivery_tax(uuid, integer) is 'See public.set_delivery_tax.';

create function public.set_delivery_tax(idempotency_key uuid, tax_rate_bp integer default null)
returns jsonb
language sql
set search_path = ''
as $$
  select private.set_delivery_tax(idempotency_key, tax_rate_bp)
$$;
comment on function public.set_delivery_tax(uuid, integer) is
  'Sets how prices of deliveries are taxed: at a rate in basis points, or as the goods (without one). Managers. Returns
   {tax_rate_bp}. Raises role_required (403), invalid_input (422), idempotency_key_reused (409),
   busy (503).';

revoke execute on function public.save_delivery_zone(jsonb, uuid, uuid, bigint),
  public.remove_delivery_zone(uuid, bigint, uuid), public.set_delivery_tax(uuid, integer)
from public, anon;
grant execute on function public.save_delivery_zone(jsonb, uuid, uuid, bigint),
  private.save_delivery_zone(jsonb, uuid, uuid, bigint), public.remove_delivery_zone(uuid, bigint, uuid),
  private.remove_delivery_zone(uuid, bigint, uuid), public.set_delivery_tax(uuid, integer),
  private.set_delivery_tax(uuid, integer)
to authenticated, service_role;
