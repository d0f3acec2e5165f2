set check_function_bodies = off;

DROP VIEW "private"."product_contents";

DROP VIEW "private"."variant_contents";

ALTER TABLE "private"."import_levels" DROP CONSTRAINT "import_levels_pkey";

ALTER TABLE "private"."import_variants" DROP CONSTRAINT "import_variants_pkey";

ALTER TABLE "public"."imports" DROP CONSTRAINT "imports_warnings_check";

DROP FUNCTION "private"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind);

DROP FUNCTION "public"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind);

CREATE TABLE "private"."import_asks" ("import_id" uuid NOT NULL, "kind" text NOT NULL, "subject" text NOT NULL, "line" integer NOT NULL, "column" text NOT NULL, "value" text NOT NULL, "choices" jsonb NOT NULL, CONSTRAINT "import_asks_choices_check" CHECK ((jsonb_typeof(choices) = 'object'::text)), CONSTRAINT "import_asks_kind_check" CHECK ((kind ~ '^[a-z_]{1,40}$'::text)), CONSTRAINT "import_asks_line_check" CHECK ((line >= 1)), CONSTRAINT "import_asks_pkey" PRIMARY KEY (import_id, kind, line, "column"), CONSTRAINT "import_asks_subject_check" CHECK ((subject = ANY (ARRAY['product'::text, 'variant'::text, 'level'::text]))));

ALTER TABLE "private"."import_asks" ENABLE ROW LEVEL SECURITY;

CREATE TABLE "public"."kept_columns" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), "product_id" uuid, "variant_id" uuid, "columns" jsonb NOT NULL, CONSTRAINT "kept_columns_are_of_one_row" CHECK ((num_nonnulls(product_id, variant_id) = 1)), CONSTRAINT "kept_columns_columns_check" CHECK ((jsonb_typeof(columns) = 'object'::text)), CONSTRAINT "kept_columns_pkey" PRIMARY KEY (id), CONSTRAINT "kept_columns_product_id_key" UNIQUE (product_id), CONSTRAINT "kept_columns_variant_id_key" UNIQUE (variant_id));

ALTER TABLE "public"."kept_columns" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."kept_columns" FROM "anon";

CREATE TABLE "public"."product_addresses" ("handle" text NOT NULL, "product_id" uuid NOT NULL, "created_at" timestamp with time zone NOT NULL DEFAULT now(), CONSTRAINT "product_addresses_handle_check" CHECK (((length(TRIM(BOTH FROM handle)) >= 1) AND (length(TRIM(BOTH FROM handle)) <= 255))), CONSTRAINT "product_addresses_pkey" PRIMARY KEY (handle));

ALTER TABLE "public"."product_addresses" ENABLE ROW LEVEL SECURITY;

REVOKE ALL ON TABLE "public"."product_addresses" FROM "anon";

ALTER TABLE "private"."import_products" ADD COLUMN "former_handle" text;

ALTER TABLE "private"."import_products" ADD COLUMN "tax_rate_bp" integer;

ALTER TABLE "private"."import_products" ADD COLUMN "kept" jsonb NOT NULL DEFAULT '{}'::jsonb;

ALTER TABLE "private"."import_variants" ADD COLUMN "options_given" boolean NOT NULL DEFAULT true;

ALTER TABLE "private"."import_variants" ADD COLUMN "kept" jsonb NOT NULL DEFAULT '{}'::jsonb;

ALTER TABLE "public"."imports" ADD COLUMN "kept_columns" text[] NOT NULL DEFAULT '{}'::text[];

ALTER TABLE "private"."import_products" ALTER COLUMN "option_names" DROP NOT NULL;

ALTER TABLE "private"."import_products" ALTER COLUMN "title" DROP NOT NULL;

ALTER TABLE "private"."import_variants" ALTER COLUMN "price_minor" DROP NOT NULL;

CREATE TYPE "public"."import_answer" AS ENUM ('keep', 'repair', 'drop');

ALTER TABLE "private"."import_asks" ADD COLUMN "answer" public.import_answer;

create or replace function private.addressed_products(products jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (
    select from jsonb_array_elements(products) as product where product ->> 'former_handle' is not null
  ) then
    return products;
  end if;
  return (
    select jsonb_agg(case
        when product ->> 'former_handle' is null then product
        else product || jsonb_build_object('handle', coalesce(
          (
            select products.handle
            from public.product_addresses as address
            join public.products on products.id = address.product_id
            where address.handle = product ->> 'former_handle'
          ),
          (
            -- Another product has that address: this one gets an address made from its spelling.
            select products.handle || '-' || left(md5(product ->> 'former_handle'), 6)
            from public.products
            where products.handle = product ->> 'handle'
          ),
          product ->> 'handle'
        ))
      end order by n)
    from jsonb_array_elements(products) with ordinality as given (product, n)
  );
end;
$$;

create or replace function private.answer_asks(import_id uuid, kind text, answer public.import_answer)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_answered integer;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id);
  -- A cell that this answer does not fit is kept, or dropped where it means nothing.
  update private.import_asks as asked
  set answer = case
      when asked.choices ? answer_asks.answer::text then answer_asks.answer
      when asked.choices ? 'keep' then 'keep'
      else 'drop'
    end
  where asked.import_id = answer_asks.import_id
    and asked.kind = answer_asks.kind;
  get diagnostics v_answered = row_count;
  if v_answered = 0 or answer is null then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'kind', 'problem', 'not asked', 'value', kind),
      'Answer one of the questions of the preview.');
  end if;

  update private.import_variants as staged
  set sku = made.sku, sku_given = made.sku_given, barcode = made.barcode, quantity = made.quantity,
    options_given = made.options_given
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'variant') as answered
  join private.import_variants as said on said.import_id = answer_asks.import_id and said.line = answered.line
  cross join lateral jsonb_populate_record(said, answered.patch) as made
  where staged.import_id = said.import_id and staged.line = said.line;

  update private.import_products as staged
  set tax_rate_bp = (answered.patch ->> 'tax_rate_bp')::integer
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'product') as answered
  where staged.import_id = answer_asks.import_id and staged.line = answered.line;

  update private.import_levels as staged
  set sku = made.sku, choice = made.choice
  from private.answered_cells(answer_asks.import_id, answer_asks.kind, 'level') as answered
  join private.import_levels as said on said.import_id = answer_asks.import_id and said.line = answered.line
  cross join lateral jsonb_populate_record(said, answered.patch) as made
  where staged.import_id = said.import_id and staged.line = said.line and staged.location = said.location;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.imports set updated_at = clock_timestamp() where imports.id = answer_asks.import_id;
  return v_answered;
