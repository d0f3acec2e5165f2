-- What a staged file, or a revert, would change: the only place that knows. Preview and apply both read it.

create type private.import_difference as (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, before jsonb, after jsonb, claim jsonb, wish text
);
comment on type private.import_difference is
  'A product, variant or level as it is (before, NULL: new) and as somebody wants it (after). wish: what a yes to it is a yes
   to, where that is not before and after: a difference that is added, whatever the number is by then.';

-- What there is ---------------------------------------------------------------------------------------------------

create view private.product_contents with (security_invoker = true) as
  select products.id as product_id, jsonb_build_object(
      'title', products.title,
      'description_html', products.description_html,
      'vendor', products.vendor,
      'category', products.category,
      'tags', products.tags,
      'option_names', products.option_names,
      'status', products.status,
      'media', pictures.media
    ) as content
  from public.products
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
comment on view private.product_contents is 'What an import may change of a product, as it is.';

create view private.variant_contents with (security_invoker = true) as
  select variants.id as variant_id, jsonb_build_object(
      'sku', variants.sku,
      'option_values', variants.option_values,
      'price_minor', variants.price_minor,
      'compare_at_minor', variants.compare_at_minor,
      'currency', variants.currency,
      'barcode', variants.barcode,
      'position', variants.position,
      'active', variants.active
    ) as content
  from public.variants;
comment on view private.variant_contents is 'What an import may change of a variant, as it is; its units aside.';

-- What a product file wants -----------------------------------------------------------------------------------------

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
  select staged.handle, staged.option_values, staged.line, products.id, same.id,
    case
      when staged.sku_given then staged.sku
      when same.id is not null then same.sku
      -- Derived, but somebody else's already: a suffix that the same handle and options always get.
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
  left join public.variants as alike on alike.product_id = products.id and alike.option_values = staged.option_values
  left join public.variants as same on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  where staged.import_id = import_matches.import_id;
end;
$$;
comment on function private.import_matches(uuid) is
  'Which variant each staged one is: by its SKU, else by its product''s handle and options; NULL when new. rival: another
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
      'title', staged.title,
      'description_html', coalesce(staged.description_html, products.description_html, ''),
      'vendor', coalesce(staged.vendor, products.vendor, ''),
      'category', coalesce(staged.category_slug, products.category, 'everything-else'),
      'tags', coalesce(staged.tags, products.tags, '{}'),
      'option_names', staged.option_names,
      'status', coalesce(staged.status, products.status, 'active'),
      'media', coalesce(wanted.media, known.content -> 'media', '[]')
    ), null::jsonb, null
  from private.import_products as staged
  left join public.products on products.handle = staged.handle
  left join lateral (
    select contents.content from private.product_contents as contents where contents.product_id = products.id
  ) as known on true
  -- The format has room for one picture of a variant. One that it ties to none still shows the variant it showed.
  cross join lateral (
    select jsonb_agg(picture.item || case when picture.item -> 'option_values' = 'null' then jsonb_build_object('option_values', (
        select shown.item -> 'option_values'
        from jsonb_array_elements(known.content -> 'media') as shown (item)
        where shown.item -> 'src' = picture.item -> 'src'
        limit 1
      )) else '{}' end order by picture.position)
    from jsonb_array_elements(staged.media) with ordinality as picture (item, position)
  ) as wanted (media)
  where staged.import_id = import_product_diff.import_id;
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
    (select contents.content from private.variant_contents as contents where contents.variant_id = variants.id)
      || jsonb_build_object('on_hand', coalesce(level.on_hand, 0)),
    jsonb_build_object(
      'sku', match.sku,
      'option_values', staged.option_values,
      'price_minor', staged.price_minor,
      'compare_at_minor', nullif(coalesce(staged.compare_at_minor, variants.compare_at_minor), 0),
      'currency', shop_settings.currency,
      'barcode', nullif(coalesce(staged.barcode, variants.barcode), ''),
      'position', coalesce(variants.position, staged.position),
      'active', coalesce(staged.active, variants.active, true),
      'on_hand', coalesce(staged.quantity, level.on_hand, 0)
    ), null::jsonb, null
  from public.imports
  join private.import_variants as staged on staged.import_id = imports.id
  join private.import_matches(import_variant_diff.import_id) as match using (handle, option_values)
  left join public.variants on variants.id = match.variant_id
  left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = imports.location_id
  cross join public.shop_settings
  where imports.id = import_variant_diff.import_id;
