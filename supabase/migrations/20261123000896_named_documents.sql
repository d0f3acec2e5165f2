-- Which document a line of the ledger names. Movements carry the name as people say it ("count 12", "transfer 7, VAN-3"),
-- so that the ledger can be read by itself; this finds the document again, for who wants to go there.

create function private.document_named(name text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_kind text := substring(name from '^(order|count|delivery|transfer) \d{1,18}(?:,| reversed$|$)');
  v_number bigint := substring(name from '^[a-z]+ (\d{1,18})');
  v_id uuid;
begin
  case v_kind
    when 'order' then
      select orders.id into v_id from public.orders where orders.number = v_number;
    when 'count' then
      select counts.id into v_id from public.counts where counts.number = v_number;
    when 'delivery', 'transfer' then
      select delivery.id into v_id
      from public.deliveries as delivery
      where delivery.number = v_number and (delivery.from_location_id is null) = (v_kind = 'delivery');
    else
      return null;
  end case;
  return case when v_id is not null then jsonb_build_object('kind', v_kind, 'id', v_id) end;
end;
$$;
comment on function private.document_named(text) is
  'The order, count, delivery or transfer of that number, as {kind, id}; NULL when the name is of something else, such as a
   supplier''s paper. For callers who may read all of them: staff.';