end;
$$;

create or replace function private.answered_cells(import_id uuid, kind text, subject text)
returns table (line integer, patch jsonb)
language sql
stable
set search_path = ''
as $$
  select asked.line, jsonb_object_agg(field.key, field.value)
  from private.import_asks as asked
  cross join lateral jsonb_each(asked.choices -> asked.answer::text) as field
  where asked.import_id = answered_cells.import_id
    and asked.kind = answered_cells.kind
    and asked.subject = answered_cells.subject
  group by asked.line
$$;

create or replace function private.apply_import(import_id uuid, idempotency_key uuid, seen text)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_import public.imports;
  v_conflicts jsonb;
  v_summary jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'apply_import', jsonb_build_array(import_id, seen));
  if v_response is null then
    v_import := private.lock_import(import_id);
    perform private.lock_catalogue(
      array(
        select staged.handle from private.import_products as staged where staged.import_id = apply_import.import_id
        union all
        select done.handle from private.import_changes as done where done.import_id = v_import.reverts
      ),
      array(
        select match.variant_id from private.import_matches(import_id) as match where match.variant_id is not null
        union all
        select level.variant_id from private.import_level_lines(import_id) as level
        where v_import.kind = 'inventory' and level.variant_id is not null
        union all
        select done.variant_id from private.import_changes as done where done.import_id = v_import.reverts and done.variant_id is not null
      )
    );

    select jsonb_agg(to_jsonb(conflict)) into v_conflicts
    from (
      select * from private.import_conflicts(import_id)
      union all
      select asked.line, asked."column", asked.value, 'waits for an answer (' || asked.kind || ')'
      from private.import_asks as asked
      where asked.import_id = apply_import.import_id and asked.answer is null
      limit 50
    ) as conflict;
    if v_conflicts is not null then
      perform private.refuse(409, 'import_conflict', jsonb_build_object('conflicts', v_conflicts),
        'Change these lines of the file and upload it again. Nothing was imported.');
    end if;
    v_summary := private.import_summary(import_id);
    if seen <> v_summary ->> 'fingerprint' then
      perform private.refuse(409, 'import_changed', jsonb_build_object('fingerprint', v_summary ->> 'fingerprint'),
        'The catalogue or the stock moved since the preview. Look at the difference again, then confirm. Nothing was imported.');
    end if;

    perform private.leave_trail_to(v_import.document);
    insert into private.import_changes (import_id, subject, line, handle, sku, product_id, variant_id, location_id, before, after, claim)
    select apply_import.import_id, diff.subject, diff.line, diff.handle, diff.sku, diff.product_id, diff.variant_id,
      diff.location_id, diff.before, diff.after, diff.claim
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after;
    insert into private.import_kept (import_id, line, subject, handle, sku, field, wanted, found, why)
    select apply_import.import_id, stays.* from private.revert_exceptions(import_id) as stays;
    perform private.write_changes(v_import);

    delete from private.import_products as staged where staged.import_id = apply_import.import_id;
    delete from private.import_levels as staged where staged.import_id = apply_import.import_id;
    delete from private.import_asks as asked where asked.import_id = apply_import.import_id;
    update public.imports set applied_at = now(), summary = v_summary where imports.id = apply_import.import_id
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;

