create function private.variants_by_code(code text)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select variants.id from public.variants where private.code_key(variants.sku) = private.code_key(variants_by_code.code)
  union
  select variants.id from public.variants
  where private.code_key(variants.barcode) = private.code_key(variants_by_code.code)
  union
  select variants.id
  from public.variants
  -- As a uuid, so that the primary key is used; a text would read every variant. Anything else is NULL.
  where variants.id
    = substring(trim(variants_by_code.code) from '^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$')::uuid
$$;
comment on function private.variants_by_code(text) is
  'The variants that a code names by SKU or barcode (private.code_key), or by the id of a variant that a person chose.';

create function private.code_choices(code text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('variant_id', variants.id, 'title', products.title,
      'option_values', variants.option_values, 'sku', variants.sku, 'barcode', variants.barcode)
    order by products.title, variants.position, variants.id), '[]')
  from private.variants_by_code(code_choices.code) as found (id)
  join public.variants using (id)
  join public.products on products.id = variants.product_id
$$;
comment on function private.code_choices(text) is
  'The variants that a code may mean, for a person to choose from: [{variant_id, title, option_values, sku, barcode}].';

create function private.find_by_codes(codes text[])
returns table (code text, choices jsonb)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  if coalesce(cardinality(codes), 0) > 1000
    or exists (select from unnest(codes) as asked (code) where length(asked.code) > 500) then
    perform private.refuse(422, 'invalid_input',
      jsonb_build_object('field', 'codes', 'problem', 'more than 1000 codes or a code too long'),
      'Send at most 1000 codes of at most 500 characters.');
  end if;
  return query
  select asked.code, private.code_choices(asked.code)
  from (select distinct unnest(find_by_codes.codes)) as asked (code)
  where asked.code is not null;
end;
$$;
comment on function private.find_by_codes(text[]) is 'See public.find_by_codes.';

create function public.find_by_codes(codes text[])
returns table (code text, choices jsonb)
language sql
stable
set search_path = ''
as $$
  select * from private.find_by_codes(codes)
$$;
comment on function public.find_by_codes(text[]) is
  'The variants that each of up to 1000 scanned or typed codes may mean: choices [{variant_id, title, option_values,
   sku, barcode}], none for an unknown code, several for an ambiguous one. Staff of role viewer. Raises
   role_required (403), invalid_input (422).';
revoke execute on function public.find_by_codes(text[]) from public, anon;
grant execute on function public.find_by_codes(text[]), private.find_by_codes(text[]) to authenticated, service_role;
