-- How a file is imported, step by step. Managers and the secret key; each step is one transaction. Refusals
-- (docs/errors.md): role_required, invalid_input, not_found, import_applied, import_conflict, import_changed, already_undone,
-- idempotency_key_reused.

create function private.throw_away(import_ids uuid[], who uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  v_thrown uuid[];
begin
  with thrown as (
    update public.imports
    set discarded_at = now(), discarded_by = throw_away.who
    where imports.id = any (throw_away.import_ids)
      and imports.applied_at is null
      and imports.discarded_at is null
    returning imports.id
  )
  select array_agg(thrown.id) into v_thrown from thrown;
  delete from private.import_products as staged where staged.import_id = any (v_thrown);
  delete from private.import_levels as staged where staged.import_id = any (v_thrown);
  return v_thrown is not null;
end;
$$;
comment on function private.throw_away(uuid[], uuid) is
  'Discards those of these imports that are still staged. Their rows stay, because they are streamed. Whether there was any.';

-- begin_import ------------------------------------------------------------------------------------------------

create function private.import_problems_in(problems jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_read jsonb;
begin
  if jsonb_typeof(problems) is distinct from 'array' then
    return null;
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
      'line', private.whole_in(problem -> 'line', 1, 1000000000),
      'column', left(problem ->> 'column', 300), 'value', left(problem ->> 'value', 300), 'why', problem ->> 'why'
    ) order by n), '[]')
  into v_read
  from jsonb_array_elements(problems) with ordinality as given (problem, n)
  where jsonb_typeof(problem -> 'column') = 'string'
    and jsonb_typeof(problem -> 'why') = 'string' and length(problem ->> 'why') between 1 and 1000
    and jsonb_typeof(coalesce(problem -> 'value', 'null')) in ('string', 'null')
    and (coalesce(problem -> 'line', 'null') = 'null' or private.whole_in(problem -> 'line', 1, 1000000000) is not null);
  return case when jsonb_array_length(v_read) = jsonb_array_length(problems) then v_read end;
end;
$$;
comment on function private.import_problems_in(jsonb) is
  'Reads [{line, column, value, why}] from known keys; column and value are cut to 300 characters. NULL when it is no such list.';

create function private.begin_import(
  file_name text, idempotency_key uuid, location_id uuid, warnings text[], problems jsonb, kind public.import_kind
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
    jsonb_build_array(file_name, location_id, warnings, problems, kind));
  if v_response is null then
    if length(trim(coalesce(file_name, ''))) not between 1 and 255 then
      perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'file_name', 'problem', 'not 1 to 255 characters', 'value', file_name),
        'Say what the file is called.');
    end if;
    if cardinality(warnings) > 20 or array_position(warnings, null) > 0
      or exists (select from unnest(warnings) as warning where length(warning) > 20000) then
      perform private.refuse(422, 'invalid_input', '{"field": "warnings", "problem": "more than 20, or no sentences"}', 'Sum them up.');
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

    perform private.throw_away(
      array(
        select imports.id from public.imports
        where imports.applied_at is null and imports.discarded_at is null and imports.created_at < now() - interval '7 days'
      ),
      '00000000-0000-0000-0000-000000000000'
    );
    insert into public.imports (kind, file_name, location_id, warnings, problems)
    values (begin_import.kind, trim(file_name), v_location, coalesce(begin_import.warnings, '{}'), v_problems)
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;
comment on function private.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind) is 'See public.begin_import.';

create function public.begin_import(
  file_name text, idempotency_key uuid, location_id uuid default null, warnings text[] default '{}',
  problems jsonb default '[]', kind public.import_kind default 'products'
)
returns public.imports
language sql
set search_path = ''
as $$
  select * from private.begin_import(file_name, idempotency_key, location_id, warnings, problems, kind)
$$;
comment on function public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind) is
  'Opens an import for a file of products, whose quantities are those of one location (NULL: the first by position), or of
   inventory, whose lines name their own. problems [{line, column, value, why}]: a file that cannot be read is kept with its reasons and never applied. Managers.
   Raises role_required (403), not_found (404, the location), idempotency_key_reused (409), invalid_input (422).';

create function private.lock_import(import_id uuid, kind public.import_kind default null)
returns public.imports
language plpgsql
set search_path = ''
as $$
declare
  v_import public.imports;