end;
$$;
comment on function private.import_variant_diff(uuid) is 'The same for every staged variant. on_hand is that of the import''s location.';

-- What an inventory file wants --------------------------------------------------------------------------------------

create function private.import_level_lines(import_id uuid)
returns table (
  line integer, product_id uuid, variant_id uuid, location_id uuid, handle text, title text, sku text,
  option_values text[], location text, places bigint, times bigint, expected integer, counted integer,
  ledger_position bigint, on_hand integer, promised integer, repeats text, choice public.import_choice,
  result integer, claim jsonb
)
language sql
stable
set search_path = ''
as $$
  select staged.line, products.id, variants.id, place.id, coalesce(products.handle, staged.handle), products.title,
    coalesce(variants.sku, staged.sku), coalesce(variants.option_values, staged.option_values),
    coalesce(place.name, staged.location), place.places,
    count(*) over (partition by coalesce(variants.id::text, staged.line::text), place.id),
    staged.expected, staged.counted, staged.ledger_position, stock.on_hand, stock.promised, earlier.document, wish.choice,
    case wish.choice
      when 'add' then stock.on_hand + staged.counted - staged.expected
      when 'set' then staged.counted
      else stock.on_hand
    end,
    said.claim
  from private.import_levels as staged
  left join public.variants as named on named.sku = staged.sku
  left join public.products as alike on alike.handle = staged.handle
  left join public.variants as chosen on chosen.product_id = alike.id and chosen.option_values = staged.option_values
  left join public.variants on variants.id = coalesce(named.id, chosen.id)
  left join public.products on products.id = variants.product_id
  cross join lateral (
    select min(locations.id::text)::uuid as id, min(locations.name) as name, count(*) as places
    from public.locations
    where locations.active and staged.location in (locations.name, locations.slug)
  ) as place
  left join public.stock_levels as level on level.variant_id = variants.id and level.location_id = place.id
  cross join lateral (
    select coalesce(level.on_hand, 0) as on_hand, coalesce(level.on_hand - level.available, 0) as promised
  ) as stock
  cross join lateral (
    select jsonb_build_object('expected', staged.expected, 'counted', staged.counted, 'ledger_position', staged.ledger_position) as claim
  ) as said
  left join lateral (
    select imports.document
    from private.import_changes as done
    join public.imports on imports.id = done.import_id
    where done.variant_id = variants.id
      and done.location_id = place.id
      and done.claim = said.claim
      and not exists (select from public.imports as revert where revert.reverts = done.import_id and revert.applied_at is not null)
    order by imports.number desc
    limit 1
  ) as earlier on true
  cross join lateral (
    select case
      when staged.expected is null then coalesce(staged.choice, 'set')
      -- The same line of the same export again, and its units stand in the ledger: adding them twice is never meant.
      when earlier.document is not null and stock.on_hand <> staged.expected then coalesce(staged.choice, 'skip')
      else coalesce(staged.choice, 'add')
    end as choice
  ) as wish
  where staged.import_id = import_level_lines.import_id
$$;
comment on function private.import_level_lines(uuid) is
  'Every staged line of an inventory file with the level it means: on_hand now, promised (held, committed or kept as
   safety stock), the choice that holds (what moved since the export is added to unless somebody says otherwise) and its
   result. repeats: the document that has booked this very line already.';

