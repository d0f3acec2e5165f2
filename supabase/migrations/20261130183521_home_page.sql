set check_function_bodies = off;

ALTER TABLE "public"."shop_settings" ADD COLUMN "hero_title" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "hero_text" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "hero_picture" text NOT NULL DEFAULT ''::text;

ALTER TABLE "public"."shop_settings" ADD COLUMN "hero_alt" text NOT NULL DEFAULT ''::text;

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
    tax_rate_bp = v_new.tax_rate_bp, accent = v_new.accent, typeface = v_new.typeface,
    hero_title = v_new.hero_title, hero_text = v_new.hero_text, hero_picture = v_new.hero_picture,
    hero_alt = v_new.hero_alt
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
    ('hero_title', 80, 0, ''), ('hero_text', 400, 0, ''), ('hero_alt', 200, 0, ''),
    ('hero_picture', 1000, 0, '^(|/[^/\s]\S*|https://\S+)$'),
    ('time_zone', 60, 3, '^(UTC|[A-Z][A-Za-z]+(/[A-Z][A-Za-z_-]+){1,2})$'),
    ('accent', 10, 1, '^(indigo|ocean|forest|clay|plum|ink)$'), ('typeface', 10, 1, '^(kalnia|grotesk|classic)$')
  ) as rule (field, longest, shortest, pattern)
  cross join lateral (select private.text_in(text_setting.value, rule.longest, rule.shortest) as text) as given
  where rule.field = text_setting.field
    and given.text ~ rule.pattern
    and (rule.field <> 'time_zone' or exists (select from pg_timezone_names as zone where zone.name = given.text))
$$;

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_hero_alt_check" CHECK ((length(hero_alt) <= 200));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_hero_picture_check" CHECK ((hero_picture ~ '^(|/[^/\s]\S*|https://\S+)$'::text));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_hero_text_check" CHECK ((length(hero_text) <= 400));

ALTER TABLE "public"."shop_settings" ADD CONSTRAINT "shop_settings_hero_title_check" CHECK ((length(hero_title) <= 80));

COMMENT ON COLUMN "public"."shop_settings"."hero_alt" IS 'The picture of the home page in words.';

COMMENT ON COLUMN "public"."shop_settings"."hero_picture" IS 'The wide picture of the home page: a path of our own, an https address, or empty.';

reset check_function_bodies;