begin
  select * into v_import from public.imports where imports.id = lock_import.import_id for update;
  if not found or v_import.discarded_at is not null then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Upload the file again.');
  end if;
  if v_import.applied_at is not null then
    perform private.refuse(409, 'import_applied', jsonb_build_object('document', v_import.document),
      'It has been applied. Upload the file again for another import.');
  end if;
  if v_import.kind <> lock_import.kind then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'import_id', 'problem', 'an import of ' || v_import.kind, 'value', import_id),
      'Stage products by stage_import and units by stage_levels.');
  end if;
  return v_import;
end;
$$;
comment on function private.lock_import(uuid, public.import_kind) is
  'The staged import, locked; of this kind where one is named. Raises not_found (404), import_applied (409), invalid_input (422).';

-- stage_import ------------------------------------------------------------------------------------------------

create function private.stage_products(import_id uuid, products jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_problem text;
begin
  -- Sent again after a timeout, a piece replaces itself.
  delete from private.import_products as staged
  where staged.import_id = stage_products.import_id
    and staged.handle in (select product ->> 'handle' from jsonb_array_elements(products) as product);

  insert into private.import_products (import_id, handle, line, title, description_html, vendor, category_slug,
    category_title, tags, option_names, status, media)
  select stage_products.import_id, product.handle, product.line, product.title, product.description_html, product.vendor,
    product.category_slug, product.category_title, product.tags, product.option_names, product.status, product.media
  from jsonb_populate_recordset(null::private.import_products, products) as product;

  insert into private.import_variants (import_id, handle, line, position, sku, sku_given, option_values, price_minor,
    compare_at_minor, barcode, quantity, active)
  select stage_products.import_id, product ->> 'handle', variant.line, variant.position, variant.sku, variant.sku_given,
    variant.option_values, variant.price_minor, variant.compare_at_minor, variant.barcode, variant.quantity, variant.active
  from jsonb_array_elements(products) as product
  cross join lateral jsonb_populate_recordset(null::private.import_variants, product -> 'variants') as variant;
exception when data_exception or integrity_constraint_violation then
  get stacked diagnostics v_problem = message_text;
  perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'products', 'problem', v_problem),
    'Send each product once, in the shape of private.import_products and private.import_variants.');
end;
$$;
comment on function private.stage_products(uuid, jsonb) is 'Writes staged rows; their types and constraints are the check. Raises invalid_input (422).';

create function private.stage_import(import_id uuid, products jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'products');
  if products is null or jsonb_typeof(products) <> 'array' or jsonb_array_length(products) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "products", "problem": "not 1 to 1000 products"}', 'Send the file in pieces.');
  end if;
  perform private.stage_products(import_id, products);
  return (select count(*) from private.import_variants as staged where staged.import_id = stage_import.import_id);
end;
$$;
comment on function private.stage_import(uuid, jsonb) is 'See public.stage_import.';

create function public.stage_import(import_id uuid, products jsonb)
returns integer
language sql
set search_path = ''
as $$
  select private.stage_import(import_id, products)
$$;
comment on function public.stage_import(uuid, jsonb) is
  'Adds up to 1000 products [{handle, line, title, option_names, variants: [{line, position, sku, sku_given, option_values,
   price_minor, …}], …}] to an import; a product sent again replaces itself. Returns how many variants are staged.
   Managers. Raises role_required (403), not_found (404), import_applied (409), invalid_input (422).';

-- stage_levels ------------------------------------------------------------------------------------------------

create function private.stage_levels(import_id uuid, levels jsonb)
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
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text;
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'levels', 'problem', v_problem),
      'Send each line once, in the shape of private.import_levels.');
  end;
  return (select count(*) from private.import_levels as staged where staged.import_id = stage_levels.import_id);
end;
$$;
comment on function private.stage_levels(uuid, jsonb) is 'See public.stage_levels.';

create function public.stage_levels(import_id uuid, levels jsonb)
returns integer
language sql
set search_path = ''
as $$
  select private.stage_levels(import_id, levels)
$$;
comment on function public.stage_levels(uuid, jsonb) is
  'Adds up to 1000 lines [{line, sku, handle, option_values, location: name or slug, expected, ledger_position, counted}] to
   an inventory import; a line sent again replaces itself. Returns how many are staged. Managers. Raises role_required
   (403), not_found (404), import_applied (409), invalid_input (422).';

-- begin_revert ------------------------------------------------------------------------------------------------

create function private.begin_revert(import_id uuid)
returns public.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_import public.imports;
  v_revert public.imports;
