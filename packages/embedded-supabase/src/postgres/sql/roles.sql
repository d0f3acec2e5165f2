-- The roles of a Supabase project, with the rights they have there. `postgres`, which runs the migrations,
-- is no superuser: a migration that needs one fails here as it would in production.

create function pg_temp.ensure_role(name text) returns void
  language plpgsql
as $$
begin
  if not exists (select from pg_roles where rolname = ensure_role.name) then
    execute format('create role %I', ensure_role.name);
  end if;
end
$$;

select pg_temp.ensure_role(name)
from unnest(array[
  'anon', 'authenticated', 'service_role', 'authenticator', 'postgres', 'dashboard_user',
  'supabase_auth_admin', 'supabase_realtime_admin'
]) as name;

alter role anon nologin noinherit;
alter role authenticated nologin noinherit;
alter role service_role nologin noinherit bypassrls;
alter role authenticator login noinherit password 'postgres';
alter role postgres login createdb createrole replication bypassrls password 'postgres';
alter role dashboard_user nologin createdb createrole replication;
alter role supabase_auth_admin login noinherit createrole password 'postgres';
alter role supabase_realtime_admin nologin noinherit;

grant anon, authenticated, service_role to authenticator, supabase_realtime_admin;
grant anon, authenticated, service_role, authenticator to postgres with admin option;
grant supabase_realtime_admin to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
grant set on parameter session_replication_role to postgres;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role postgres set search_path = "$user", public, extensions;
alter role supabase_auth_admin set search_path = auth;
alter role supabase_admin set search_path = "$user", public, auth, extensions;