create or replace function private.ask_about_levels(import_id uuid, levels jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_unknown text[] := array(
    select distinct level.sku
    from jsonb_to_recordset(levels) as level (sku text)
    where level.sku ~ '^[1-9]\d*$' and not exists (select from public.variants where variants.sku = level.sku)
  );
begin
  if v_unknown = '{}' then
    return;
  end if;
  insert into private.import_asks (import_id, kind, subject, line, "column", value, choices)
  select ask_about_levels.import_id, 'lost_zeros', 'level', staged.line, 'SKU', staged.sku,
    jsonb_build_object('repair', jsonb_build_object('sku', padded.sku), 'drop', '{"choice": "skip"}'::jsonb)
  from private.import_levels as staged
  join (
    select ltrim(variants.sku, '0') as bare, min(variants.sku) as sku
    from public.variants
    where variants.sku like '0%' and ltrim(variants.sku, '0') = any (v_unknown)
    group by 1
    having count(*) = 1
  ) as padded on padded.bare = staged.sku
  where staged.import_id = ask_about_levels.import_id
    and staged.line in (select level.line from jsonb_to_recordset(levels) as level (line integer))
  on conflict do nothing;
end;
$$;

create or replace function private.ask_about_products(import_id uuid, handles text[])
returns void
language sql
set search_path = ''
as $$
  with staged as materialized (
    select * from private.staged_beside_known(ask_about_products.import_id, handles)
  ), found as (
    select 'lost_zeros' as kind, staged.line, 'Variant SKU' as "column", staged.sku as value, jsonb_build_object(
        'keep', jsonb_build_object('sku', staged.sku), 'repair', jsonb_build_object('sku', staged.alike_sku)) as choices
    from staged
    where staged.sku_given and staged.alike_sku like '0%' and staged.alike_sku <> staged.sku
      and ltrim(staged.alike_sku, '0') = ltrim(staged.sku, '0')
    union all
    select 'lost_zeros', staged.line, 'Variant Barcode', staged.barcode, jsonb_build_object(
        'keep', jsonb_build_object('barcode', staged.barcode),
        'repair', jsonb_build_object('barcode', staged.known_barcode),
        'drop', '{"barcode": null}'::jsonb)
    from staged
    where staged.known_barcode like '0%' and staged.known_barcode <> staged.barcode
      and ltrim(staged.known_barcode, '0') = ltrim(staged.barcode, '0')
    union all
    select 'shared_barcode', staged.line, 'Variant Barcode', staged.barcode, jsonb_build_object(
        'keep', jsonb_build_object('barcode', staged.barcode), 'drop', '{"barcode": null}'::jsonb)
    from staged
    where staged.barcode <> '' and staged.known_barcode is distinct from staged.barcode
      and exists (
        select from public.variants as other
        where private.code_key(other.barcode) = private.code_key(staged.barcode)
          and other.id is distinct from staged.id
      )
  )
  insert into private.import_asks (import_id, kind, subject, line, "column", value, choices)
  select ask_about_products.import_id, found.kind, 'variant', found.line, found."column", left(found.value, 300),
    found.choices
  from found
  on conflict do nothing
$$;

create or replace function private.asks_by_kind(import_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(asked) order by asked.kind), '[]')
  from (
    select every.kind, count(*) as count, min(every.answer) as answer,
      (
        select jsonb_agg(distinct choice.key)
        from private.import_asks as one
        cross join lateral jsonb_object_keys(one.choices) as choice (key)
        where one.import_id = asks_by_kind.import_id and one.kind = every.kind
      ) as choices,
      (
        select jsonb_agg(to_jsonb(example) order by example.line)
        from (
          select one.line, one."column", one.value
          from private.import_asks as one
          where one.import_id = asks_by_kind.import_id and one.kind = every.kind
          order by one.line
          limit 5
        ) as example
      ) as examples
    from private.import_asks as every
    where every.import_id = asks_by_kind.import_id
    group by every.kind
  ) as asked
$$;

create or replace function private.begin_import(
  file_name text, idempotency_key uuid, location_id uuid, warnings text[], problems jsonb, kind public.import_kind,
  kept_columns text[]
)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_location uuid := location_id;
  v_problems jsonb;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'begin_import',
    jsonb_build_array(file_name, location_id, warnings, problems, kind, kept_columns));
  if v_response is null then
    if length(trim(coalesce(file_name, ''))) not between 1 and 255 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'file_name', 'problem', 'not 1 to 255 characters', 'value', file_name),
        'Say what the file is called.');
    end if;
    if cardinality(warnings) > 40 or array_position(warnings, null) > 0
      or exists (select from unnest(warnings) as warning where length(warning) > 20000) then
      perform private.refuse(422, 'invalid_input', '{"field": "warnings", "problem": "more than 40, or no sentences"}', 'Sum them up.');
    end if;
    v_problems := private.import_problems_in(coalesce(problems, '[]'));
    if v_problems is null or jsonb_array_length(v_problems) > 100 then
      perform private.refuse(422, 'invalid_input', '{"field": "problems", "problem": "not 0 to 100 of {line, column, value, why}"}',
        'Sum them up.');
    end if;
    if kind = 'inventory' then
      v_location := null;
    elsif v_location is null then
      select locations.id into v_location from public.locations where locations.active order by locations.position, locations.id limit 1;
      if not found then
        perform private.refuse(404, 'not_found', '{}', 'The shop has no active location to take the quantities. Create one first.');
      end if;
    end if;
    perform private.check_places('{}', array_remove(array[v_location], null));

    perform private.discard_imports(
      array(
        select imports.id from public.imports
        where imports.applied_at is null and imports.discarded_at is null and imports.created_at < now() - interval '7 days'
      ),
      '00000000-0000-0000-0000-000000000000'
    );
    perform private.check_kept_columns(kept_columns);
    insert into public.imports (kind, file_name, location_id, warnings, problems, kept_columns)
    values (begin_import.kind, trim(file_name), v_location, coalesce(begin_import.warnings, '{}'), v_problems,
      coalesce(begin_import.kept_columns, '{}'))
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;

