-- suggest_products: a few products while a search is typed.

create function private.suggest_products(query text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
-- A term that few products have is not looked for in every document.
set enable_seqscan = off
set jit = off
as $$
declare
  v_plan private.search_plan := private.plan_search(query);
  v_code tsquery := case when length(v_plan.code) > 2 then private.prefix_query(v_plan.code) end;
begin
  return (
    with coded as (
      select document.product_id from private.search_documents as document where document.codes @@ v_code limit 6
    ), named as (
      select document.product_id, ts_rank(document.names, v_plan.every, 2) as score
      from private.search_documents as document
      where document.names @@ v_plan.every
      limit 200
    ), best as (
      select products.id, row_number() over (order by coded.product_id is null, named.score desc nulls last,
          products.position, products.id) as place
      from coded
      full join named using (product_id)
      join public.products on products.id = coalesce(coded.product_id, named.product_id)
    )
    select jsonb_build_object('meant', v_plan.meant, 'products', coalesce(jsonb_agg(
      jsonb_build_object('handle', products.handle, 'title', products.title) order by best.place), '[]'))
    from best
    join public.products on products.id = best.id
    where best.place <= 6
  );
end;
$$;
comment on function private.suggest_products(text) is 'See public.suggest_products.';

create function public.suggest_products(query text)
returns jsonb
language sql
stable
set search_path = ''
set statement_timeout = '1s'
as $$
  select private.suggest_products(query)
$$;
comment on function public.suggest_products(text) is
  'The products that a search being typed may mean, by title, options and codes, the best six: {meant (the text as it
   was read, where words were mistyped), products: [{handle, title}]}. For the shop''s server.';

revoke execute on function public.suggest_products(text) from public, anon, authenticated;
grant execute on function public.suggest_products(text), private.suggest_products(text) to service_role;
