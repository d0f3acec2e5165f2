-- How a file is imported, step by step. Managers and the secret key; each step is one transaction. Refusals
-- (docs/errors.md): role_required, invalid_input, not_found, import_applied, import_conflict, import_changed,
-- already_undone, idempotency_key_reused.

create function private.discard_imports(import_ids uuid[], who uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
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
$$;
comment on function private.discard_imports(uuid[], uuid) is
  'Discards those of these imports that are still staged. Their rows stay, because they are streamed. Whether there
   was any.';

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
    and (coalesce(problem -> 'line', 'null') = 'null'
      or private.whole_in(problem -> 'line', 1, 1000000000) is not null);
  return case when jsonb_array_length(v_read) = jsonb_array_length(problems) then v_read end;
end;
$$;
comment on function private.import_problems_in(jsonb) is
  'Reads [{line, column, value, why}] from known keys; column and value are cut to 300 characters. NULL when it is no
   such list.';

create function private.check_kept_columns(kept_columns text[])
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
comment on function private.check_kept_columns(text[]) is 'Raises invalid_input (422) for a list that is no headings.';

create function private.begin_import(
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
      perform private.refuse(422, 'invalid_input',
        jsonb_build_object('field', 'file_name', 'problem', 'not 1 to 255 characters', 'value', file_name),
        'Send the name of the file.');
    end if;
    if cardinality(warnings) > 40 or array_position(warnings, null) > 0
      or exists (select from unnest(warnings) as warning where length(warning) > 20000) then
      perform private.refuse(422, 'invalid_input', '{"field": "warnings", "problem": "more than 40, or no sentences"}',
        'Send fewer.');
    end if;
    v_problems := private.import_problems_in(coalesce(problems, '[]'));
    if v_problems is null or jsonb_array_length(v_problems) > 100 then
      perform private.refuse(422, 'invalid_input',
        '{"field": "problems", "problem": "not 0 to 100 of {line, column, value, why}"}', 'Send fewer.');
    end if;
    if kind = 'inventory' then
      v_location := null;
    elsif v_location is null then
      select locations.id into v_location
      from public.locations where locations.active order by locations.position, locations.id limit 1;
      if not found then
        perform private.refuse(404, 'not_found', '{}',
          'The shop has no active location to take the quantities. Create one first.');
      end if;
    end if;
    perform private.check_places('{}', array_remove(array[v_location], null));

    perform private.discard_imports(array(
      select imports.id from public.imports
      where imports.applied_at is null and imports.discarded_at is null
        and imports.created_at < now() - interval '7 days'
    ), '00000000-0000-0000-0000-000000000000');
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
comment on function private.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) is
  'See public.begin_import.';

create function public.begin_import(
  file_name text, idempotency_key uuid, location_id uuid default null, warnings text[] default '{}',
  problems jsonb default '[]', kind public.import_kind default 'products', kept_columns text[] default '{}'
)
returns public.imports
language sql
set search_path = ''
as $$
  select * from private.begin_import(file_name, idempotency_key, location_id, warnings, problems, kind, kept_columns)
$$;
comment on function public.begin_import(text, uuid, uuid, text[], jsonb, public.import_kind, text[]) is
  'Opens an import for a file of products, whose quantities are those of one location (NULL: the first by position),
   or of
   inventory, whose lines name their own. problems [{line, column, value, why}]: a file that cannot be read is kept
   with its reasons and never applied. kept_columns: headings whose cells are only kept. Managers.
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
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'import_id', 'problem', 'an import of ' || v_import.kind, 'value', import_id),
      'Stage products by stage_import and units by stage_levels.');
  end if;
  return v_import;
end;
$$;
comment on function private.lock_import(uuid, public.import_kind) is
  'The staged import, locked; of this kind where one is named. Raises not_found (404), import_applied (409),
   invalid_input (422).';

create function private.refresh_staged_statistics(staged bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if staged >= 500 and staged > 2 * (
    select sum(greatest(known.reltuples, 0))
    from pg_catalog.pg_class as known
    where known.oid in ('private.import_variants'::regclass, 'private.import_levels'::regclass)
  ) then
    analyze (skip_locked) private.import_products, private.import_variants, private.import_levels, private.import_asks;
  end if;
end;
$$;
comment on function private.refresh_staged_statistics(bigint) is
  'Tells the planner about the rows of a large file while it is staged. Plans that were made for a file of ten lines
   compare each line with every other.';

-- stage_import ------------------------------------------------------------------------------------------------

create function private.stage_products(import_id uuid, products jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_products jsonb := private.addressed_products(products);
  v_handles text[];
  v_problem text;
begin
  -- Sent again after a timeout, a batch replaces itself.
  delete from private.import_products as staged
  where staged.import_id = stage_products.import_id
    and staged.handle in (select product ->> 'handle' from jsonb_array_elements(v_products) as product);

  insert into private.import_products (import_id, handle, line, title, description_html, vendor, category_slug,
    category_title, tags, option_names, status, media, former_handle, tax_rate_bp, kept)
  select stage_products.import_id, product.handle, product.line, product.title, product.description_html,
    product.vendor,
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
comment on function private.stage_products(uuid, jsonb) is
  'Writes staged rows; their types and constraints are the check. Raises invalid_input (422).';

create function private.stage_import(import_id uuid, products jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_staged integer;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'products');
  if products is null or jsonb_typeof(products) <> 'array' or jsonb_array_length(products) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "products", "problem": "not 1 to 1000 products"}',
      'Send the file in batches.');
  end if;
  perform private.stage_products(import_id, products);
  select count(*) into v_staged
  from private.import_variants as staged where staged.import_id = stage_import.import_id;
  perform private.refresh_staged_statistics(v_staged);
  return v_staged;
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
  'Adds up to 1000 products [{handle, line, title, option_names, variants: [{line, position, sku, sku_given,
   option_values,
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
  v_staged integer;
begin
  perform private.require_role('manager');
  perform private.lock_import(import_id, 'inventory');
  if levels is null or jsonb_typeof(levels) <> 'array' or jsonb_array_length(levels) not between 1 and 1000 then
    perform private.refuse(422, 'invalid_input', '{"field": "levels", "problem": "not 1 to 1000 lines"}',
      'Send the file in batches.');
  end if;
  begin
    -- Sent again after a timeout, a batch replaces itself.
    delete from private.import_levels as staged
    using jsonb_to_recordset(levels) as again (line integer)
    where staged.import_id = stage_levels.import_id and staged.line = again.line;
    insert into private.import_levels (import_id, line, sku, handle, option_values, location, expected, ledger_position,
      counted)
    select stage_levels.import_id, level.line, level.sku, level.handle, level.option_values, level.location,
      level.expected,
      level.ledger_position, level.counted
    from jsonb_populate_recordset(null::private.import_levels, levels) as level;
    perform private.stage_asks(import_id, levels);
    perform private.ask_about_levels(import_id, levels);
  exception when data_exception or integrity_constraint_violation then
    get stacked diagnostics v_problem = message_text;
    perform private.refuse(422, 'invalid_input', jsonb_build_object('field', 'levels', 'problem', v_problem),
      'Send each line once, in the shape of private.import_levels.');
  end;
  select count(*) into v_staged
  from private.import_levels as staged where staged.import_id = stage_levels.import_id;
  perform private.refresh_staged_statistics(v_staged);
  return v_staged;
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
  'Adds up to 1000 lines [{line, sku, handle, option_values, location: name or slug, expected, ledger_position,
   counted}] to
   an inventory import; a line sent again replaces itself. Returns how many are staged. Managers. Raises role_required
   (403), not_found (404), import_applied (409), invalid_input (422).';