create function private.import_level_diff(import_id uuid)
returns setof private.import_difference
language sql
stable
set search_path = ''
as $$
  select 'level'::private.import_subject, level.line, level.handle, level.sku, level.product_id, level.variant_id,
    level.location_id,
    jsonb_build_object('location', level.location, 'on_hand', level.on_hand),
    jsonb_build_object('location', level.location, 'on_hand', level.result),
    level.claim,
    case when level.choice = 'add' then (level.counted - level.expected)::text end
  from private.import_level_lines(import_level_diff.import_id) as level
  where level.variant_id is not null
    and level.location_id is not null
$$;
comment on function private.import_level_diff(uuid) is 'Every staged line of a known level as it is and as the choice makes it.';

create function private.import_questions(import_id uuid)
returns table (
  line integer, title text, option_values text[], sku text, location text, expected integer, counted integer, on_hand integer,
  promised integer, repeats text, choice public.import_choice, result integer, ledger_position bigint, variant_id uuid,
  location_id uuid
)
language sql
stable
set search_path = ''
as $$
  select level.line, level.title, level.option_values, level.sku, level.location, level.expected, level.counted, level.on_hand,
    level.promised, level.repeats, level.choice, level.result, level.ledger_position, level.variant_id, level.location_id
  from private.import_level_lines(import_questions.import_id) as level
  where level.variant_id is not null
    and level.location_id is not null
    and (level.on_hand <> level.expected or least(level.result, level.counted) < level.promised)
$$;
comment on function private.import_questions(uuid) is
  'Lines a person should look at: the number moved since the export, or fewer would be left than are promised.';

-- What a revert wants -------------------------------------------------------------------------------------------------

create function private.import_reversal(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, field text, was jsonb, made jsonb, found jsonb, content jsonb
)
language sql
stable
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    field.key, field.value, done.after -> field.key, known.content -> field.key, known.content
  from private.import_changes as done
  left join private.import_changes as parent
    on parent.import_id = done.import_id and parent.subject = 'product' and parent.product_id = done.product_id and parent.before is null
  cross join lateral (
    select case done.subject
      when 'product' then (select contents.content from private.product_contents as contents where contents.product_id = done.product_id)
      when 'variant' then (select contents.content from private.variant_contents as contents where contents.variant_id = done.variant_id)
      else '{}'
    end
  ) as known (content)
  cross join lateral jsonb_each(coalesce(done.before, case
    when done.subject = 'product' then '{"status": "archived"}'
    -- With a product that is archived nothing of it is sold; in one that stays, the new variant goes.
    when parent.product_id is not null then '{}'
    else '{"active": false}'
  end::jsonb)) as field
  where done.import_id = import_reversal.import_id
    and field.key not in ('on_hand', 'location')
    and field.value is distinct from done.after -> field.key
$$;
comment on function private.import_reversal(uuid) is
  'What an import made of each field it changed (made), what was there before (was) and what is there now (found, and the
   whole content around it). Of what it created: that it is on sale. Its units are not in it.';

create function private.revert_fields(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, field text, was jsonb, found jsonb, content jsonb, why text
)
language sql
stable
strict
set search_path = ''
as $$
  with reversal as materialized (
    select * from private.import_reversal(revert_fields.import_id) as field where field.found is distinct from field.was
  ), back as (
    select * from reversal where reversal.found = reversal.made
  ), shapes as (
    select variants.product_id,
      coalesce(choices.was, to_jsonb(variants.option_values)) as choices,
      coalesce(sold.was::boolean, variants.active) as sold,
      jsonb_array_length(coalesce(names.was, to_jsonb(products.option_names))) as names
    from public.variants
    join public.products on products.id = variants.product_id
    left join back as choices on choices.variant_id = variants.id and choices.field = 'option_values'
    left join back as sold on sold.variant_id = variants.id and sold.field = 'active'
    left join back as names on names.product_id = products.id and names.field = 'option_names'
    where variants.product_id in (select back.product_id from back)
  ), broken as (
    select shapes.product_id
    from shapes
    group by shapes.product_id
    having bool_or(shapes.sold and jsonb_array_length(shapes.choices) <> shapes.names) or count(*) <> count(distinct shapes.choices)
  )
  select field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
    field.field, field.was, field.found, field.content,
    case
      when field.found is distinct from field.made then 'changed_since'
      when field.field = 'sku' and exists (
          select from public.variants as other where other.sku = field.was #>> '{}' and other.id <> field.variant_id
        ) then 'taken_since'
      -- The choices of a product are one thing: its names and every variant's values go back together or not at all, and
      -- a variant they do not fit is not sold again.
      when (field.field in ('option_values', 'option_names') or field.field = 'active' and field.was = 'true')
        and field.product_id in (select broken.product_id from broken) then 'taken_since'
    end
  from reversal as field
