-- The changes that a staged file, or a revert, would make: the only place that knows. Preview and apply both read it.

create type private.import_difference as (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, before jsonb, after jsonb, claim jsonb, approval text
);
comment on type private.import_difference is
  'A product, variant or level as it is (before, NULL: new) and as the file wants it (after). approval: the text that a
   confirmation approves where it is not before and after: a difference that is added, whatever the number is by then.';

-- Contents ---------------------------------------------------------------------------------------------------

create view private.product_contents with (security_invoker = true) as
  select products.id as product_id, jsonb_build_object(
      'title', products.title,
      'description_html', products.description_html,
      'vendor', products.vendor,
      'category', products.category,
      'tags', products.tags,
      'option_names', products.option_names,
      'status', products.status,
      'media', pictures.media,
      'tax_rate_bp', products.tax_rate_bp,
      'kept', coalesce(kept.columns, '{}')
    ) as content
  from public.products
  left join public.kept_columns as kept on kept.product_id = products.id
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
        'src', media.src,
        'alt', media.alt,
        'option_values', variants.option_values
      ) order by media.position), '[]')
    from public.product_media as media
    left join public.variants on variants.id = media.variant_id
    where media.product_id = products.id
  ) as pictures (media);
comment on view private.product_contents is 'The fields of a product that an import may change, as they are.';

create view private.variant_contents with (security_invoker = true) as
  select variants.id as variant_id, jsonb_build_object(
      'sku', variants.sku,
      'option_values', variants.option_values,
      'price_minor', variants.price_minor,
      'compare_at_minor', variants.compare_at_minor,
      'currency', variants.currency,
      'barcode', variants.barcode,
      'position', variants.position,
      'active', variants.active,
      'kept', coalesce(kept.columns, '{}')
    ) as content
  from public.variants
  left join public.kept_columns as kept on kept.variant_id = variants.id;
comment on view private.variant_contents is
  'The fields of a variant that an import may change, as they are, without its units.';

-- Product files -----------------------------------------------------------------------------------------

create function private.import_matches(import_id uuid)
returns table (
  handle text, option_values text[], line integer, product_id uuid, variant_id uuid, sku text, rival uuid, times bigint
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select staged.handle,
    case when staged.options_given then staged.option_values else coalesce(same.option_values, '{}') end,
    staged.line, products.id, same.id,
    case
      when staged.sku_given then staged.sku
      when same.id is not null then same.sku
      -- Derived, but in use by another variant: a suffix that the same handle and options always get.
      when named.id is not null or count(*) over (partition by staged.sku) > 1
        then left(staged.sku, 113) || '-' || upper(left(md5(staged.handle || staged.option_values::text), 6))
      else staged.sku
    end,
    case
      when staged.sku_given and named.id <> alike.id then alike.id
      when staged.sku_given and named.product_id is distinct from products.id then named.id
    end,
    count(*) over (partition by coalesce(same.id::text, staged.handle || staged.option_values::text))
  from private.import_variants as staged
  left join public.products on products.handle = staged.handle
  left join public.variants as named on named.sku = staged.sku
  left join public.variants as chosen
    on staged.options_given and chosen.product_id = products.id and chosen.option_values = staged.option_values
  cross join lateral (
    -- A line that names no options means the only variant of its product.
    select coalesce(chosen.id, (
      select (array_agg(variants.id))[1]
      from public.variants
      where not staged.options_given and variants.product_id = products.id
      having count(*) = 1
    )) as id
  ) as alike
  left join public.variants as same
    on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  where staged.import_id = import_matches.import_id;
end;
$$;
comment on function private.import_matches(uuid) is
  'Which variant each staged one is, and its options: by its SKU, else by its product''s handle and options; NULL
   when new. rival: another
   variant that has the SKU or the options already. times: how many staged rows claim the same variant.';

create function private.import_product_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select 'product'::private.import_subject, staged.line, staged.handle, null, products.id, null::uuid,
    null::uuid, known.content, jsonb_build_object(
      'title', coalesce(staged.title, products.title),
      'description_html', coalesce(staged.description_html, products.description_html, ''),
      'vendor', coalesce(staged.vendor, products.vendor, ''),
      'category', coalesce(staged.category_slug, products.category, 'everything-else'),
      'tags', coalesce(staged.tags, products.tags, '{}'),
      'option_names', coalesce(staged.option_names, products.option_names, '{}'),
      'status', coalesce(staged.status, products.status, 'active'),
      'media', coalesce(wanted.media, known.content -> 'media', '[]'),
      'kept', coalesce(known.content -> 'kept', '{}') - imports.kept_columns || staged.kept
    ) || jsonb_strip_nulls(jsonb_build_object('tax_rate_bp', coalesce(staged.tax_rate_bp, products.tax_rate_bp))),
    null::jsonb, null
  from public.imports
  join private.import_products as staged on staged.import_id = imports.id
  left join public.products on products.handle = staged.handle
  left join lateral (
    select contents.content from private.product_contents as contents where contents.product_id = products.id
  ) as known on true
  -- The format has room for one picture of a variant. One that it ties to none still shows the variant it showed.
  cross join lateral (
    select jsonb_agg(picture.item || case when picture.item -> 'option_values' = 'null' then jsonb_build_object(
        'option_values', (
        select shown.item -> 'option_values'
        from jsonb_array_elements(known.content -> 'media') as shown (item)
        where shown.item -> 'src' = picture.item -> 'src'
        limit 1
      )) else '{}' end order by picture.position)
    from jsonb_array_elements(staged.media) with ordinality as picture (item, position)
  ) as wanted (media)
  where imports.id = import_product_diff.import_id;
end;
$$;
comment on function private.import_product_diff(uuid) is 'Every staged product as it is and as the file wants it.';

create function private.import_variant_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select 'variant'::private.import_subject, staged.line, staged.handle, match.sku, match.product_id, variants.id,
    imports.location_id,
    known.content || jsonb_build_object('on_hand', coalesce(level.on_hand, 0)),
    jsonb_build_object(
      'sku', match.sku,
      'option_values', match.option_values,
      'price_minor', coalesce(staged.price_minor, variants.price_minor),
      'compare_at_minor', nullif(coalesce(staged.compare_at_minor, variants.compare_at_minor), 0),
      'currency', shop_settings.currency,
      'barcode', nullif(coalesce(staged.barcode, variants.barcode), ''),
      'position', coalesce(variants.position, staged.position),
      'active', coalesce(staged.active, variants.active, true),
      'kept', coalesce(known.content -> 'kept', '{}') - imports.kept_columns || staged.kept,
      'on_hand', coalesce(staged.quantity, level.on_hand, 0)
    ), null::jsonb, null
  from public.imports
  join private.import_variants as staged on staged.import_id = imports.id
  join private.import_matches(import_variant_diff.import_id) as match using (line)
  left join public.variants on variants.id = match.variant_id
  left join lateral (
    select contents.content from private.variant_contents as contents where contents.variant_id = variants.id
  ) as known on true
  left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = imports.location_id
  cross join public.shop_settings
  where imports.id = import_variant_diff.import_id;
end;
$$;
comment on function private.import_variant_diff(uuid) is
  'The same for every staged variant. on_hand is that of the import''s location.';