create or replace function private.check_kept_columns(kept_columns text[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if cardinality(kept_columns) > 1000 or array_position(kept_columns, null) > 0
    or exists (select from unnest(kept_columns) as heading where length(heading) > 300) then
    perform private.refuse(422, 'invalid_input',
      '{"field": "kept_columns", "problem": "more than 1000, or no headings"}', 'Leave out columns that nobody needs.');
  end if;
end;
$$;

CREATE OR REPLACE FUNCTION private.discard_imports(import_ids uuid[], who uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
declare
  v_thrown uuid[];
begin
  with thrown as (
    update public.imports
    set discarded_at = now(), discarded_by = discard_imports.who
    where imports.id = any (discard_imports.import_ids)
      and imports.applied_at is null
      and imports.discarded_at is null
    returning imports.id
  )
  select array_agg(thrown.id) into v_thrown from thrown;
  delete from private.import_products as staged where staged.import_id = any (v_thrown);
  delete from private.import_levels as staged where staged.import_id = any (v_thrown);
  delete from private.import_asks as asked where asked.import_id = any (v_thrown);
  return v_thrown is not null;
end;
$function$;

create or replace function private.import_conflicts(import_id uuid)
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

create or replace function private.import_matches(import_id uuid)
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
  left join public.variants as same on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  where staged.import_id = import_matches.import_id;
end;
$$;

create or replace function private.import_product_diff(import_id uuid)
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
    select jsonb_agg(picture.item || case when picture.item -> 'option_values' = 'null' then jsonb_build_object('option_values', (
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

create or replace function private.import_variant_diff(import_id uuid)
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

create or replace function private.preview_import(import_id uuid, first_changes integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_import public.imports;
  v_changes jsonb;
  v_conflicts jsonb := '[]';
  v_questions jsonb := '[]';
begin
  perform private.require_role('manager');
  select * into v_import from public.imports where imports.id = preview_import.import_id and imports.discarded_at is null;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;

  if v_import.applied_at is null then
    v_import.summary := private.import_summary(import_id);
    select coalesce(jsonb_agg(to_jsonb(conflict) order by conflict.line), '[]') into v_conflicts
    from (select * from private.import_conflicts(import_id) limit 50) as conflict;
    if v_import.kind = 'inventory' then
      select coalesce(jsonb_agg(to_jsonb(question) || jsonb_build_object('movements', private.movements_since(
          question.variant_id, question.location_id, question.ledger_position)) order by question.line), '[]')
      into v_questions
      from (select * from private.import_questions(import_id) as asked order by asked.line limit least(first_changes, 1000)) as question;
    end if;
  end if;
  select coalesce(jsonb_agg(to_jsonb(change) order by change.line, change.subject), '[]') into v_changes
  from (
    select diff.subject, diff.line, diff.handle, diff.sku, diff.before, diff.after
    from private.import_diff(import_id) as diff
    where diff.before is distinct from diff.after
    order by 2, 1
    limit least(first_changes, 10000)
  ) as change;
  return jsonb_build_object(
    'import', to_jsonb(v_import),
    'changes', v_changes,
    'conflicts', v_conflicts,
    'questions', v_questions,
    'asks', private.asks_by_kind(import_id),
    'kept', (
      select coalesce(jsonb_agg(to_jsonb(kept) order by kept.line, kept.field), '[]')
      from (select * from private.revert_exceptions(import_id) as stays order by stays.line, stays.field limit least(first_changes, 10000)) as kept
    ),
    'reverted_by', (
      select revert.id from public.imports as revert
      where revert.reverts = preview_import.import_id and revert.applied_at is not null
    )
  );
end;
$$;

create or replace function private.settle_asks(import_id uuid, handles text[])
returns void
language sql
set search_path = ''
as $$
  delete from private.import_asks as asked
  using private.staged_beside_known(settle_asks.import_id, handles) as staged
  where asked.import_id = settle_asks.import_id
    and asked.subject = 'variant'
    and asked.line = staged.line
    and case
      when asked.choices -> 'drop' ? 'barcode' then staged.known_barcode = staged.barcode
      when asked.choices -> 'drop' ? 'sku' then staged.known_sku = staged.sku
      when asked.choices -> 'drop' ? 'quantity' then staged.quantity <= 10 * staged.on_hand
      else staged.known_options = staged.option_values
    end;

  delete from private.import_asks as asked
  using private.import_products as staged, public.products
  where asked.import_id = settle_asks.import_id
    and asked.kind = 'tax_exempt'
    and staged.import_id = asked.import_id
    and staged.line = asked.line
    and products.handle = staged.handle
    and products.tax_rate_bp = 0;
$$;

create or replace function private.stage_asks(import_id uuid, owners jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into private.import_asks (import_id, kind, subject, line, "column", value, choices)
  select stage_asks.import_id, ask.kind, ask.subject, ask.line, left(ask."column", 300), left(ask.value, 300),
    ask.choices
  from jsonb_array_elements(owners) as owner
  cross join lateral jsonb_populate_recordset(null::private.import_asks, owner -> 'asks') as ask
  on conflict (import_id, kind, line, "column") do update
    set value = excluded.value, choices = excluded.choices, answer = null
$$;

create or replace function private.stage_levels(import_id uuid, levels jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_problem text;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'inventory');
  if levels is null or jsonb_typeof(levels) <> 'array' or jsonb_array_length(levels) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "levels", "problem": "not 1 to 1000 lines"}', 'Send the file in pieces.');
  end if;
  begin
    -- Sent again after a timeout, a piece replaces itself.
    delete from private.import_levels as staged
    using jsonb_to_recordset(levels) as again (line integer)
    where staged.import_id = stage_levels.import_id and staged.line = again.line;
    insert into private.import_levels (import_id, line, sku, handle, option_values, location, expected, ledger_position, counted)
    select stage_levels.import_id, level.line, level.sku, level.handle, level.option_values, level.location, level.expected,
      level.ledger_position, level.counted
    from jsonb_populate_recordset(null::private.import_levels, levels) as level;
    perform private.stage_asks(import_id, levels);
    perform private.ask_about_levels(import_id, levels);
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text;
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'levels', 'problem', v_problem),
      'Send each line once, in the shape of private.import_levels.');
  end;
  return (select count(*) from private.import_levels as staged where staged.import_id = stage_levels.import_id);
end;
$$;

create or replace function private.stage_products(import_id uuid, products jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_products jsonb := private.addressed_products(products);
  v_handles text[];
  v_problem text;
begin
  -- Sent again after a timeout, a piece replaces itself.
  delete from private.import_products as staged
  where staged.import_id = stage_products.import_id
    and staged.handle in (select product ->> 'handle' from jsonb_array_elements(v_products) as product);

  insert into private.import_products (import_id, handle, line, title, description_html, vendor, category_slug,
    category_title, tags, option_names, status, media, former_handle, tax_rate_bp, kept)
  select stage_products.import_id, product.handle, product.line, product.title, product.description_html, product.vendor,
    product.category_slug, product.category_title, product.tags, product.option_names, product.status, product.media,
    product.former_handle, product.tax_rate_bp, coalesce(product.kept, '{}')
  from jsonb_populate_recordset(null::private.import_products, v_products) as product;

  insert into private.import_variants (import_id, handle, line, position, sku, sku_given, option_values, price_minor,
    compare_at_minor, barcode, quantity, active, options_given, kept)
  select stage_products.import_id, product ->> 'handle', variant.line, variant.position, variant.sku, variant.sku_given,
    variant.option_values, variant.price_minor, variant.compare_at_minor, variant.barcode, variant.quantity,
    variant.active, coalesce(variant.options_given, true), coalesce(variant.kept, '{}')
  from jsonb_array_elements(v_products) as product
  cross join lateral jsonb_populate_recordset(null::private.import_variants, product -> 'variants') as variant;
  perform private.stage_asks(import_id, v_products);
  v_handles := array(select product ->> 'handle' from jsonb_array_elements(v_products) as product);
  perform private.settle_asks(import_id, v_handles);
  perform private.ask_about_products(import_id, v_handles);
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text;
  perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'products', 'problem', v_problem),
    'Send each product once, in the shape of private.import_products and private.import_variants.');
end;
$$;

create or replace function private.staged_beside_known(import_id uuid, handles text[])
returns table (
  line integer, sku text, sku_given boolean, barcode text, quantity integer, option_values text[], id uuid,
  known_sku text, known_barcode text, known_options text[], alike_sku text, on_hand integer
)
language sql
stable
set search_path = ''
as $$
  select staged.line, staged.sku, staged.sku_given, staged.barcode, staged.quantity, staged.option_values,
    same.id, same.sku, same.barcode, same.option_values, alike.sku, coalesce(level.on_hand, 0)
  from unnest(handles) as product (handle)
  join private.import_variants as staged
    on staged.import_id = staged_beside_known.import_id and staged.handle = product.handle
  join public.imports on imports.id = staged.import_id
  left join public.products on products.handle = product.handle
  left join public.variants as named on named.sku = staged.sku
  left join public.variants as alike
    on alike.product_id = products.id and alike.option_values = staged.option_values
  left join public.variants as same
    on same.id = case when staged.sku_given then coalesce(named.id, alike.id) else alike.id end
  left join public.stock_levels as level on level.variant_id = same.id and level.location_id = imports.location_id
$$;

CREATE OR REPLACE FUNCTION private.write_changes(import public.imports)
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
begin
  perform private.write_products(import.id);
  perform private.write_variants(import.id);
  perform private.write_tax_and_addresses(import.id);
  perform private.write_kept_columns(import.id);
  perform private.write_media(import.id);
  perform private.write_quantities(import);
end;
$function$;

create or replace function private.write_kept_columns(import_id uuid)
returns void
language sql
set search_path = ''
as $$
  insert into public.kept_columns (product_id, columns)
  select change.product_id, change.after -> 'kept'
  from private.import_changes as change
  where change.import_id = write_kept_columns.import_id
    and change.subject = 'product'
    and change.after -> 'kept' <> coalesce(change.before -> 'kept', '{}')
  on conflict (product_id) do update set columns = excluded.columns;

  insert into public.kept_columns (variant_id, columns)
  select change.variant_id, change.after -> 'kept'
  from private.import_changes as change
  where change.import_id = write_kept_columns.import_id
    and change.subject = 'variant'
    and change.after -> 'kept' <> coalesce(change.before -> 'kept', '{}')
  on conflict (variant_id) do update set columns = excluded.columns;
$$;

create or replace function private.write_tax_and_addresses(import_id uuid)
returns void
language sql
set search_path = ''
as $$
  update public.products
  set tax_rate_bp = (change.after ->> 'tax_rate_bp')::integer
  from private.import_changes as change
  where change.import_id = write_tax_and_addresses.import_id
    and change.subject = 'product'
    and products.id = change.product_id
    and products.tax_rate_bp <> (change.after ->> 'tax_rate_bp')::integer;

  insert into public.product_addresses (handle, product_id)
  select staged.former_handle, products.id
  from private.import_products as staged
  join public.products on products.handle = staged.handle
  where staged.import_id = write_tax_and_addresses.import_id
    and staged.former_handle is not null
  on conflict (handle) do update set product_id = excluded.product_id;
$$;

create or replace function public.answer_asks(import_id uuid, kind text, answer public.import_answer)
returns integer
language sql
set search_path = ''
as $$
  select private.answer_asks(import_id, kind, answer)
$$;

REVOKE ALL ON FUNCTION "public"."answer_asks"(uuid, text, public.import_answer) FROM "anon";

create or replace function public.begin_import(
  file_name text, idempotency_key uuid, location_id uuid default null, warnings text[] default '{}',
  problems jsonb default '[]', kind public.import_kind default 'products', kept_columns text[] default '{}'
)
returns public.imports
language sql
set search_path = ''
as $$
  select * from private.begin_import(file_name, idempotency_key, location_id, warnings, problems, kind, kept_columns)
$$;

REVOKE ALL ON FUNCTION "public"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) FROM "anon";

ALTER TABLE "private"."import_asks" ADD CONSTRAINT "import_asks_import_id_fkey" FOREIGN KEY (import_id) REFERENCES public.imports(id) ON DELETE CASCADE;

ALTER TABLE "private"."import_levels" ADD CONSTRAINT "import_levels_pkey" PRIMARY KEY (import_id, line, location);

ALTER TABLE "private"."import_products" ADD CONSTRAINT "import_products_former_handle_check" CHECK (((length(TRIM(BOTH FROM former_handle)) >= 1) AND (length(TRIM(BOTH FROM former_handle)) <= 255)));

ALTER TABLE "private"."import_products" ADD CONSTRAINT "import_products_kept_check" CHECK ((jsonb_typeof(kept) = 'object'::text));

ALTER TABLE "private"."import_products" ADD CONSTRAINT "import_products_tax_rate_bp_check" CHECK (((tax_rate_bp >= 0) AND (tax_rate_bp <= 10000)));

ALTER TABLE "private"."import_variants" ADD CONSTRAINT "import_variants_kept_check" CHECK ((jsonb_typeof(kept) = 'object'::text));

ALTER TABLE "private"."import_variants" ADD CONSTRAINT "import_variants_pkey" PRIMARY KEY (import_id, line);

ALTER TABLE "public"."imports" ADD CONSTRAINT "imports_kept_columns_check" CHECK ((cardinality(kept_columns) <= 1000));

ALTER TABLE "public"."imports" ADD CONSTRAINT "imports_warnings_check" CHECK ((cardinality(warnings) <= 40));

ALTER TABLE "public"."kept_columns" ADD CONSTRAINT "kept_columns_product_id_fkey" FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

ALTER TABLE "public"."kept_columns" ADD CONSTRAINT "kept_columns_variant_id_fkey" FOREIGN KEY (variant_id) REFERENCES public.variants(id) ON DELETE CASCADE;

ALTER TABLE "public"."product_addresses" ADD CONSTRAINT "product_addresses_product_id_fkey" FOREIGN KEY (product_id) REFERENCES public.products(id) ON DELETE CASCADE;

create or replace view private.product_contents with (security_invoker = true) as
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

create or replace view private.variant_contents with (security_invoker = true) as
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

CREATE UNIQUE INDEX import_variants_are_different_choices ON private.import_variants USING btree (import_id, handle, option_values) WHERE options_given;

CREATE INDEX import_variants_by_product ON private.import_variants USING btree (import_id, handle);

CREATE INDEX product_addresses_by_product ON public.product_addresses USING btree (product_id);

CREATE POLICY "staff read what files said beside" ON "public"."kept_columns" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

CREATE POLICY "staff read other addresses" ON "public"."product_addresses" FOR SELECT TO "authenticated" USING ((( SELECT private.staff_role() AS staff_role) IS NOT NULL));

COMMENT ON COLUMN "private"."import_asks"."choices" IS 'What each answer stages in place of what the cell says: {answer: {column of the staged row: value}}.';

COMMENT ON COLUMN "private"."import_changes"."claim" IS 'Of a level what the line said: {expected, counted, ledger_position}. The same line imported again is recognised by
   it.';

COMMENT ON COLUMN "private"."import_kept"."why" IS 'Somebody changed it after the import; something else has its SKU or choices now; of its units some are sold, held
   or kept.';

COMMENT ON COLUMN "private"."import_products"."former_handle" IS 'How the file spells a handle that is no address: it will lead to the product.';

COMMENT ON COLUMN "private"."import_products"."kept" IS 'Cells that are only kept, of its rows in order: {heading: [text, …]}.';

COMMENT ON COLUMN "private"."import_variants"."kept" IS 'Cells that are only kept: {heading: text}.';

COMMENT ON COLUMN "private"."import_variants"."options_given" IS 'False: the file names no options; those of the catalogue stay.';

COMMENT ON COLUMN "public"."imports"."kept_columns" IS 'Headings whose cells the shop only keeps (public.kept_columns): its exports write them again.';

COMMENT ON COLUMN "public"."kept_columns"."columns" IS 'Of a product {heading: [text of each row, …]}, of a variant {heading: text}.';

COMMENT ON COLUMN "public"."product_addresses"."handle" IS 'As another system spelled it. A product''s own handle comes first.';

COMMENT ON FUNCTION "private"."addressed_products"(jsonb) IS 'Products of a file with the handles they have here: one whose former_handle led to a product before means that
   product.';

COMMENT ON FUNCTION "private"."answer_asks"(uuid, text, public.import_answer) IS 'See public.answer_asks.';

COMMENT ON FUNCTION "private"."answered_cells"(uuid, text, text) IS 'The values that the answer to a kind of question stages: {column: value} for each line.';

COMMENT ON FUNCTION "private"."ask_about_levels"(uuid, jsonb) IS 'Asks about SKUs of an inventory file that nothing has, but one variant has with zeros before it.';

COMMENT ON FUNCTION "private"."ask_about_products"(uuid, text[]) IS 'Asks about zeros that codes of staged products lost and about barcodes that other variants have.';

COMMENT ON FUNCTION "private"."asks_by_kind"(uuid) IS 'The questions of a staged file: [{kind, count, answer, choices, examples: the first five [{line, column, value}]}].';

COMMENT ON FUNCTION "private"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) IS 'See public.begin_import.';

COMMENT ON FUNCTION "private"."check_kept_columns"(text[]) IS 'Raises invalid_input (422) for a list that is no headings.';

COMMENT ON FUNCTION "private"."discard_imports"(uuid[], uuid) IS 'Discards those of these imports that are still staged. Their rows stay, because they are streamed. Whether there
   was any.';

COMMENT ON FUNCTION "private"."import_conflicts"(uuid) IS 'Why the file cannot be applied to this catalogue: the line, its column and value, and what stands against it. No
   row: it can.';

COMMENT ON FUNCTION "private"."import_matches"(uuid) IS 'Which variant each staged one is, and its options: by its SKU, else by its product''s handle and options; NULL
   when new. rival: another
   variant that has the SKU or the options already. times: how many staged rows claim the same variant.';

COMMENT ON FUNCTION "private"."import_problems_in"(jsonb) IS 'Reads [{line, column, value, why}] from known keys; column and value are cut to 300 characters. NULL when it is no
   such list.';

COMMENT ON FUNCTION "private"."import_reversal"(uuid) IS 'What an import made of each field it changed (made), what was there before (was) and what is there now (found, and
   the
   whole content around it). Of what it created: that it is on sale. Its units are not in it.';

COMMENT ON FUNCTION "private"."import_units"(uuid) IS 'The units of an import turned round (wanted), and as many of them as can go back now (back): what it brought and
   is sold,
   held or kept since cannot.';

COMMENT ON FUNCTION "private"."lock_import"(uuid, public.import_kind) IS 'The staged import, locked; of this kind where one is named. Raises not_found (404), import_applied (409),
   invalid_input (422).';

COMMENT ON FUNCTION "private"."revert_diff"(uuid) IS 'An applied import turned round, as far as it can be. A yes is one to the fields and units that go back, whatever
   else of
   them is sold or edited meanwhile.';

COMMENT ON FUNCTION "private"."revert_fields"(uuid) IS 'Every field that is not as it was before an import: what it was, what is there now and in which content. It goes
   back if it
   still is what the import made of it and nothing else has its SKU or choices by now; why says why not.';

COMMENT ON FUNCTION "private"."settle_asks"(uuid, text[]) IS 'Removes questions about values that the catalogue has already, or nearly.';

COMMENT ON FUNCTION "private"."stage_asks"(uuid, jsonb) IS 'Writes the asks that the reader of a file found in these products or levels.';

COMMENT ON FUNCTION "private"."staged_beside_known"(uuid, text[]) IS 'Staged variants of these products, each with the variant of the catalogue that it is, and the one with its options.';

COMMENT ON FUNCTION "private"."write_kept_columns"(uuid) IS 'The cells of an import''s changes that are only kept for exports.';

COMMENT ON FUNCTION "private"."write_tax_and_addresses"(uuid) IS 'The tax of products that an import changes, and their other addresses.';

COMMENT ON FUNCTION "public"."answer_asks"(uuid, text, public.import_answer) IS 'Answers a question of a staged file once for all cells of its kind: keep what they say, repair what can be, or
   drop them.
   The last answer holds; every kind has to be answered before apply_import. Returns how many cells it is about.
   Managers. Raises
   role_required (403), not_found (404), import_applied (409), invalid_input (422: not asked).';

COMMENT ON FUNCTION "public"."answer_import"(uuid, public.import_choice, integer) IS 'Says what to do with a line of an inventory file whose number moved since the export: add the difference, set it,
   or skip
   the line; without a line, with all of them. The last answer holds. Managers. Raises role_required (403), not_found
   (404), import_applied (409), invalid_input (422: the line is not asked about).';

COMMENT ON FUNCTION "public"."apply_import"(uuid, uuid, text) IS 'Makes the catalogue and the units on hand what the file says, or the revert wants, in one transaction. seen: the
   preview''s fingerprint;
   when given, nothing but that difference is written. Managers. Returns the import with its summary. Raises
   role_required
   (403), not_found (404), import_applied (409), import_conflict (409, every line), import_changed (409, look again),
   idempotency_key_reused (409), invalid_input (422, no key).';

COMMENT ON FUNCTION "public"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) IS 'Opens an import for a file of products, whose quantities are those of one location (NULL: the first by position),
   or of
   inventory, whose lines name their own. problems [{line, column, value, why}]: a file that cannot be read is kept
   with its reasons and never applied. kept_columns: headings whose cells are only kept. Managers.
   Raises role_required (403), not_found (404, the location), idempotency_key_reused (409), invalid_input (422).';

