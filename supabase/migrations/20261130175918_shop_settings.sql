set check_function_bodies = off;

ALTER TABLE "public"."categories" ADD COLUMN "picture" text NOT NULL DEFAULT ''::text;

-- The pictures that these categories had by their address.
DO $$
BEGIN
  PERFORM private.leave_trail_to('a migration');
  UPDATE "public"."categories" SET "picture" = '/art/scene-' || "slug" || '.svg'
  WHERE "slug" IN ('table', 'light', 'textile', 'paper', 'garden');
  PERFORM private.leave_trail_to('');
END;
$$;

ALTER TABLE "public"."categories" ADD COLUMN "version" bigint NOT NULL DEFAULT 1;

ALTER TABLE "public"."categories" ADD COLUMN "updated_at" timestamp with time zone NOT NULL DEFAULT now();

ALTER TABLE "public"."locations" ADD COLUMN "hours" jsonb NOT NULL DEFAULT '[]'::jsonb;

ALTER TABLE "public"."locations" ADD COLUMN "hours_note" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."locations" ADD COLUMN "version" bigint NOT NULL DEFAULT 1;

ALTER TABLE "public"."locations" ADD COLUMN "updated_at" timestamp with time zone NOT NULL DEFAULT now();

ALTER TABLE "public"."shop_settings" ADD COLUMN "name" text NOT NULL DEFAULT ''::text;

-- A shop that trades has no name here yet. Its manager changes this one in Settings.
-- (Without a line in the audit trail: nobody did it.)
DO $$
BEGIN
  PERFORM private.leave_trail_to('a migration');
  UPDATE "public"."shop_settings" SET "name" = 'Our shop' WHERE EXISTS (SELECT FROM "public"."locations");
  PERFORM private.leave_trail_to('');
END;
$$;

ALTER TABLE "public"."shop_settings" ADD COLUMN "line" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "description" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "email" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "phone" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "address" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "country" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "locale" text NOT NULL DEFAULT 'en-GB'::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "tax_number" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "tax_rate_bp" integer NOT NULL DEFAULT 1900;

ALTER TABLE "public"."shop_settings" ADD COLUMN "accent" text NOT NULL DEFAULT 'indigo'::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "typeface" text NOT NULL DEFAULT 'kalnia'::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "version" bigint NOT NULL DEFAULT 1;

ALTER TABLE "public"."shop_settings" ADD COLUMN "updated_at" timestamp with time zone NOT NULL DEFAULT now();

create or replace function private.number_setting(field text, value jsonb)
returns integer
language sql
immutable
set search_path = ''
as $$
  select private.whole_in(value, rule.lowest, rule.highest)::integer
  from (values ('tax_rate_bp', 0, 10000), ('low_stock_at', 0, 1000), ('hold_minutes', 1, 120))
    as rule (field, lowest, highest)
  where rule.field = number_setting.field
$$;

create or replace function private.read_shop_settings()
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

create or replace function private.save_shop_settings(changes jsonb, expected bigint, idempotency_key uuid)
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
    tax_rate_bp = v_new.tax_rate_bp, accent = v_new.accent, typeface = v_new.typeface
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

create or replace function private.settings_in(changes jsonb)
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

create or replace function private.settings_sheet()
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

create or replace function private.text_setting(field text, value jsonb)
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
    ('time_zone', 60, 3, '^(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2})$'),
    ('accent', 10, 1, '^(indigo|ocean|forest|clay|plum|ink)$'), ('typeface', 10, 1, '^(kalnia|grotesk|classic)$')
  ) as rule (field, longest, shortest, pattern)
  cross join lateral (select private.text_in(text_setting.value, rule.longest, rule.shortest) as text) as given
  where rule.field = text_setting.field
    and given.text ~ rule.pattern
    and (rule.field <> 'time_zone' or exists (select from pg_timezone_names as zone where zone.name = given.text))
$$;

create or replace function private.usual_tax_rate()
returns integer
language sql
stable
security definer
set search_path = ''
as $$
  select shop_settings.tax_rate_bp from public.shop_settings where shop_settings.only_row
