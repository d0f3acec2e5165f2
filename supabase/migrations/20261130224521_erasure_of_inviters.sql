set check_function_bodies = off;

create or replace function private.erase_staff(person uuid, email text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  v_is_staff boolean := exists (select from public.staff where staff.user_id = person);
  v_is_first boolean;
begin
  -- The change of the row would leave the very name in the trail.
  perform private.leave_trail_to('erasure');
  update private.mail
  set account = mail.account || '{"invited_by": "Former staff member"}'
  from public.staff
  where staff.user_id = person and mail.status = 'waiting' and mail.kind = 'staff_invitation'
    and mail.account ->> 'invited_by' = staff.name;
  update public.staff
  set active = false, signed_out_at = now(), name = 'Former staff member',
    email = 'erased-' || staff.user_id || '@erased.invalid'
  where staff.user_id = person and staff.email not like 'erased-%@erased.invalid';
  v_is_first := found;
  delete from public.staff_invitations as invitation where invitation.email = lower(erase_staff.email);
  perform private.leave_trail_to('');

  perform private.erase_trail(array(
    select line.id
    from public.audit_trail as line
    where line.subject = 'staff_member' and line.subject_id = person::text
  ), 'Former staff member');
  perform private.erase_trail(array(
    select line.id
    from public.audit_trail as line
    where line.subject = 'invitation' and line.label = lower(erase_staff.email)
  ), 'Invitation');
  perform set_config('onhand.erasing', 'on', true);
  update public.audit_trail as line
  set actor_name = case when v_is_staff then 'Former staff member' else 'A customer' end
  where line.actor = person;
  perform set_config('onhand.erasing', '', true);
  insert into public.audit_trail (actor_name, action, subject, subject_id, label)
  select case when auth.uid() = person then 'Former staff member' else private.actor_name() end,
    'erased', 'staff_member', person::text, 'Former staff member'
  where v_is_first;
end;
$$;

reset check_function_bodies;