COMMENT ON FUNCTION "public"."begin_revert"(uuid) IS 'Opens the import that takes an applied one back; asked again, the same. Nothing changes yet: preview_import says
   what would
   go back and what is kept, apply_import does it, once and in one transaction, discard_import leaves it. What nobody
   changed
   since is then as before, its units go back as far as they are available, what it created is archived. A revert can be
   taken back, too. Managers. Raises role_required (403), not_found (404), already_undone (409).';

COMMENT ON FUNCTION "public"."discard_import"(uuid) IS 'Throws a staged import away, and remembers who did; false when there was none, or it is applied already. Managers.
   Raises
   role_required (403).';

COMMENT ON FUNCTION "public"."preview_import"(uuid, integer) IS 'What applying would change, or, once applied, what it changed: {import: its row with summary, changes: the first
   so many
   products, variants and levels [{subject, line, handle, sku, before, after}], conflicts: [{line, column, value, why}],
   questions: lines whose number moved since the export, with the movements and the choice that holds (answer_import),
   asks: cells that wait for an answer, by kind (answer_asks), kept: what a revert leaves, or left, alone and why,
   reverted_by: the id of the import that took this one back}.
   Managers. Raises role_required (403), not_found (404).';

COMMENT ON FUNCTION "public"."stage_import"(uuid, jsonb) IS 'Adds up to 1000 products [{handle, line, title, option_names, variants: [{line, position, sku, sku_given,
   option_values,
   price_minor, …}], …}] to an import; a product sent again replaces itself. Returns how many variants are staged.
   Managers. Raises role_required (403), not_found (404), import_applied (409), invalid_input (422).';