$$;
comment on function private.revert_fields(uuid) is
  'Every field that is not as it was before an import: what it was, what is there now and in which content. It goes back if it
   still is what the import made of it and nothing else has its SKU or choices by now; why says why not.';

create function private.import_units(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid, location_id uuid,
  content jsonb, on_hand integer, wanted integer, back integer
)
language sql
stable
strict
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    case when done.subject = 'level' then jsonb_build_object('location', done.after -> 'location') else contents.content end,
    coalesce(level.on_hand, 0), booked.delta, greatest(booked.delta, -coalesce(level.available, 0) - expired.units)
  from private.import_changes as done
  join private.variant_contents as contents on contents.variant_id = done.variant_id
  left join public.stock_levels as level on level.variant_id = done.variant_id and level.location_id = done.location_id
  cross join lateral (
    select coalesce((done.before ->> 'on_hand')::integer, 0) - (done.after ->> 'on_hand')::integer as delta
  ) as booked
  cross join lateral (
    -- What has run out is free, and released by whoever books this.
    select coalesce(sum(claims.quantity), 0)::integer as units
    from public.claims
    where claims.variant_id = done.variant_id
      and claims.location_id = done.location_id
      and claims.expires_at <= private.clock()
  ) as expired
  where done.import_id = import_units.import_id
    and booked.delta <> 0
$$;
comment on function private.import_units(uuid) is
  'The units of an import turned round (wanted), and as many of them as can go back now (back): what it brought and is sold,
   held or kept since cannot.';

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
    group by field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id, field.content
  ), units as (
    select moved.*, jsonb_build_object('on_hand', moved.on_hand) as before,
      jsonb_build_object('on_hand', moved.on_hand + moved.back) as after
    from private.import_units(revert_diff.import_id) as moved
    where moved.back <> 0
  )
  select subject, coalesce(fields.line, units.line), coalesce(fields.handle, units.handle), coalesce(fields.sku, units.sku),
    coalesce(fields.product_id, units.product_id), variant_id, coalesce(fields.location_id, units.location_id),
    coalesce(fields.content, units.content) || coalesce(units.before, '{}'),
    coalesce(fields.content, units.content) || coalesce(fields.back, '{}') || coalesce(units.after, '{}'),
    null::jsonb, concat_ws(' ', fields.back, units.back)
  from fields
  full join units using (subject, variant_id)
$$;
comment on function private.revert_diff(uuid) is
  'An applied import turned round, as far as it can be. A yes is one to the fields and units that go back, whatever else of
   them is sold or edited meanwhile.';

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
    select change.subject, change.line, change.handle, change.sku, change.product_id, change.variant_id, change.location_id,
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
  'What an import changes, or, once it is applied, what it changed.';

create function private.import_stays(import_id uuid)
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
  where imports.id = import_stays.import_id
    and imports.applied_at is null
    and field.why is not null
  union all
  select units.line, units.subject, units.handle, units.sku, 'on_hand', to_jsonb(units.wanted), to_jsonb(units.back), 'promised_since'
  from public.imports
  cross join lateral private.import_units(imports.reverts) as units
  where imports.id = import_stays.import_id
    and imports.applied_at is null
    and units.back <> units.wanted
  union all
  select kept.line, kept.subject, kept.handle, kept.sku, kept.field, kept.wanted, kept.found, kept.why
  from private.import_kept as kept
  where kept.import_id = import_stays.import_id;
