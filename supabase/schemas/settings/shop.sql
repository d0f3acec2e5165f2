-- The shop's settings: who it is, how it looks, and the limits a manager may move. One row in two tables, one version.
--
-- Invariants:
--   1. A value that is stored fits the browser's and the server's own formats: a page never fails for a setting.
--   2. The currency never changes once a price is written in it.
--   3. Every change has a line in the audit trail; every server finds it there (lib/server/pages/catalogue-watch.ts).

create function private.settings_sheet()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(shop_settings) - 'only_row' || jsonb_build_object(
    'hold_minutes', round(extract(epoch from shop_limits.hold_time) / 60),
    'has_prices', exists (select from public.variants)
  )
  from public.shop_settings, private.shop_limits
$$;
comment on function private.settings_sheet() is 'The settings as staff read them; see public.read_shop_settings.';

create function private.read_shop_settings()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return private.settings_sheet();
end;
$$;
comment on function private.read_shop_settings() is 'See public.read_shop_settings.';

create function public.read_shop_settings()
returns jsonb
language sql
set search_path = ''
as $$
  select private.read_shop_settings()
$$;
comment on function public.read_shop_settings() is
  'The shop''s settings, for staff: the columns of shop_settings, hold_minutes (how long a hold lasts), and has_prices
   (the currency is fixed then). Raises role_required (403).';

create function private.text_setting(field text, value jsonb)
returns text
language sql
stable
set search_path = ''
as $$
  select given.text
  from (values
    ('name', 80, 1, '.'), ('line', 160, 0, ''), ('description', 400, 0, ''),
    ('email', 254, 0, '^([^ @<>]+@[^ @<>]+)?$'),
    ('phone', 40, 0, '^[-+0-9 ()./]*$'), ('address', 300, 0, ''), ('country', 2, 0, '^([A-Z]{2})?$'),
    ('locale', 5, 2, '^[a-z]{2}(-[A-Z]{2})?$'), ('currency', 3, 3, '^[A-Z]{3}$'), ('tax_number', 40, 0, ''),
    ('hero_title', 80, 0, ''), ('hero_text', 400, 0, ''), ('hero_alt', 200, 0, ''),
    ('hero_picture', 1000, 0, '^(|/[^/\s]\S*|https://\S+)$'),
    ('time_zone', 60, 3, '^(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2})$'),
    ('return_fees', 5, 4, '^(free|buyer)$'),
    ('search_language', 12, 6, '^(simple|danish|dutch|english|finnish|french|german|hungarian|italian|norwegian|'
      || 'portuguese|romanian|russian|spanish|swedish|turkish)$'),
    ('search_synonyms', 6000, 0, '^([^,;]+(,[^,;]+)+(;[^,;]+(,[^,;]+)+)*)?$'),
    ('accent', 10, 1, '^(indigo|ocean|forest|clay|plum|ink)$'), ('typeface', 10, 1, '^(kalnia|grotesk|classic)$')
  ) as rule (field, longest, shortest, pattern)
  cross join lateral (select private.text_in(text_setting.value, rule.longest, rule.shortest) as text) as given
  where rule.field = text_setting.field
    and given.text ~ rule.pattern
    and (rule.field <> 'time_zone' or exists (select from pg_timezone_names as zone where zone.name = given.text))
$$;
comment on function private.text_setting(text, jsonb) is
  'The text of a setting as it is stored; NULL when there is no such setting or the value does not fit it.';

create function private.number_setting(field text, value jsonb)
returns integer
language sql
immutable
set search_path = ''
as $$
  select private.whole_in(value, rule.lowest, rule.highest)::integer
  from (values ('tax_rate_bp', 0, 10000), ('low_stock_at', 0, 1000), ('hold_minutes', 1, 120),
    ('return_days', 0, 365)) as rule (field, lowest, highest)
  where rule.field = number_setting.field
$$;
comment on function private.number_setting(text, jsonb) is
  'The number of a setting; NULL when there is no such setting or the value is out of its bounds.';

create function private.settings_in(changes jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_changes jsonb;
  v_wrong text;
begin
  if jsonb_typeof(changes) is distinct from 'object' or changes = '{}' or pg_column_size(changes) > 8000 then
    perform private.refuse(422, 'invalid_input', '{"field": "changes", "problem": "not an object of settings"}',
      'Send {setting: value}.');
  end if;
  select jsonb_object_agg(each.key, read.value), min(each.key) filter (where read.value is null)
  into v_changes, v_wrong
  from jsonb_each(changes) as each
  cross join lateral (
    select coalesce(to_jsonb(private.text_setting(each.key, each.value)),
      to_jsonb(private.number_setting(each.key, each.value))) as value
  ) as read;
  if v_wrong is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', left(v_wrong, 60), 'problem', 'is not a value of this setting'),
      'Send only settings that read_shop_settings shows, with values in their bounds.');
  end if;
  return v_changes;
