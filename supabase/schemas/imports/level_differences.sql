-- Inventory files --------------------------------------------------------------------------------------

-- long because one query names every input of the choice that applies to a line.
create function private.import_level_lines(import_id uuid)
returns table (
  line integer, product_id uuid, variant_id uuid, location_id uuid, handle text, title text, sku text,
  option_values text[], location text, places bigint, times bigint, expected integer, counted integer,
  ledger_position bigint, on_hand integer, unavailable integer, repeats text, choice public.import_choice,
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
    staged.expected, staged.counted, staged.ledger_position, stock.on_hand, stock.unavailable, earlier.document,
    decision.choice,
    case decision.choice
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
    select coalesce(level.on_hand, 0) as on_hand, coalesce(level.on_hand - level.available, 0) as unavailable
  ) as stock
  cross join lateral (
    select jsonb_build_object('expected', staged.expected, 'counted', staged.counted,
      'ledger_position', staged.ledger_position) as claim
  ) as said
  left join lateral (
    select imports.document
    from private.import_changes as done
    join public.imports on imports.id = done.import_id
    where done.variant_id = variants.id
      and done.location_id = place.id
      and done.claim = said.claim
      and not exists (
        select from public.imports as revert where revert.reverts = done.import_id and revert.applied_at is not null
      )
    order by imports.number desc
    limit 1
  ) as earlier on true
  cross join lateral (
    select case
      when staged.expected is null then coalesce(staged.choice, 'set')
      -- The same line of the same export again, with its units in the ledger: they are never added twice.
      when earlier.document is not null and stock.on_hand <> staged.expected then coalesce(staged.choice, 'skip')
      else coalesce(staged.choice, 'add')
    end as choice
  ) as decision
  where staged.import_id = import_level_lines.import_id
$$;
comment on function private.import_level_lines(uuid) is
  'Every staged line of an inventory file with its level: on_hand now, unavailable (held, committed or safety
   stock), the choice that applies (a number that moved since the export is added to unless a manager chose
   otherwise) and its result. repeats: the document that has recorded the same line already.';

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
comment on function private.import_level_diff(uuid) is
  'Every staged line of a known level as it is and as the choice makes it.';

create function private.import_questions(import_id uuid)
returns table (
  line integer, title text, option_values text[], sku text, location text, expected integer, counted integer,
  on_hand integer, unavailable integer, repeats text, choice public.import_choice, result integer,
  ledger_position bigint, variant_id uuid, location_id uuid
)
language sql
stable
set search_path = ''
as $$
  select level.line, level.title, level.option_values, level.sku, level.location, level.expected, level.counted,
    level.on_hand, level.unavailable, level.repeats, level.choice, level.result, level.ledger_position,
    level.variant_id, level.location_id
  from private.import_level_lines(import_questions.import_id) as level
  where level.variant_id is not null
    and level.location_id is not null
    and (level.on_hand <> level.expected or least(level.result, level.counted) < level.unavailable)
$$;
comment on function private.import_questions(uuid) is
  'Lines with a question: the number moved since the export, or fewer units would be left than are held, committed or
   safety stock.';

-- Reverts -------------------------------------------------------------------------------------------------

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
    on parent.import_id = done.import_id and parent.subject = 'product' and parent.product_id = done.product_id
      and parent.before is null
  cross join lateral (
    select case done.subject
      when 'product' then (
        select contents.content from private.product_contents as contents where contents.product_id = done.product_id
      )
      when 'variant' then (
        select contents.content from private.variant_contents as contents where contents.variant_id = done.variant_id
      )
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
  'Each field that an import changed: the value before (was), the value it wrote (made), the value now (found) and
   the whole content around it. For a product or variant it created: that it is for sale. Units are not included.';

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
    having bool_or(shapes.sold and jsonb_array_length(shapes.choices) <> shapes.names)
      or count(*) <> count(distinct shapes.choices)
  )
  select field.subject, field.line, field.handle, field.sku, field.product_id, field.variant_id, field.location_id,
    field.field, field.was, field.found, field.content,
    case
      when field.found is distinct from field.made then 'changed_since'
      when field.field = 'sku' and exists (
          select from public.variants as other where other.sku = field.was #>> '{}' and other.id <> field.variant_id
        ) then 'taken_since'
      -- The options of a product are reverted together or not at all: its names and the values of every variant. A
      -- variant that they do not fit is not sold again.
      when (field.field in ('option_values', 'option_names') or field.field = 'active' and field.was = 'true')
        and field.product_id in (select broken.product_id from broken) then 'taken_since'
    end
  from reversal as field
$$;
comment on function private.revert_fields(uuid) is
  'Every field that differs from its value before an import: that value, the value now and the content around it. It
   is reverted if it still has the value of the import, and no other row has its SKU or options; otherwise why has
   the reason.';

create function private.import_units(import_id uuid)
returns table (
  subject private.import_subject, line integer, handle text, sku text, product_id uuid, variant_id uuid,
  location_id uuid, content jsonb, on_hand integer, wanted integer, back integer
)
language sql
stable
strict
set search_path = ''
as $$
  select done.subject, done.line, done.handle, done.sku, done.product_id, done.variant_id, done.location_id,
    case when done.subject = 'level' then jsonb_build_object('location', done.after -> 'location')
      else contents.content end,
    coalesce(level.on_hand, 0), opposite.delta, greatest(opposite.delta, -coalesce(level.available, 0) - expired.units)
  from private.import_changes as done
  join private.variant_contents as contents on contents.variant_id = done.variant_id
  left join public.stock_levels as level on level.variant_id = done.variant_id and level.location_id = done.location_id
  cross join lateral (
    select coalesce((done.before ->> 'on_hand')::integer, 0) - (done.after ->> 'on_hand')::integer as delta
  ) as opposite
  cross join lateral (
    -- Expired holds are available: the movement of the revert releases them.
    select coalesce(sum(claims.quantity), 0)::integer as units
    from public.claims
    where claims.variant_id = done.variant_id
      and claims.location_id = done.location_id
      and claims.expires_at <= private.clock()
  ) as expired
  where done.import_id = import_units.import_id
    and opposite.delta <> 0
$$;
comment on function private.import_units(uuid) is
  'The units of an import with the opposite sign (wanted), and how many of them can be reverted now (back): units
   that were sold, held or reserved as safety stock since then cannot.';