COMMENT ON FUNCTION "public"."stage_levels"(uuid, jsonb) IS 'Adds up to 1000 lines [{line, sku, handle, option_values, location: name or slug, expected, ledger_position,
   counted}] to
   an inventory import; a line sent again replaces itself. Returns how many are staged. Managers. Raises role_required
   (403), not_found (404), import_applied (409), invalid_input (422).';

COMMENT ON TABLE "private"."import_asks" IS 'Cells of a file that wait for an answer before it is applied. One answer is for all of a kind.';

COMMENT ON TABLE "public"."imports" IS 'One row per file, and one per revert. Staged until applied_at; one that nobody decides on is discarded after a
   week. Staff only; written by functions.';

COMMENT ON TABLE "public"."kept_columns" IS 'Cells of imported files that the shop has no use for, such as metafields. Exports write them again. Written by
   imports.';

COMMENT ON TABLE "public"."product_addresses" IS 'Other addresses of products: /products/<handle> leads to the product''s own. Written by imports.';

COMMENT ON TYPE "private"."import_difference" IS 'A product, variant or level as it is (before, NULL: new) and as somebody wants it (after). wish: what a yes to it
   is a yes
   to, where that is not before and after: a difference that is added, whatever the number is by then.';

COMMENT ON TYPE "public"."import_answer" IS 'What to do with cells that may be wrong: take them as they are, put right what can be, or leave them out.';