begin
  perform private.require_role('manager');
  -- Locked, so that two who begin at once begin the same.
  select * into v_import from public.imports where imports.id = begin_revert.import_id for update;
  if v_import.applied_at is null then
    perform private.refuse(404, 'not_found', jsonb_build_object('import_id', import_id), 'Only an import that was applied can be taken back.');
  end if;
  select * into v_revert from public.imports where imports.reverts = begin_revert.import_id and imports.discarded_at is null;
  if v_revert.applied_at is not null then
    perform private.refuse(409, 'already_undone', jsonb_build_object('change', import_id), 'It was taken back once; nothing is left of it.');
  end if;
  if v_revert.id is null then
    insert into public.imports (kind, file_name, location_id, reverts)
    values (v_import.kind, v_import.file_name, v_import.location_id, v_import.id)
    returning * into v_revert;
  end if;
  return v_revert;
end;
$$;
comment on function private.begin_revert(uuid) is 'See public.begin_revert.';

create function public.begin_revert(import_id uuid)
returns public.imports
language sql
set search_path = ''
as $$
  select * from private.begin_revert(import_id)
$$;
comment on function public.begin_revert(uuid) is
  'Opens the import that takes an applied one back; asked again, the same. Nothing changes yet: preview_import says what would
   go back and what is kept, apply_import does it, once and in one transaction, discard_import leaves it. What nobody changed
   since is then as before, its units go back as far as they are available, what it created is archived. A revert can be
   taken back, too. Managers. Raises role_required (403), not_found (404), already_undone (409).';

-- answer_import -----------------------------------------------------------------------------------------------

create function private.answer_import(import_id uuid, choice public.import_choice, line integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'inventory');
  update private.import_levels as staged
  set choice = answer_import.choice
  from private.import_questions(answer_import.import_id) as question
  where staged.import_id = answer_import.import_id
    and staged.line = question.line
    and question.line = coalesce(answer_import.line, question.line)
    and (staged.expected is not null or answer_import.choice <> 'add');
  if not found and answer_import.line is not null then
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'line', 'problem', 'not asked about', 'value', line),
      'Only lines whose number moved, or that leave too few, are asked about. Look at the preview again.');
  end if;
  -- The row is what open pages follow: its version says that there is something to read.
  update public.imports set updated_at = clock_timestamp() where imports.id = answer_import.import_id;
end;
$$;
comment on function private.answer_import(uuid, public.import_choice, integer) is 'See public.answer_import.';

create function public.answer_import(import_id uuid, choice public.import_choice, line integer default null)
returns void
language sql
set search_path = ''
as $$
  select private.answer_import(import_id, choice, line)
$$;
comment on function public.answer_import(uuid, public.import_choice, integer) is
  'Says what to do with a line of an inventory file whose number moved since the export: add the difference, set it, or skip
   the line; without a line, with all of them. The last answer holds. Managers. Raises role_required (403), not_found
   (404), import_applied (409), invalid_input (422: the line is not asked about).';

-- preview_import ----------------------------------------------------------------------------------------------

create function private.preview_import(import_id uuid, first_changes integer)
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
    'kept', (
      select coalesce(jsonb_agg(to_jsonb(kept) order by kept.line, kept.field), '[]')
      from (select * from private.import_stays(import_id) as stays order by stays.line, stays.field limit least(first_changes, 10000)) as kept
    ),
    'reverted_by', (
      select revert.id from public.imports as revert
      where revert.reverts = preview_import.import_id and revert.applied_at is not null
    )
  );
end;
$$;
comment on function private.preview_import(uuid, integer) is 'See public.preview_import.';

create function public.preview_import(import_id uuid, first_changes integer default 200)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.preview_import(import_id, first_changes)
$$;
comment on function public.preview_import(uuid, integer) is
  'What applying would change, or, once applied, what it changed: {import: its row with summary, changes: the first so many
   products, variants and levels [{subject, line, handle, sku, before, after}], conflicts: [{line, column, value, why}],
   questions: lines whose number moved since the export, with the movements and the choice that holds (answer_import),
   kept: what a revert leaves, or left, alone and why, reverted_by: the id of the import that took this one back}.
   Managers. Raises role_required (403), not_found (404).';

-- apply_import ------------------------------------------------------------------------------------------------

