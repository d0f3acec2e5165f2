-- A buyer's page hears that its order is another. A guest has no session that row level security could ask, so nobody
-- is sent the order itself: whoever knows its id is told its new version, and fetches it with the secret or the account.
-- An id is random; somebody who learns it all the same hears that something happened to an order, and no more.

create function private.tell_buyer()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('version', new.version), 'changed', 'orders:' || new.id, true);
  return null;
end;
$$;
comment on function private.tell_buyer() is
  'Broadcasts {version} on the private channel orders:<id> when an order is another. Never stops the change: what could
   not be sent is a warning, and pages compare themselves with the database now and then.';
create trigger orders_tell after update on public.orders
  for each row when (new.version <> old.version) execute function private.tell_buyer();

-- No policy to insert: only the database speaks there.
create policy "who knows an order hears that it changed" on realtime.messages
  for select to anon, authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'orders:%');
