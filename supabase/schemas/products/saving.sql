-- save_product ------------------------------------------------------------------------------------------------

create function private.refuse_unknown_fields(changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text;
begin
  select unknown.field into v_unknown
  from (
    select own.field
    from jsonb_object_keys(changes) as own (field)
    where own.field not in ('handle', 'title', 'description_html', 'category', 'vendor', 'tags', 'option_names',
      'limited', 'tax_rate_bp',
      'status', 'media', 'variants')
    union all
    select 'variants.' || variant.key || '.' || own.field
    from jsonb_each(changes -> 'variants') as variant
    cross join lateral jsonb_object_keys(variant.value) as own (field)
    where own.field not in ('option_values', 'price_minor', 'compare_at_minor', 'barcode', 'limit_per_person', 'active')
  ) as unknown
  limit 1;
  if v_unknown is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', v_unknown, 'problem', 'cannot be changed'),
      'Send only fields that read_product shows and staff may edit.');
  end if;
exception when data_exception then
  perform private.refuse(422, 'invalid_input', '{"field": "changes", "problem": "not an object of fields"}',
    'Send {field: value, variants: {id: {field: value}}}.');
end;
$$;
comment on function private.refuse_unknown_fields(jsonb) is
  'Raises invalid_input (422) for a field that no edit may name: ids, versions, SKUs.';

create function private.is_stale(sheet jsonb, expected jsonb, changes jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select (changes - 'variants' <> '{}' and sheet -> 'version' is distinct from expected -> 'version')
    or exists (
      select
      from jsonb_array_elements(sheet -> 'variants') as variant
      where changes -> 'variants' ? (variant ->> 'id')
        and variant -> 'version' is distinct from expected -> 'variants' -> (variant ->> 'id')
        or changes ? 'option_names' and not expected -> 'variants' ? (variant ->> 'id')
    )
$$;
comment on function private.is_stale(jsonb, jsonb, jsonb) is
  'Whether a row that a save touches has another version than expected. Untouched rows may have changed; but options
   belong to every variant, so a change of them expects all versions.';

create function private.write_product(sheet jsonb, changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid := sheet ->> 'id';
  v_wanted public.products;
begin
  select wanted.* into v_wanted
  from public.products as product
  cross join lateral jsonb_populate_record(product, changes - '{media,variants}'::text[]) as wanted
  where product.id = v_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row. And first, so that the
  -- address of a draft is none under which it was for sale.
  if v_wanted.handle is distinct from sheet ->> 'handle' then
    if sheet ->> 'status' <> 'draft' then
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'handle', 'problem', 'is fixed', 'value', v_wanted.handle),
        'Links and bookmarks use the address of a product that is or was for sale. Only a draft''s may change.');
    end if;
    update public.products as product set handle = v_wanted.handle where product.id = v_id;
  end if;

  update public.products as product
  set title = v_wanted.title,
    description_html = v_wanted.description_html,
    category = v_wanted.category,
    vendor = v_wanted.vendor,
    tags = v_wanted.tags,
    option_names = v_wanted.option_names,
    limited = v_wanted.limited,
    tax_rate_bp = v_wanted.tax_rate_bp,
    status = v_wanted.status,
    version = product.version + (coalesce(changes -> 'media', sheet -> 'media') <> sheet -> 'media')::integer
  where product.id = v_id;
end;
$$;
comment on function private.write_product(jsonb, jsonb) is
  'The changed columns of a product. sheet: as it is, under its lock. New pictures are a new version, too.';

