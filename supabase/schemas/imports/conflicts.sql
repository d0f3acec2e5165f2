create function private.revert_diff(import_id uuid)
returns setof private.import_difference
language sql
stable
set search_path = ''
as $$
  with fields as (
    select field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
      field.content, jsonb_object_agg(field.field, field.was) as back
    from private.revert_fields(revert_diff.import_id) as field
    where field.why is null
    group by field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
      field.content
  ), units as (
    select moved.*, jsonb_build_object('on_hand', moved.on_hand) as before,
      jsonb_build_object('on_hand', moved.on_hand + moved.back) as after
    from private.import_units(revert_diff.import_id) as moved
    where moved.back <> 0
  )
  select subject, coalesce(fields.line, units.line), coalesce(fields.handle, units.handle),
    coalesce(fields.sku, units.sku),
    coalesce(fields.product_id, units.product_id), variant_id, coalesce(fields.location_id, units.location_id),
    coalesce(fields.content, units.content) || coalesce(units.before, '{}'),
    coalesce(fields.content, units.content) || coalesce(fields.back, '{}') || coalesce(units.after, '{}'),
    null::jsonb, concat_ws(' ', fields.back, units.back)
  from fields
  full join units using (subject, variant_id)
$$;
comment on function private.revert_diff(uuid) is
  'An applied import turned round, as far as it can be. A yes is one to the fields and units that go back, whatever
   else of
   them is sold or edited in the meantime.';

-- Together ------------------------------------------------------------------------------------------------------------

create function private.import_diff(import_id uuid)
returns setof private.import_difference
language plpgsql
stable
set search_path = ''
as $$
declare
  v_import public.imports;
begin
  select * into v_import from public.imports where imports.id = import_diff.import_id;
  if v_import.applied_at is not null then
    return query
    select change.subject, change.line, change.handle, change.sku, change.product_id, change.variant_id,
      change.location_id,
      change.before, change.after, change.claim, null::text
    from private.import_changes as change
    where change.import_id = import_diff.import_id;
  elsif v_import.reverts is not null then
    return query select * from private.revert_diff(v_import.reverts);
  elsif v_import.kind = 'inventory' then
    return query select * from private.import_level_diff(import_id);
  else
    return query
    select * from private.import_product_diff(import_id)
    union all
    select * from private.import_variant_diff(import_id);
  end if;
end;
$$;
comment on function private.import_diff(uuid) is
  'The changes of an import: those it would make, or, once it is applied, those it made.';

