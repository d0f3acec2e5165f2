set check_function_bodies = off;

CREATE TABLE "public"."tax_rates" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "country" text, "category" text, "rate_bp" integer NOT NULL, CONSTRAINT "tax_rates_are_of_something" CHECK ((num_nonnulls(country, category) > 0)), CONSTRAINT "tax_rates_country_check" CHECK ((country ~ '^[A-Z]{2}$'::text)), CONSTRAINT "tax_rates_once_each" UNIQUE NULLS NOT DISTINCT (country, category), CONSTRAINT "tax_rates_pkey" PRIMARY KEY (id), CONSTRAINT "tax_rates_rate_bp_check" CHECK (((rate_bp >= 0) AND (rate_bp <= 10000))));

ALTER TABLE "public"."tax_rates" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."tax_rates" FROM "anon";

create or replace function private.cart_as_json(cart_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
  v_now timestamptz := private.clock();
  v_lines jsonb;
  v_total bigint;
  v_tax bigint;
  v_has_rates boolean := private.has_tax_rates();
begin
  select coalesce(jsonb_agg(jsonb_build_object(
      'variant_id', line.variant_id, 'product_id', line.product_id, 'handle', line.handle, 'title', line.title,
      'sku', line.sku, 'option_values', line.option_values, 'quantity', line.quantity,
      'held', line.held, 'held_at', line.held_at, 'expires_at', line.expires_at, 'paused_until', line.paused_until,
      'price_minor', line.price_minor, 'total_minor', line.total_minor, 'for_sale', line.for_sale
      ) order by line.title, line.variant_id), '[]'),
    coalesce(sum(line.total_minor), 0),
    coalesce(sum(private.tax_included(line.total_minor, line.tax_rate_bp)), 0)
  into v_lines, v_total, v_tax
  from (
    select cart_line.variant_id, cart_line.quantity, products.id as product_id, products.handle, products.title,
      case when v_has_rates then private.tax_rate_of(null, products.category, products.tax_rate_bp)
        else products.tax_rate_bp end as tax_rate_bp, variants.sku, variants.option_values,
      variants.active and products.status = 'active' as for_sale,
      case when hold.units is null and cart_line.held_until + limits.hold_pause > v_now
        and cart_line.held_until - cart_line.held_since > limits.hold_cap - interval '1 minute'
        then cart_line.held_until + limits.hold_pause end as paused_until,
      coalesce(hold.units, 0) as held, coalesce(hold.at, '[]') as held_at, hold.expires_at,
      price.minor as price_minor, price.minor::bigint * cart_line.quantity as total_minor
    from public.cart_lines as cart_line
    join public.variants on variants.id = cart_line.variant_id
    join public.products on products.id = variants.product_id
    join private.shop_limits as limits on limits.only_row
    cross join lateral (
      select sum(claims.quantity) as units, min(claims.expires_at) as expires_at,
        jsonb_agg(
          jsonb_build_object('location_id', claims.location_id, 'units', claims.quantity) order by claims.location_id
        ) as at
      from public.claims
      where claims.cart_id = cart_line.cart_id
        and claims.variant_id = cart_line.variant_id
        and claims.expires_at > v_now
    ) as hold
    cross join lateral (
      select case when hold.units is null then variants.price_minor else cart_line.price_minor end as minor
    ) as price
    where cart_line.cart_id = cart_as_json.cart_id
  ) as line;
  return jsonb_build_object(
    'cart_id', cart_as_json.cart_id,
    'version', (select carts.version from public.carts where carts.id = cart_as_json.cart_id),
    'lines', v_lines, 'total_minor', v_total, 'tax_minor', v_tax,
    'has_discount', private.may_have_discount(cart_as_json.cart_id),
    'is_taxed_by_country', v_has_rates and exists (select from public.tax_rates where tax_rates.country is not null),
    'currency', (select shop_settings.currency from public.shop_settings where shop_settings.only_row),
    'now', v_now
  );
end;
$$;

create or replace function private.has_tax_rates()
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from public.tax_rates);
end;
$$;

create or replace function private.lines_of(drafts private.order_draft[])
returns private.draft_line[]
language plpgsql
set search_path = ''
as $$
declare
  v_now timestamptz := private.clock();
  v_has_rates boolean := private.has_tax_rates();
  v_lines private.draft_line[];
begin
  select array_agg(row(draft.n, line.cart_id, line.variant_id, variants.sku, products.title, variants.option_values,
      price.minor, tax.rate_bp, line.quantity, price.minor::bigint * line.quantity,
      private.tax_included(price.minor::bigint * line.quantity, tax.rate_bp),
      variants.limit_per_person, variants.active and products.status = 'active', 0
    )::private.draft_line order by draft.n, line.variant_id)
  into v_lines
  from unnest(drafts) as draft
  join public.cart_lines as line on line.cart_id = draft.cart_id
  join public.variants on variants.id = line.variant_id
  join public.products on products.id = variants.product_id
  -- The price of a hold that lives, else today's. (offset 0: once a line, and by the index of the cart. The planner of
  -- a young table takes that of the variant and its expiry, and reads every hold of a variant in a rush.)
  cross join lateral (
    select case when exists (
      select from (
        select claims.variant_id, claims.expires_at from public.claims where claims.cart_id = line.cart_id offset 0
      ) as own
      where own.variant_id = line.variant_id and own.expires_at > v_now
    ) then line.price_minor else variants.price_minor end as minor
    offset 0
  ) as price
  cross join lateral (
    select case
      when v_has_rates then private.tax_rate_of(draft.address ->> 'country', products.category, products.tax_rate_bp)
      else products.tax_rate_bp
    end as rate_bp
    offset 0
  ) as tax;
  return coalesce(v_lines, '{}');