create function private.write_products(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_last integer := (select coalesce(max(products.position), 0) from public.products);
begin
  insert into public.categories (slug, title, position)
  select distinct on (wanted.slug) wanted.slug, wanted.title, (select coalesce(max(categories.position), 0) + 1 from public.categories)
  from (
    select staged.category_slug as slug, staged.category_title as title, staged.line
    from private.import_products as staged
    where staged.import_id = write_products.import_id
    union all
    select change.after ->> 'category', 'Everything else', change.line
    from private.import_changes as change
    where change.import_id = write_products.import_id and change.after ->> 'category' = 'everything-else'
  ) as wanted
  where wanted.slug is not null
  order by wanted.slug, wanted.line
  on conflict do nothing;

  update public.products
  set title = wanted.title,
    description_html = wanted.description_html,
    vendor = wanted.vendor,
    category = wanted.category,
    tags = wanted.tags,
    option_names = wanted.option_names,
    status = wanted.status
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and products.id = change.product_id;

  insert into public.products (handle, title, description_html, vendor, category, tags, option_names, status, position)
  select change.handle, wanted.title, wanted.description_html, wanted.vendor, wanted.category, wanted.tags,
    wanted.option_names, wanted.status, v_last + row_number() over (order by change.line)
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.products, change.after) as wanted
  where change.import_id = write_products.import_id
    and change.subject = 'product'
    and change.product_id is null;

  update private.import_changes as change
  set product_id = products.id
  from public.products
  where change.import_id = write_products.import_id
    and change.product_id is null
    and products.handle = change.handle;
end;
$$;
comment on function private.write_products(uuid) is 'Categories and products of an import''s changes. New products come last in listings.';

