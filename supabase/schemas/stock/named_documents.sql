-- Which document a line of the ledger names. Movements carry the name as people say it ("count 12", "transfer 7, VAN-3",
-- "import-7"), so that the ledger can be read by itself; this finds the document again, for who wants to go there.

create function private.document_named(name text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_kind text := coalesce(substring(name from '^(order|count|delivery|transfer) \d{1,18}(?:,| reversed$|$)'),
    substring(name from '^(import)-\d{1,18}$'));
  v_number bigint := substring(name from '^[a-z]+[ -](\d{1,18})');
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
    when 'import' then
      -- Only managers may open one, and no link is shown that would lead nowhere.
      if private.is_trusted() or private.staff_role() = 'manager' then
        select imports.id into v_id from public.imports where imports.number = v_number;
      end if;
    else
      return null;
  end case;
  return case when v_id is not null then jsonb_build_object('kind', v_kind, 'id', v_id) end;
end;
$$;
comment on function private.document_named(text) is
  'The order, count, delivery, transfer or, for a manager, import of that number, as {kind, id}; NULL when the name is of
   something else, such as a supplier''s paper. For callers who may read all the others: staff.';

create function private.named_documents(names text[])
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role('viewer');
  return (
    select coalesce(jsonb_object_agg(asked.name, private.document_named(asked.name)), '{}')
    from (select distinct given.name from unnest(names) as given (name) where given.name is not null limit 1000) as asked
  );
end;
$$;
comment on function private.named_documents(text[]) is 'See public.named_documents.';

create function public.named_documents(names text[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.named_documents(names)
$$;
comment on function public.named_documents(text[]) is
  'What the documents are that lines of the ledger name: {name: {kind, id}, or null for what is none of ours or not for the
   caller to open}; up to 1000. Staff. Raises role_required (403).';
revoke execute on function public.named_documents(text[]) from public, anon;
grant execute on function public.named_documents(text[]), private.named_documents(text[]) to authenticated, service_role;
