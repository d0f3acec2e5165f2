/** One change of each kind, and the line that the comparison has for it. */
export const planted: { sql: string; difference: string }[] = [
  {
    sql: 'create table public.notes (id bigint generated always as identity primary key, order_id uuid not null)',
    difference: 'only in the schemas: table:public.notes',
  },
  {
    sql: 'alter table public.notes enable row level security',
    difference: 'only in the schemas: table:public.notes',
  },
  {
    sql: `alter table public.locations add column phone text not null default ''`,
    difference: 'only in the schemas: column:public.locations.phone',
  },
  {
    sql: 'alter table public.locations alter column address drop not null',
    difference: 'column:public.locations.address: notNull differs',
  },
  {
    sql: 'alter table public.locations alter column position set default 7',
    difference: 'default:public.locations.position: expr differs',
  },
  {
    sql: 'alter table public.orders add constraint orders_are_numbered check (number > 0)',
    difference: 'only in the schemas: constraint:public.orders.orders_are_numbered',
  },
  {
    sql: 'alter table public.notes add foreign key (order_id) references public.orders (id)',
    difference: 'only in the schemas: constraint:public.notes.notes_order_id_fkey',
  },
  {
    sql: 'create index locations_by_name on public.locations (name)',
    difference: 'only in the schemas: index:public.locations_by_name',
  },
  {
    sql: `alter type public.staff_role add value 'owner'`,
    difference: 'type:public.staff_role: values differs',
  },
  {
    sql: `create function public.noted(note_id bigint) returns bigint language sql set search_path = '' as $$ select note_id $$`,
    difference: 'only in the schemas: function:public.noted(bigint)',
  },
  {
    sql: 'revoke execute on function public.noted(bigint) from public',
    difference: 'only in the schemas: acl:(function:public.noted(bigint)).PUBLIC',
  },
  {
    sql: 'grant execute on function private.actor() to anon',
    difference: 'only in the schemas: acl:(function:private.actor()).anon',
  },
  {
    sql: 'drop function public.sign_out_everywhere(uuid)',
    difference: 'only in the migrations: function:public.sign_out_everywhere(uuid)',
  },
  {
    sql: `create or replace function private.actor() returns uuid language plpgsql stable set search_path = '' as $$ begin return null; end $$`,
    difference: 'function:private.actor(): def differs',
  },
  {
    sql: 'create view public.open_notes with (security_invoker = true) as select id from public.notes',
    difference: 'only in the schemas: view:public.open_notes',
  },
  {
    sql: 'drop trigger staff_touch on public.staff',
    difference: 'only in the migrations: trigger:public.staff.staff_touch',
  },
  {
    sql: 'create policy "staff read notes" on public.notes for select to authenticated using (true)',
    difference: 'only in the schemas: policy:public.notes."staff read notes"',
  },
  {
    sql: 'alter policy "staff read the settings" on public.shop_settings using (false)',
    difference: 'policy:public.shop_settings."staff read the settings": usingExpr differs',
  },
  {
    sql: 'grant select on public.notes to anon',
    difference: 'only in the schemas: acl:(table:public.notes).anon',
  },
  {
    sql: 'revoke select on public.locations from authenticated',
    difference: 'only in the migrations: acl:(table:public.locations).authenticated',
  },
  {
    sql: 'alter publication supabase_realtime add table public.notes',
    difference: 'only in the schemas: publicationRel:supabase_realtime.public.notes',
  },
  {
    sql: `comment on table public.locations is 'Changed'`,
    difference: 'comment:(table:public.locations): text differs',
  },
  {
    sql: 'alter table public.locations replica identity full',
    difference: 'table:public.locations: replicaIdentity differs',
  },
]