COMMENT ON TYPE "public"."import_choice" IS 'What to do with a number of a file: add the difference to what the file was exported with, set it, or leave the
   level alone.';

COMMENT ON VIEW "private"."product_contents" IS 'What an import may change of a product, as it is.';

COMMENT ON VIEW "private"."variant_contents" IS 'What an import may change of a variant, as it is; its units aside.';

REVOKE ALL ON FUNCTION "private"."addressed_products"(jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."answer_asks"(uuid, text, public.import_answer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."answer_asks"(uuid, text, public.import_answer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."answer_asks"(uuid, text, public.import_answer) TO "service_role";

REVOKE ALL ON FUNCTION "private"."answered_cells"(uuid, text, text) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."ask_about_levels"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."ask_about_products"(uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."asks_by_kind"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "private"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) TO "service_role";

REVOKE ALL ON FUNCTION "private"."check_kept_columns"(text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."settle_asks"(uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."stage_asks"(uuid, jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."staged_beside_known"(uuid, text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_kept_columns"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "private"."write_tax_and_addresses"(uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION "public"."answer_asks"(uuid, text, public.import_answer) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."answer_asks"(uuid, text, public.import_answer) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."answer_asks"(uuid, text, public.import_answer) TO "service_role";

REVOKE ALL ON FUNCTION "public"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "public"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) TO "authenticated";

GRANT EXECUTE ON FUNCTION "public"."begin_import"(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) TO "service_role";

REVOKE ALL ON TABLE "public"."kept_columns" FROM "authenticated";

GRANT SELECT ON TABLE "public"."kept_columns" TO "authenticated";

REVOKE ALL ON TABLE "public"."kept_columns" FROM "service_role";

GRANT SELECT ON TABLE "public"."kept_columns" TO "service_role";

REVOKE ALL ON TABLE "public"."product_addresses" FROM "authenticated";

GRANT SELECT ON TABLE "public"."product_addresses" TO "authenticated";

REVOKE ALL ON TABLE "public"."product_addresses" FROM "service_role";

GRANT SELECT ON TABLE "public"."product_addresses" TO "service_role";

reset check_function_bodies;
