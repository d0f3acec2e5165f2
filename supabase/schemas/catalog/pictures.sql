-- Photos of products in Supabase Storage, and the policies that decide who may add them.
--
-- A manager's upload goes through the shop's server, which checks and resizes it; the policy is the second check. The
-- bucket is private: the shop's server reads it with its own key and serves each photo under /pictures/, for ever the
-- same bytes under the same name. So no policy reads, changes or removes.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('pictures', 'pictures', false, 5000000, '{image/webp}')
on conflict (id) do update
set public = excluded.public,
  file_size_limit = excluded.file_size_limit,
  allowed_mime_types = excluded.allowed_mime_types;

create policy "managers add pictures" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'pictures'
    and name ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9]{1,4}x[0-9]{1,4}(-[0-9]{3,4})?[.]webp$'
    and (select private.staff_role()) = 'manager'
  );
