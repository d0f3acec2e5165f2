-- A buyer's page is notified that its order has changed. A guest has no session that row level security could ask, so
-- the order itself is not sent: a client with its id receives the new version, and fetches the order with the secret or
-- the account. An id is random; a client that learns it receives version numbers, and no more.

create function private.notify_buyer()
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
comment on function private.notify_buyer() is
  'Broadcasts {version} on the private channel orders:<id> when an order has changed. Never stops the change: a message
   that could not be sent is a warning, and pages compare themselves with the database regularly.';
create trigger orders_tell after update on public.orders
  for each row when (new.version <> old.version) execute function private.notify_buyer();

-- No policy to insert: only the database speaks there.
create policy "who knows an order hears that it changed" on realtime.messages
  for select to anon, authenticated
  using (extension = 'broadcast' and (select realtime.topic()) like 'orders:%');
