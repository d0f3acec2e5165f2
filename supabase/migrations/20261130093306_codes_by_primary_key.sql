set check_function_bodies = off;

create or replace function private.variants_by_code(code text)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select variants.id from public.variants where private.code_key(variants.sku) = private.code_key(variants_by_code.code)
  union
  select variants.id from public.variants where private.code_key(variants.barcode) = private.code_key(variants_by_code.code)
  union
  select variants.id
  from public.variants
  -- As a uuid, so that the primary key is used; a text would read every variant. Anything else is NULL.
  where variants.id
    = substring(trim(variants_by_code.code) from '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$')::uuid
$$;

reset check_function_bodies;