end;
$$;
comment on function private.import_stays(uuid) is 'What a revert would leave as it is and why, or, once it is applied, what it left.';

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
    'is or would become ' || products.handle || ' ' || array_to_string(rival.option_values, ' / ') || ' (SKU ' || rival.sku || ')'
  from matches as match
  join public.variants as rival on rival.id = match.rival
  join public.products on products.id = rival.product_id

  union all
  select match.line, 'Variant SKU', match.sku, 'is the same variant as another line of the file'
  from matches as match
  where match.times > 1

  union all
  select staged.line, 'Option1 Name', array_to_string(staged.option_names, ', '),
    'variant ' || variants.sku || ' is not in the file and has ' || cardinality(variants.option_values) || ' options: add its line'
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
  join matches as match using (handle, option_values)
  join public.imports on imports.id = staged.import_id
  join public.stock_levels as level on level.variant_id = match.variant_id and level.location_id = imports.location_id
  where staged.import_id = import_conflicts.import_id
    and staged.quantity < level.on_hand - level.available

  union all
  select level.line, problem."column", problem.value, problem.why
  from public.imports
  cross join lateral private.import_level_lines(imports.id) as level
  cross join lateral (
    values
      (level.variant_id is null, 'SKU', coalesce(level.sku, level.handle), 'is no variant of this shop'),
      (level.places = 0, 'Location', level.location, 'is no open location of this shop'),
      (level.places > 1, 'Location', level.location, 'is what several locations are called: write the one''s slug'),
      (level.times > 1, 'SKU', level.sku, 'at ' || level.location || ' stands in another line of the file, too'),
      (num_nulls(level.variant_id, level.location_id, level.ledger_position) = 0 and level.expected <> level.on_hand - (
          select coalesce(sum(movement.delta), 0)
          from public.stock_movements as movement
          where movement.variant_id = level.variant_id
            and movement.location_id = level.location_id
            and movement.id > level.ledger_position
        ), 'On hand (current)', level.expected::text,
        'is not what was on hand when the file was exported: leave it, and write the new number into On hand (new)'),
      (level.result < level.promised, 'On hand (new)', level.counted::text,
        'would leave ' || level.result || ', fewer than the ' || level.promised || ' units held, committed or kept as safety stock at ' || level.location)
  ) as problem (stands, "column", value, why)
  where imports.id = import_conflicts.import_id
    and imports.kind = 'inventory'
    and problem.stands
    and level.choice <> 'skip'
  order by 1;
end;
$$;
comment on function private.import_conflicts(uuid) is
  'Why the file cannot be applied to this catalogue: the line, its column and value, and what stands against it. No row: it can.';

create function private.import_summary(import_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
begin
  return (
    with diff as materialized (
      select * from private.import_diff(import_summary.import_id)
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
    )
    select jsonb_build_object(
      'products', (select by_state from counts where subject = 'product'),
      'variants', (select by_state from counts where subject = 'variant'),
      'levels', (select by_state from counts where subject = 'level'),
      'fields', (select coalesce(jsonb_object_agg(key, times), '{}') from fields),
      'units_in', (select coalesce(sum(delta) filter (where delta > 0), 0) from units),
      'units_out', (select coalesce(-sum(delta) filter (where delta < 0), 0) from units),
      'fingerprint', (
        select md5(coalesce(string_agg(concat_ws(' ', handle, sku, location_id, coalesce(wish, concat_ws(' ', before, after))), E'\n'
          order by handle, sku nulls first, location_id), ''))
        from diff where before is distinct from after
      )
    )
  );
end;
$$;
comment on function private.import_summary(uuid) is
  'Counts of new, changed and unchanged, changes by field, units that would come and go, and a fingerprint of the whole
   difference: as long as it is the same, applying does exactly what was shown.';
