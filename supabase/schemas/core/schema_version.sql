-- The version of the schema: the newest migration that was applied. The shop asks for it when it starts and refuses to
-- work with a database that is older or newer than its code (lib/domain/schema-version.ts).

create function private.schema_version()
returns text
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  -- The Supabase CLI keeps this table. A database that was made without it has no version.
  if to_regclass('supabase_migrations.schema_migrations') is null then
    return null;
  end if;
  return (select max(version) from supabase_migrations.schema_migrations);
end;
$$;
comment on function private.schema_version() is 'See public.schema_version. Definer: API roles do not see the table.';

create function public.schema_version()
returns text
language sql
stable
set search_path = ''
as $$
  select private.schema_version()
$$;
comment on function public.schema_version() is
  'The timestamp of the newest migration, NULL when the database was not made by migrations. For the secret key alone.';

revoke execute on function private.schema_version(), public.schema_version() from public, anon, authenticated;
grant execute on function private.schema_version(), public.schema_version() to service_role;

create function public.row_limit_probe()
returns setof integer
language sql
immutable
set search_path = ''
as $$
  select generate_series(1, 1000)
$$;
comment on function public.row_limit_probe() is
  'A thousand rows. The shop reads so many at once: fewer in the answer mean that max_rows of the Data API is too low,
   and the shop does not start. For the secret key alone.';
revoke execute on function public.row_limit_probe() from public, anon, authenticated;
grant execute on function public.row_limit_probe() to service_role;