create function private.write_variants(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.variants
  set price_minor = wanted.price_minor,
    compare_at_minor = wanted.compare_at_minor,
    currency = wanted.currency,
    barcode = wanted.barcode,
    active = wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id;

  -- Apart, because a statement that names a key column locks out whoever points at the row: every cart being filled.
  update public.variants
  set sku = wanted.sku,
    option_values = wanted.option_values
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and variants.id = change.variant_id
    and (variants.sku, variants.option_values) is distinct from (wanted.sku, wanted.option_values);

  insert into public.variants (product_id, sku, option_values, price_minor, compare_at_minor, currency, barcode, position, active)
  select change.product_id, wanted.sku, wanted.option_values, wanted.price_minor, wanted.compare_at_minor, wanted.currency,
    wanted.barcode, wanted.position, wanted.active
  from private.import_changes as change
  cross join lateral jsonb_populate_record(null::public.variants, change.after) as wanted
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null;

  update private.import_changes as change
  set variant_id = variants.id
  from public.variants
  where change.import_id = write_variants.import_id
    and change.subject = 'variant'
    and change.variant_id is null
    and variants.sku = change.sku;
end;
$$;
comment on function private.write_variants(uuid) is 'Variants of an import''s changes. Those not in the file stay as they are.';

create function private.write_media(import_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_products uuid[] := array(
    select change.product_id
    from private.import_changes as change
    where change.import_id = write_media.import_id
      and change.subject = 'product'
      and change.before -> 'media' is distinct from change.after -> 'media'
  );
begin
  delete from public.product_media where product_media.product_id = any (v_products);

  insert into public.product_media (product_id, variant_id, position, src, alt)
  select change.product_id, variants.id, picture.position, picture.item ->> 'src', coalesce(picture.item ->> 'alt', '')
  from private.import_changes as change
  cross join lateral jsonb_array_elements(change.after -> 'media') with ordinality as picture (item, position)
  left join public.variants on variants.product_id = change.product_id
    and to_jsonb(variants.option_values) = picture.item -> 'option_values'
  where change.import_id = write_media.import_id
    and change.subject = 'product'
    and change.product_id = any (v_products);
end;
$$;
comment on function private.write_media(uuid) is 'The pictures of products whose list of pictures changes: the file''s list replaces the old.';

create function private.write_quantities(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_lines jsonb;
begin
  select jsonb_agg(jsonb_build_object('variant_id', moved.variant_id, 'location_id', moved.location_id, 'delta', moved.delta))
  into v_lines
  from (
    select change.variant_id, change.location_id,
      (change.after ->> 'on_hand')::integer - coalesce((change.before ->> 'on_hand')::integer, 0) as delta
    from private.import_changes as change
    where change.import_id = import.id
      and change.subject <> 'product'
  ) as moved
  where moved.delta <> 0;
  if v_lines is not null then
    perform private.move_stock(v_lines, case when import.kind = 'inventory' then 'correction' else 'import' end::public.movement_reason,
      import.document, import.file_name);
  end if;
end;
$$;
comment on function private.write_quantities(public.imports) is
  'The ledger lines of an import''s changes. What people wrote into an inventory file is a correction.';

create function private.write_changes(import public.imports)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.write_products(import.id);
  perform private.write_variants(import.id);
  perform private.write_media(import.id);
  perform private.write_quantities(import);
end;
$$;
comment on function private.write_changes(public.imports) is 'Makes private.import_changes of this import true. The caller holds the locks.';

create function private.lock_catalogue(handles text[], variant_ids uuid[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- One import at a time: two that create the same product must not meet.
  perform pg_advisory_xact_lock(hashtext('apply_import'));
  -- Products before stock, as an edit of a product does: its trigger locks the variants' availability.
  perform from public.products
  where products.handle = any (lock_catalogue.handles)
  order by products.id
  for no key update;
  perform private.lock_variants(lock_catalogue.variant_ids);
end;
$$;
comment on function private.lock_catalogue(text[], uuid[]) is 'Holds still what an import compares itself with until the transaction ends.';

create function private.apply_import(import_id uuid, idempotency_key uuid, seen text)
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
    from (select * from private.import_conflicts(import_id) limit 50) as conflict;
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
    select apply_import.import_id, stays.* from private.import_stays(import_id) as stays;
    perform private.write_changes(v_import);

    delete from private.import_products as staged where staged.import_id = apply_import.import_id;
    delete from private.import_levels as staged where staged.import_id = apply_import.import_id;
    update public.imports set applied_at = now(), summary = v_summary where imports.id = apply_import.import_id
    returning to_jsonb(imports) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.imports, v_response);
end;
$$;
comment on function private.apply_import(uuid, uuid, text) is 'See public.apply_import.';

-- PostgREST sets a function's statement_timeout before it calls it; the eight seconds Supabase gives signed-in
-- callers are not enough for a hundred thousand lines.
create function public.apply_import(import_id uuid, idempotency_key uuid, seen text default null)
returns public.imports
language sql
set search_path = ''
set statement_timeout = '5min'
as $$
  select * from private.apply_import(import_id, idempotency_key, seen)
$$;
comment on function public.apply_import(uuid, uuid, text) is
  'Makes the catalogue and the units on hand what the file says, or the revert wants, in one transaction. seen: the preview''s fingerprint;
   when given, nothing but that difference is written. Managers. Returns the import with its summary. Raises role_required
   (403), not_found (404), import_applied (409), import_conflict (409, every line), import_changed (409, look again),
   idempotency_key_reused (409), invalid_input (422, no key).';

-- discard_import ----------------------------------------------------------------------------------------------

create function private.discard_import(import_id uuid)
returns boolean
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role('manager');
  return private.throw_away(array[import_id], private.actor());
end;
$$;
comment on function private.discard_import(uuid) is 'See public.discard_import.';

create function public.discard_import(import_id uuid)
returns boolean
language sql
set search_path = ''
as $$
  select private.discard_import(import_id)
$$;
comment on function public.discard_import(uuid) is
  'Throws a staged import away, and remembers who did; false when there was none, or it is applied already. Managers. Raises
   role_required (403).';

-- Who may call: signed-in staff and the secret key; the functions themselves ask for the role.
revoke execute on function
  public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind),
  public.stage_import(uuid, jsonb),
  public.stage_levels(uuid, jsonb),
  public.begin_revert(uuid),
  public.answer_import(uuid, public.import_choice, integer),
  public.preview_import(uuid, integer),
  public.apply_import(uuid, uuid, text),
  public.discard_import(uuid)
from public, anon;
grant execute on function
  public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind),
  public.stage_import(uuid, jsonb),
  public.stage_levels(uuid, jsonb),
  public.begin_revert(uuid),
  public.answer_import(uuid, public.import_choice, integer),
  public.preview_import(uuid, integer),
  public.apply_import(uuid, uuid, text),
  public.discard_import(uuid),
  private.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind),
  private.stage_import(uuid, jsonb),
  private.stage_levels(uuid, jsonb),
  private.begin_revert(uuid),
  private.answer_import(uuid, public.import_choice, integer),
  private.preview_import(uuid, integer),
  private.apply_import(uuid, uuid, text),
  private.discard_import(uuid)
to authenticated, service_role;