end;
$$;

create or replace function private.set_tax_rate(idempotency_key uuid, country text, category text, rate_bp integer)
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
    when (select count(*) from public.tax_rates) >= 1000 then 'rate'
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

create or replace function private.tax_rate_of(country text, category text, usual integer)
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

create or replace function public.set_tax_rate(
  idempotency_key uuid, country text default null, category text default null, rate_bp integer default null
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.set_tax_rate(idempotency_key, country, category, rate_bp)
$$;

REVOKE ALL ON FUNCTION "public"."set_tax_rate"(uuid, text, text, integer) FROM "anon";

ALTER TABLE "public"."tax_rates" ADD CONSTRAINT "tax_rates_category_fkey" FOREIGN KEY (category) REFERENCES public.categories(slug) ON UPDATE CASCADE ON DELETE CASCADE;

CREATE INDEX tax_rates_by_category ON public.tax_rates USING btree (category);

CREATE TRIGGER tax_rate_leaves_trail_of_delete AFTER DELETE ON public.tax_rates REFERENCING OLD TABLE AS gone FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('tax_rate', 'id', 'rate_bp');

CREATE TRIGGER tax_rate_leaves_trail_of_insert AFTER INSERT ON public.tax_rates REFERENCING NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('tax_rate', 'id', 'rate_bp');

CREATE TRIGGER tax_rate_leaves_trail_of_update AFTER UPDATE ON public.tax_rates REFERENCING OLD TABLE AS gone NEW TABLE AS added FOR EACH STATEMENT WHEN ((COALESCE(current_setting('onhand.document'::text, true), ''::text) = ''::text)) EXECUTE FUNCTION private.audit_changes('tax_rate', 'id', 'rate_bp');

CREATE POLICY "staff read tax rates" ON "public"."tax_rates" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

COMMENT ON COLUMN "public"."tax_rates"."category" IS 'NULL: of every category.';

COMMENT ON COLUMN "public"."tax_rates"."country" IS 'ISO 3166-1, two letters. NULL: of every country.';

COMMENT ON COLUMN "public"."tax_rates"."rate_bp" IS 'Basis points: 1900 is 19 %.';

COMMENT ON FUNCTION "private"."has_tax_rates"() IS 'Whether rates of products may be replaced (private.tax_rate_of).';

COMMENT ON FUNCTION "private"."lines_of"(private.order_draft[]) IS 'The lines in the carts of drafts, by draft and variant, at the price each line has now and with the tax rate of the
   country of delivery.';

COMMENT ON FUNCTION "private"."set_tax_rate"(uuid, text, text, integer) IS 'See public.set_tax_rate.';

COMMENT ON FUNCTION "private"."tax_rate_of"(text, text, integer) IS 'The rate of a product of this category that has the usual rate, delivered to a country (NULL: collected). A rate of
   the country comes before one of all countries, one of the category before one of all.';

COMMENT ON FUNCTION "public"."read_cart"(text) IS 'The cart of the signed-in caller, or of the guest with this token: {cart_id, version, lines: [{variant_id,
   product_id, handle, title, sku, option_values, quantity, held, held_at: [{location_id, units}], expires_at,
   paused_until, price_minor, total_minor, for_sale}], total_minor, tax_minor, has_discount, is_taxed_by_country,
   currency, now}. The totals are those of the lines, collected; quote_cart has discounts and delivery. Where there is
   none, cart_id and version are null. version grows with its lines. A line with held below quantity has run out and is
   marked so; its price is today''s. paused_until: until when this cart cannot hold the line again, because it used up
   shop_limits.hold_cap. now is the server''s clock, for countdowns. Raises invalid_input (422) without a token.';

COMMENT ON FUNCTION "public"."set_tax_rate"(uuid, text, text, integer) IS 'Sets the tax rate of a country (two letters), a category (its slug) or both, in basis points; without rate_bp it is
   removed. Placed orders keep their rates. Managers. Returns {country, category, rate_bp}. Raises role_required (403),
   invalid_input (422), idempotency_key_reused (409), busy (503).';

COMMENT ON TABLE "public"."tax_rates" IS 'Tax rates that take the place of those of products, for a country of delivery, a category, or both.';

REVOKE ALL ON FUNCTION "private"."has_tax_rates"() FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."set_tax_rate"(uuid, text, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."set_tax_rate"(uuid, text, text, integer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."set_tax_rate"(uuid, text, text, integer) TO "service_role";

REVOKE ALL ON FUNCTION "private"."tax_rate_of"(text, text, integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."set_tax_rate"(uuid, text, text, integer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."set_tax_rate"(uuid, text, text, integer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."set_tax_rate"(uuid, text, text, integer) TO "service_role";

REVOKE ALL ON TABLE "public"."tax_rates" FROM "authenticated";

GRANT SELECT ON TABLE "public"."tax_rates" TO "authenticated";

REVOKE ALL ON TABLE "public"."tax_rates" FROM "service_role";

GRANT SELECT ON TABLE "public"."tax_rates" TO "service_role";

reset check_function_bodies;