create function private.write_pictures(product_id uuid, media jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- In place, so that a picture that stays where it was is not written again.
  insert into public.product_media as picture (product_id, position, src, alt, variant_id, focus_x, focus_y)
  select write_pictures.product_id, item.position, item.picture ->> 'src', coalesce(item.picture ->> 'alt', ''),
    variants.id, coalesce((item.picture ->> 'focus_x')::smallint, 50),
    coalesce((item.picture ->> 'focus_y')::smallint, 50)
  from jsonb_array_elements(media) with ordinality as item (picture, position)
  left join public.variants on variants.product_id = write_pictures.product_id
    and variants.id = (item.picture ->> 'variant_id')::uuid
  on conflict on constraint product_media_have_one_order do update
  set src = excluded.src,
    alt = excluded.alt,
    variant_id = excluded.variant_id,
    focus_x = excluded.focus_x,
    focus_y = excluded.focus_y
  where (picture.src, picture.alt, picture.variant_id, picture.focus_x, picture.focus_y) is distinct
    from (excluded.src, excluded.alt, excluded.variant_id, excluded.focus_x, excluded.focus_y);

  delete from public.product_media as picture
  where picture.product_id = write_pictures.product_id
    and picture.position > jsonb_array_length(media);
end;
$$;
comment on function private.write_pictures(uuid, jsonb) is
  'Replaces a product''s pictures with these, in this order. A picture may belong to a variant of this product only.';

create function private.write_product_variants(product_id uuid, variants jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.variants as variant
  set price_minor = wanted.price_minor,
    compare_at_minor = wanted.compare_at_minor,
    barcode = nullif(wanted.barcode, ''),
    limit_per_person = wanted.limit_per_person,
    active = wanted.active
  from public.variants as before
  cross join lateral jsonb_populate_record(before, write_product_variants.variants -> before.id::text) as wanted
  where before.product_id = write_product_variants.product_id
    and write_product_variants.variants ? before.id::text
    and variant.id = before.id;

  -- Apart and in one order, as they are part of a key: this waits for every cart that is just being filled with one.
  perform from public.variants as variant
  where variant.product_id = write_product_variants.product_id
    and write_product_variants.variants -> variant.id::text ? 'option_values'
  order by variant.id
  for update;
  update public.variants as variant
  set option_values = wanted.option_values
  from public.variants as before
  cross join lateral jsonb_populate_record(before, write_product_variants.variants -> before.id::text) as wanted
  where before.product_id = write_product_variants.product_id
    and write_product_variants.variants -> before.id::text ? 'option_values'
    and variant.id = before.id;
end;
$$;
comment on function private.write_product_variants(uuid, jsonb) is
  'The changed columns of a product''s variants: {id: {field: value}}.';

create function private.check_options(product_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_field text;
begin
  select wrong.field into v_field
  from (
    select 'option_names' as field
    from public.products as product
    where product.id = check_options.product_id
      and cardinality(product.option_names) <> (select count(distinct nullif(trim(name), ''))
        from unnest(product.option_names) as name)
    union all
    select 'variants.' || variant.id || '.option_values'
    from public.products as product
    join public.variants as variant on variant.product_id = product.id
    where product.id = check_options.product_id
      and variant.active
      and (cardinality(variant.option_values) <> cardinality(product.option_names)
        or '' = any (select trim(value) from unnest(variant.option_values) as value))
  ) as wrong
  limit 1;
  if v_field is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', v_field, 'problem', 'are not one for each option'),
      'Give each option its own name, and each active variant a value for each option. Nothing was saved.');
  end if;
end;
$$;
comment on function private.check_options(uuid) is
  'Raises invalid_input (422) unless option names are distinct and each active variant has a value for each option. A
   variant that is not sold may have options that were removed.';

create function private.lock_product(product_id uuid, variants jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text;
begin
  -- The product before its variants and before any stock, as an import does.
  perform from public.products where products.id = lock_product.product_id for no key update;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('product_id', product_id),
      'Reload the list of products.');
  end if;
  perform from public.variants where variants.product_id = lock_product.product_id
    order by variants.id for no key update;
  select touched.id into v_unknown
  from jsonb_object_keys(lock_product.variants) as touched (id)
  where not exists (select from public.variants where variants.product_id = lock_product.product_id
    and variants.id::text = touched.id)
  limit 1;
  if v_unknown is not null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'variants', 'problem', 'not of this product', 'value', v_unknown),
      'Reload the product.');
  end if;
  return private.product_sheet(product_id);
end;
$$;
comment on function private.lock_product(uuid, jsonb) is
  'Holds a product and its variants still and returns them. variants: the ones a save touches, by id. Raises not_found
   (404), invalid_input (422).';

create function private.write_changes(sheet jsonb, changes jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_id uuid := sheet ->> 'id';
  v_problem text;
  v_rule text;
begin
  if changes - 'variants' <> '{}' then
    perform private.write_product(sheet, changes);
  end if;
  if changes ? 'media' then
    perform private.write_pictures(v_id, changes -> 'media');
  end if;
  if changes ? 'variants' then
    perform private.write_product_variants(v_id, changes -> 'variants');
  end if;
  if changes ? 'option_names' or changes @? '$.variants.*.option_values' or changes @? '$.variants.*.active' then
    perform private.check_options(v_id);
  end if;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text, v_rule = constraint_name;
  perform private.refuse(422, 'invalid_input', case v_rule
      when 'products_handle_key' then jsonb_build_object('field', 'handle', 'problem', 'is taken')
      when 'products_category_fkey' then jsonb_build_object('field', 'category', 'problem', v_problem)
      when 'variants_differ_in_their_options' then jsonb_build_object('field', 'option_names',
        'problem', 'would be the same for two variants')
      else jsonb_build_object('field', 'changes', 'problem', v_problem)
    end, 'Correct the field. Nothing of this save was written.');
end;
$$;
comment on function private.write_changes(jsonb, jsonb) is
  'Writes a save; types and constraints are the check. Raises invalid_input (422).';

create function private.save_product(product_id uuid, expected jsonb, changes jsonb, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_sheet jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'save_product', jsonb_build_array(product_id, expected, changes));
  if v_response is not null then
    return v_response;
  end if;
  perform private.refuse_unknown_fields(changes);
  v_sheet := private.lock_product(product_id, coalesce(changes -> 'variants', '{}'));
  if private.is_stale(v_sheet, expected, changes) then
    perform private.refuse(409, 'product_moved', jsonb_build_object('product', v_sheet),
      'Compare with the current product, choose field by field, and save against its version. Nothing was saved.');
  end if;
  perform private.write_changes(v_sheet, changes);

  v_response := private.product_sheet(product_id);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
end;
$$;
comment on function private.save_product(uuid, jsonb, jsonb, uuid) is 'See public.save_product.';

create function public.save_product(product_id uuid, expected jsonb, changes jsonb, idempotency_key uuid)
returns jsonb
language sql
set search_path = ''
as $$
  select private.save_product(product_id, expected, changes, idempotency_key)
$$;
comment on function public.save_product(uuid, jsonb, jsonb, uuid) is
  'Saves changes to a product. expected: the versions that the editor saw, {version, variants: {id: version}}, of the
   touched rows. changes: the new values of changed fields alone, as read_product names them: {title, …, media: all
   pictures, option_names: all, variants: {id: {option_values: one for each option, price_minor, …}}}. Managers.
   Returns the product as read_product does. Raises role_required (403), not_found (404), product_moved (409, with the
   current product), idempotency_key_reused (409), invalid_input (422).';

revoke execute on function public.read_product(uuid), public.save_product(uuid, jsonb, jsonb, uuid) from public, anon;
grant execute on function public.read_product(uuid), private.read_product(uuid),
  public.save_product(uuid, jsonb, jsonb, uuid),
  private.save_product(uuid, jsonb, jsonb, uuid) to authenticated, service_role;
