-- The shelf for the shop's server, which reads it once for all visitors (docs/decisions/0042).

create function private.read_shelf(product_ids uuid[], variant_ids uuid[])
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_rows jsonb;
begin
  if cardinality(product_ids) + cardinality(variant_ids) > 5000 then
    perform private.refuse(422, 'invalid_input', '{"field": "product_ids", "problem": "more than 5000"}',
      'Read the shelf of at most 5000 products and variants at once.');
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
    'variant_id', found.variant_id, 'product_id', found.product_id, 'band', found.band, 'left', found."left",
    'version', found.version,
    'announced', case when shop_settings.stock_broadcast then sent.version is null or sent.version >= found.version end
  )), '[]')
  into v_rows
  from (
    select shelf.* from public.shelf where shelf.product_id = any (read_shelf.product_ids)
    union
    select shelf.* from public.shelf where shelf.variant_id = any (read_shelf.variant_ids)
  ) as found
  join public.shop_settings on shop_settings.only_row
  left join private.shelf_broadcasts as sent on sent.variant_id = found.variant_id;
  return v_rows;
end;
$$;
comment on function private.read_shelf(uuid[], uuid[]) is 'See public.read_shelf.';

create function public.read_shelf(product_ids uuid[] default '{}', variant_ids uuid[] default '{}')
returns jsonb
language sql
stable
security invoker
set search_path = ''
as $$
  select private.read_shelf(product_ids, variant_ids)
$$;
comment on function public.read_shelf(uuid[], uuid[]) is
  'The shelf rows of some products and some variants, each once, in one document: the rows of a table would be cut at
   the Data API''s max_rows. `announced` is null where the shop does not broadcast its stock, and false for a row that
   was held back (schemas/stock/broadcast.sql). For the shop''s server, at most 5000 ids.';
revoke execute on function public.read_shelf(uuid[], uuid[]) from public, anon, authenticated;
grant execute on function public.read_shelf(uuid[], uuid[]), private.read_shelf(uuid[], uuid[]) to service_role;
