set check_function_bodies = off;

create or replace function private.refresh_staged_statistics(staged bigint)
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

create or replace function private.stage_import(import_id uuid, products jsonb)
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

create or replace function private.stage_levels(import_id uuid, levels jsonb)
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

COMMENT ON FUNCTION "private"."refresh_staged_statistics"(bigint) IS 'Tells the planner about the rows of a large file while it is staged. Plans that were made for a file of ten lines
   compare each line with every other.';

REVOKE ALL ON FUNCTION "private"."refresh_staged_statistics"(bigint) FROM PUBLIC;

reset check_function_bodies;