$$;

create or replace function private.write_hold_time(minutes integer)
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

create or replace function public.read_shop_settings()
returns jsonb
language sql
set search_path = ''
as $$
  select private.read_shop_settings()
$$;

REVOKE ALL ON FUNCTION "public"."read_shop_settings"() FROM "anon";

create or replace function public.save_shop_settings(changes jsonb, expected bigint, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_shop_settings(changes, expected, idempotency_key)
$$;

REVOKE ALL ON FUNCTION "public"."save_shop_settings"(jsonb, bigint, uuid) FROM "anon";

ALTER TABLE "public"."categories" ADD CONSTRAINT "categories_picture_check" CHECK (((picture = ''::text) OR (picture ~ '^(https?://|/)'::text)));

ALTER TABLE "public"."locations" ADD CONSTRAINT "locations_hours_check" CHECK (((jsonb_typeof(hours) = 'array'::text) AND (pg_column_size(hours) <= 4000)));

ALTER TABLE "public"."locations" ADD CONSTRAINT "locations_hours_note_check" CHECK ((length(hours_note) <= 200));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_accent_check" CHECK ((accent = ANY (ARRAY['indigo'::text, 'ocean'::text, 'forest'::text, 'clay'::text, 'plum'::text, 'ink'::text])));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_address_check" CHECK ((length(address) <= 300));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_country_check" CHECK ((country ~ '^([A-Z]{2})?$'::text));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_description_check" CHECK ((length(description) <= 400));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_email_check" CHECK ((length(email) <= 254));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_line_check" CHECK ((length(line) <= 160));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_locale_check" CHECK ((locale ~ '^[a-z]{2}(-[A-Z]{2})?$'::text));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_name_check" CHECK ((length(name) <= 80));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_phone_check" CHECK ((length(phone) <= 40));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_tax_number_check" CHECK ((length(tax_number) <= 40));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_tax_rate_bp_check" CHECK (((tax_rate_bp >= 0) AND (tax_rate_bp <= 10000)));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_typeface_check" CHECK ((typeface = ANY (ARRAY['kalnia'::text, 'grotesk'::text, 'classic'::text])));

CREATE TRIGGER categories_touch BEFORE UPDATE ON public.categories FOR EACH ROW EXECUTE FUNCTION private.touch();

CREATE TRIGGER locations_touch BEFORE UPDATE ON public.locations FOR EACH ROW EXECUTE FUNCTION private.touch();

CREATE TRIGGER shop_settings_touch BEFORE UPDATE ON public.shop_settings FOR EACH ROW EXECUTE FUNCTION private.touch();

ALTER PUBLICATION "supabase_realtime" ADD TABLE "public"."categories";

ALTER PUBLICATION "supabase_realtime" ADD TABLE "public"."locations";

ALTER PUBLICATION "supabase_realtime" ADD TABLE "public"."shop_settings";

COMMENT ON COLUMN "public"."categories"."picture" IS 'The wide picture of the category: a path of our own or an address; or empty.';

COMMENT ON COLUMN "public"."locations"."active" IS 'False: archived. It holds nothing, and its history stays.';

COMMENT ON COLUMN "public"."locations"."hours" IS 'When shoppers can come: [{day, from, to}], day 1 (Monday) to 7, times as "09:30", in order. Empty: not said.';

COMMENT ON COLUMN "public"."locations"."hours_note" IS 'Exceptions in words, such as holidays.';

COMMENT ON COLUMN "public"."shop_settings"."accent" IS 'The colour of text, links and buttons; app/globals.css has the values.';

COMMENT ON COLUMN "public"."shop_settings"."country" IS 'Where the shop is: ISO 3166-1 alpha-2, or empty.';

COMMENT ON COLUMN "public"."shop_settings"."currency" IS 'The currency (ISO 4217) of every price.';

COMMENT ON COLUMN "public"."shop_settings"."line" IS 'One line under the name.';

COMMENT ON COLUMN "public"."shop_settings"."locale" IS 'A BCP 47 tag: how numbers, prices and dates are written. The texts of the pages are English.';

COMMENT ON COLUMN "public"."shop_settings"."low_stock_at" IS 'From so many available units on, the shelf says how many are left.';

COMMENT ON COLUMN "public"."shop_settings"."name" IS 'Empty: nobody has set the shop up yet.';

COMMENT ON COLUMN "public"."shop_settings"."tax_rate_bp" IS 'The tax included in the prices of a new product, in basis points.';

COMMENT ON COLUMN "public"."shop_settings"."time_zone" IS 'The IANA zone of the shop''s clock: when its days end, and in which its pages write times.';

COMMENT ON COLUMN "public"."shop_settings"."typeface" IS 'The typeface of titles.';

COMMENT ON FUNCTION "private"."number_setting"(text, jsonb) IS 'The number of a setting; NULL when there is no such setting or the value is out of its bounds.';

COMMENT ON FUNCTION "private"."read_shop_settings"() IS 'See public.read_shop_settings.';

COMMENT ON FUNCTION "private"."save_shop_settings"(jsonb, bigint, uuid) IS 'See public.save_shop_settings.';

COMMENT ON FUNCTION "private"."settings_in"(jsonb) IS 'Changes of settings, rebuilt from what was sent. Raises invalid_input (422), naming the first that is wrong.';

COMMENT ON FUNCTION "private"."settings_sheet"() IS 'The settings as staff read them; see public.read_shop_settings.';

COMMENT ON FUNCTION "private"."text_setting"(text, jsonb) IS 'The text of a setting as it is stored; NULL when there is no such setting or the value does not fit it.';

COMMENT ON FUNCTION "private"."usual_tax_rate"() IS 'The tax included in the prices of a product that names no other rate, in basis points.';

COMMENT ON FUNCTION "private"."write_hold_time"(integer) IS 'How long new and extended holds last; a hold is extended to three times that at most. Holds that exist keep their
   end.';

COMMENT ON FUNCTION "public"."read_shop_settings"() IS 'The shop''s settings, for staff: the columns of shop_settings, hold_minutes (how long a hold lasts), and has_prices
   (the currency is fixed then). Raises role_required (403).';

COMMENT ON FUNCTION "public"."save_shop_settings"(jsonb, bigint, uuid) IS 'Changes settings {setting: value} if their version is still the expected one; managers. Texts are single lines; the
   rate of tax is in basis points, hold_minutes in minutes. Returns the settings as read_shop_settings does. Raises
   role_required (403), settings_changed (409), currency_in_use (409), invalid_input (422), idempotency_key_reused
   (409).';

COMMENT ON TABLE "public"."shop_settings" IS 'One row: the identity of the shop, its look, and how it writes numbers and dates. Managers change it
   (save_shop_settings).';

REVOKE ALL ON FUNCTION "private"."number_setting"(text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."read_shop_settings"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."read_shop_settings"() TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."read_shop_settings"() TO "service_role";

REVOKE ALL ON FUNCTION "private"."save_shop_settings"(jsonb, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."save_shop_settings"(jsonb, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."save_shop_settings"(jsonb, bigint, uuid) TO "service_role";

REVOKE ALL ON FUNCTION "private"."settings_in"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settings_sheet"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."text_setting"(text, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."usual_tax_rate"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."usual_tax_rate"() TO "service_role";

REVOKE ALL ON FUNCTION "private"."write_hold_time"(integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."read_shop_settings"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."read_shop_settings"() TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."read_shop_settings"() TO "service_role";

REVOKE ALL ON FUNCTION "public"."save_shop_settings"(jsonb, bigint, uuid) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."save_shop_settings"(jsonb, bigint, uuid) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."save_shop_settings"(jsonb, bigint, uuid) TO "service_role";

ALTER TABLE "public"."products" ALTER COLUMN "tax_rate_bp" SET DEFAULT private.usual_tax_rate();

reset check_function_bodies;
