-- The proof that each movement points at a document that exists.

create function private.sources_drift()
returns table (aggregate text, variant_id uuid, location_id uuid, expected jsonb, actual jsonb)
language sql
stable
security definer
set search_path = ''
as $$
  select 'stock_movements', movement.variant_id, movement.location_id,
    jsonb_build_object('id', movement.id, 'source_kind', movement.source_kind, 'source_id', movement.source_id),
    jsonb_build_object('id', movement.id, 'source', null)
  from public.stock_movements as movement
  where movement.source_id is not null
    and not case movement.source_kind
      when 'order' then exists (select from public.orders where orders.id = movement.source_id)
      when 'import' then exists (select from public.imports where imports.id = movement.source_id)
      when 'count' then exists (select from public.counts where counts.id = movement.source_id)
      else exists (
        select from public.deliveries as delivery
        where delivery.id = movement.source_id
          and private.delivery_source(delivery) = movement.source_kind
      )
    end
$$;
comment on function private.sources_drift() is
  'Movements whose source does not exist. Part of public.verify_inventory.';