end;
$$;
comment on function private.settings_in(jsonb) is
  'Changes of settings, rebuilt from what was sent. Raises invalid_input (422), naming the first that is wrong.';

create function private.write_hold_time(minutes integer)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_before interval := (select shop_limits.hold_time from private.shop_limits);
begin
  if v_before = make_interval(mins => minutes) then
    return;
  end if;
  update private.shop_limits
  set hold_time = make_interval(mins => minutes),
    hold_cap = make_interval(mins => 3 * minutes);
  perform private.audit('changed', 'settings', 'true', 'Holds',
    jsonb_build_object('hold_minutes', round(extract(epoch from v_before) / 60)),
    jsonb_build_object('hold_minutes', minutes));
end;
$$;
comment on function private.write_hold_time(integer) is
  'How long new and extended holds last; a hold is extended to three times that at most. Holds that exist keep their
   end.';

create function private.save_shop_settings(changes jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_changes jsonb;
  v_response jsonb;
  v_now public.shop_settings;
  v_new public.shop_settings;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_shop_settings', jsonb_build_array(changes, expected));
  if v_response is not null then
    return v_response;
  end if;
  v_changes := private.settings_in(changes);
  select * into v_now from public.shop_settings where shop_settings.only_row for update;
  if expected is distinct from v_now.version then
    perform private.refuse(409, 'settings_changed', jsonb_build_object('version', v_now.version),
      'Read the settings again, then send what should change.');
  end if;
  v_new := jsonb_populate_record(v_now, v_changes);
  if v_new.currency <> v_now.currency and exists (select from public.variants) then
    perform private.refuse(409, 'currency_in_use', jsonb_build_object('currency', v_now.currency),
      'Prices are written in this currency. It can be changed while the shop has no product.');
  end if;

  update public.shop_settings
  set name = v_new.name, line = v_new.line, description = v_new.description, email = v_new.email,
    phone = v_new.phone, address = v_new.address, country = v_new.country, locale = v_new.locale,
    time_zone = v_new.time_zone, currency = v_new.currency, tax_number = v_new.tax_number,
    tax_rate_bp = v_new.tax_rate_bp, accent = v_new.accent, typeface = v_new.typeface,
    hero_title = v_new.hero_title, hero_text = v_new.hero_text, hero_picture = v_new.hero_picture,
    hero_alt = v_new.hero_alt, search_language = v_new.search_language, search_synonyms = v_new.search_synonyms,
    return_days = v_new.return_days, return_fees = v_new.return_fees
  where shop_settings.only_row;
  -- Apart, because it lists every variant of the shelf again.
  if v_new.low_stock_at <> v_now.low_stock_at then
    update public.shop_settings set low_stock_at = v_new.low_stock_at where shop_settings.only_row;
  end if;
  if v_changes ? 'hold_minutes' then
    perform private.write_hold_time((v_changes ->> 'hold_minutes')::integer);
  end if;
  -- The settings have another version, also where only the minutes of a hold changed.
  update public.shop_settings set updated_at = clock_timestamp() where shop_settings.only_row;
  v_response := private.settings_sheet();
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.save_shop_settings(jsonb, bigint, uuid) is 'See public.save_shop_settings.';

create function public.save_shop_settings(changes jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_shop_settings(changes, expected, idempotency_key)
$$;
comment on function public.save_shop_settings(jsonb, bigint, uuid) is
  'Changes settings {setting: value} if their version is still the expected one; managers. Texts are single lines; the
   rate of tax is in basis points, hold_minutes in minutes. Returns the settings as read_shop_settings does. Raises
   role_required (403), settings_changed (409), currency_in_use (409), invalid_input (422), idempotency_key_reused
   (409).';

revoke execute on function public.read_shop_settings(), public.save_shop_settings(jsonb, bigint, uuid)
from public, anon;
grant execute on function
  public.read_shop_settings(), private.read_shop_settings(),
  public.save_shop_settings(jsonb, bigint, uuid), private.save_shop_settings(jsonb, bigint, uuid)
to authenticated, service_role;