create function private.revert_exceptions(import_id uuid)
returns table (
  line integer, subject private.import_subject, handle text, sku text, field text, wanted jsonb, found jsonb, why text
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  select field.line, field.subject, field.handle, field.sku, field.field, field.was, field.found, field.why
  from public.imports
  cross join lateral private.revert_fields(imports.reverts) as field
  where imports.id = revert_exceptions.import_id
    and imports.applied_at is null
    and field.why is not null
  union all
  select units.line, units.subject, units.handle, units.sku, 'on_hand', to_jsonb(units.wanted), to_jsonb(units.back),
    'unavailable_since'
  from public.imports
  cross join lateral private.import_units(imports.reverts) as units
  where imports.id = revert_exceptions.import_id
    and imports.applied_at is null
    and units.back <> units.wanted
  union all
  select kept.line, kept.subject, kept.handle, kept.sku, kept.field, kept.wanted, kept.found, kept.why
  from private.import_kept as kept
  where kept.import_id = revert_exceptions.import_id;
end;
$$;
comment on function private.revert_exceptions(uuid) is
  'The changes that a revert cannot undo, with the reason; once it is applied, those it did not undo.';

-- long because each conflict is one line of two lists; a reader compares them side by side.
create function private.import_conflicts(import_id uuid)
returns table (line integer, "column" text, value text, why text)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return query
  with matches as materialized (
    select * from private.import_matches(import_conflicts.import_id)
  )
  select problem.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral jsonb_to_recordset(imports.problems) as problem (line integer, "column" text, value text, why text)
  where imports.id = import_conflicts.import_id

  union all
  select match.line, 'Variant SKU', match.sku,
    'is or would become "' || concat_ws(' ', products.handle, nullif(array_to_string(rival.option_values, ' / '), ''))
      || '" (SKU "' || rival.sku || '")'
  from matches as match
  join public.variants as rival on rival.id = match.rival
  join public.products on products.id = rival.product_id

  union all
  select match.line, 'Variant SKU', match.sku, 'is the same variant as another line of the file'
  from matches as match
  where match.times > 1

  union all
  select staged.line, 'Option1 Name', array_to_string(staged.option_names, ', '),
    'variant "' || variants.sku || '" is not in the file and has ' || cardinality(variants.option_values)
      || ' options: add its line'
  from private.import_products as staged
  join public.products on products.handle = staged.handle
  join public.variants on variants.product_id = products.id and variants.active
  where staged.import_id = import_conflicts.import_id
    and cardinality(variants.option_values) <> cardinality(staged.option_names)
    and not exists (select from matches as match where match.variant_id = variants.id)

  union all
  select staged.line, 'Variant Inventory Qty', staged.quantity::text,
    'fewer than the ' || level.on_hand - level.available || ' units held, committed or kept as safety stock here'
  from private.import_variants as staged
  join matches as match using (line)
  join public.imports on imports.id = staged.import_id
  join public.stock_levels as level on level.variant_id = match.variant_id and level.location_id = imports.location_id
  where staged.import_id = import_conflicts.import_id
    and staged.quantity < level.on_hand - level.available

  union all
  select staged.line, 'Title', null, 'is missing: a new product needs one'
  from private.import_products as staged
  where staged.import_id = import_conflicts.import_id
    and staged.title is null
    and not exists (select from public.products where products.handle = staged.handle)

  union all
  select staged.line, 'Variant Price', null, 'is missing: a new product needs a line with a price'
  from private.import_products as staged
  where staged.import_id = import_conflicts.import_id
    and not exists (select from public.products where products.handle = staged.handle)
    and not exists (
      select from private.import_variants as variant
      where variant.import_id = staged.import_id and variant.handle = staged.handle
    )

  union all
  select match.line, problem."column", problem.value, problem.why
  from matches as match
  join private.import_variants as staged on staged.import_id = import_conflicts.import_id and staged.line = match.line
  join private.import_products as product on product.import_id = staged.import_id and product.handle = staged.handle
  left join public.products on products.id = match.product_id
  cross join lateral (select coalesce(product.option_names, products.option_names, '{}') as names) as shape
  cross join lateral (
    values
      (match.variant_id is null and staged.price_minor is null,
        'Variant Price', null, 'is missing: a new variant needs one, like 9.99'),
      (match.variant_id is null and not staged.options_given and exists (
          select from public.variants where variants.product_id = match.product_id
        ), 'Option1 Value', null, 'is missing, and the SKU is none of this product: name the options of the variant'),
      (staged.options_given and cardinality(match.option_values) <> cardinality(shape.names),
        'Option1 Name', array_to_string(match.option_values, ', '),
        'is missing: this product has ' || cardinality(shape.names) || ' options: name them')
  ) as problem (applies, "column", value, why)
  where problem.applies

  union all
  select level.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral private.import_level_lines(imports.id) as level
  cross join lateral (
    values
      (level.variant_id is null, 'SKU', coalesce(level.sku, level.handle), 'is no variant of this shop'),
      (level.places = 0, 'Location', level.location, 'is no open location of this shop'),
      (level.places > 1, 'Location', level.location, 'is what several locations are called: write the one''s slug'),
      (level.times > 1, 'SKU', level.sku, 'at "' || level.location || '" is in another line of the file, too'),
      (num_nulls(level.variant_id, level.location_id, level.ledger_position) = 0 and level.expected <> level.on_hand - (
          select coalesce(sum(movement.delta), 0)
          from public.stock_movements as movement
          where movement.variant_id = level.variant_id
            and movement.location_id = level.location_id
            and movement.id > level.ledger_position
        ), 'On hand (current)', level.expected::text,
        'is not what was on hand when the file was exported: leave it, and write the new number into On hand (new)'),
      (level.result < level.unavailable, 'On hand (new)', level.counted::text,
        'would leave ' || level.result || ', fewer than the ' || level.unavailable
          || ' units held, committed or kept as safety stock at "' || level.location || '"')
  ) as problem (applies, "column", value, why)
  where imports.id = import_conflicts.import_id
    and imports.kind = 'inventory'
    and problem.applies
    and level.choice <> 'skip'
  order by 1;
end;
$$;
comment on function private.import_conflicts(uuid) is
  'Why the file cannot be applied to this catalogue: the line, its column and value, and the reason. No row: it can.';

create function private.import_overview(
  import_id uuid, first_changes integer, out summary jsonb, out changes jsonb
)
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  -- The difference costs seconds for a large file, so that both come from one look at it.
  with diff as materialized (
    select * from private.import_diff(import_overview.import_id)
  ), counts as (
    select jsonb_build_object(
      'new', count(*) filter (where before is null and line is not null),
      'changed', count(*) filter (where before <> after),
      'unchanged', count(*) filter (where before = after)
    ) as by_state, subjects.subject
    from unnest(enum_range(null::private.import_subject)) as subjects (subject)
    left join diff using (subject)
    group by subjects.subject
  ), fields as (
    select field.key, count(*) as times
    from diff
    cross join lateral jsonb_each(diff.after) as field
    where diff.before <> diff.after
      and diff.before -> field.key <> field.value
    group by field.key
  ), units as (
    select coalesce((diff.after ->> 'on_hand')::bigint - coalesce((diff.before ->> 'on_hand')::bigint, 0), 0) as delta
    from diff
  ), first as (
    select diff.subject, diff.line, diff.handle, diff.sku, diff.before, diff.after
    from diff
    where diff.before is distinct from diff.after
    order by 2, 1
    limit least(import_overview.first_changes, 10000)
  )
  select jsonb_build_object(
    'products', (select by_state from counts where subject = 'product'),
    'variants', (select by_state from counts where subject = 'variant'),
    'levels', (select by_state from counts where subject = 'level'),
    'fields', (select coalesce(jsonb_object_agg(key, times), '{}') from fields),
    'units_in', (select coalesce(sum(delta) filter (where delta > 0), 0) from units),
    'units_out', (select coalesce(-sum(delta) filter (where delta < 0), 0) from units),
    'fingerprint', (
      select md5(coalesce(string_agg(
        concat_ws(' ', handle, sku, location_id, coalesce(approval, concat_ws(' ', before, after))), E'\n'
        order by handle, sku nulls first, location_id), ''))
      from diff where before is distinct from after
    )
  ), (select coalesce(jsonb_agg(to_jsonb(change) order by change.line, change.subject), '[]') from first as change)
  into import_overview.summary, import_overview.changes;
end;
$$;
comment on function private.import_overview(uuid, integer) is
  'summary: counts of new, changed and unchanged, changes by field, units that would come and go, and a fingerprint of
   the whole difference: as long as it is the same, applying does exactly what was shown. changes: the first rows of
   the difference.';
