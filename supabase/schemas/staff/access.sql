-- Roles and access of staff -------------------------------------------------------------------------------------

create function private.change_staff_member(
  user_id uuid, role public.staff_role, active boolean, seen bigint, idempotency_key uuid, location_ids uuid[],
  sure boolean
)
returns public.staff
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_response jsonb;
  v_member public.staff;
  v_loses boolean;
begin
  perform private.require_role('manager');
  v_response := private.begin_once(idempotency_key, 'change_staff_member',
    jsonb_build_array(user_id, role, location_ids, active, seen, sure));
  if v_response is null then
    perform private.check_rights(role, location_ids);
    -- Everybody who manages, in one order: two managers who take the role from each other must not both succeed.
    perform from public.staff where staff.role = 'manager' and staff.active order by staff.user_id for update;
    select * into v_member from public.staff where staff.user_id = change_staff_member.user_id for update;
    if not found then
      perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id),
        'Reload the list of staff.');
    end if;
    if v_member.version <> seen then
      perform private.refuse(409, 'staff_member_changed', jsonb_build_object('user_id', user_id),
        'Reload the page, look, and decide again.');
    end if;

    v_loses := v_member.active and v_member.role = 'manager' and (role <> 'manager' or not active);
    if v_loses and not exists (
      select from public.staff where staff.role = 'manager' and staff.active and staff.user_id <> v_member.user_id
    ) then
      perform private.refuse(409, 'last_manager', jsonb_build_object('user_id', user_id),
        'Make another staff member a manager first.');
    end if;
    if v_loses and v_member.user_id = auth.uid() and not coalesce(sure, false) then
      perform private.refuse(409, 'own_access', jsonb_build_object('user_id', user_id), 'Send sure = true.');
    end if;

    update public.staff
    set role = change_staff_member.role, location_ids = change_staff_member.location_ids,
      active = change_staff_member.active
    where staff.user_id = v_member.user_id
    returning to_jsonb(staff) into v_response;
    perform private.finish_once(idempotency_key, v_response);
  end if;
  return jsonb_populate_record(null::public.staff, v_response);
end;
$$;
comment on function private.change_staff_member(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) is
  'See public.change_staff_member.';

create function public.change_staff_member(
  user_id uuid, role public.staff_role, active boolean, seen bigint, idempotency_key uuid,
  location_ids uuid[] default null, sure boolean default false
)
returns public.staff
language sql
set search_path = ''
as $$
  select * from private.change_staff_member(user_id, role, active, seen, idempotency_key, location_ids, sure)
$$;
comment on function public.change_staff_member(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean) is
  'Changes the role and access of a staff member; managers. location_ids: where role stock may change stock, NULL
   everywhere. active false: they left, and their name stays. seen: the version that the caller saw. sure: the caller
   confirms to give up the role of manager. Returns the staff member. Raises role_required (403), not_found (404),
   staff_member_changed (409), last_manager (409), own_access (409, not sure), invalid_input (422),
   idempotency_key_reused (409).';

-- Signing out everywhere --------------------------------------------------------------------------------------

create function private.sign_out_everywhere(user_id uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  v_sessions integer;
begin
  perform private.require_role(case when sign_out_everywhere.user_id = auth.uid() then 'viewer'
    else 'manager' end::public.staff_role);
  update public.staff set signed_out_at = now() where staff.user_id = sign_out_everywhere.user_id;
  if not found then
    perform private.refuse(404, 'not_found', jsonb_build_object('user_id', user_id), 'Reload the list of staff.');
  end if;
  -- With a session go its refresh tokens; its access tokens are worth nothing here from now on (private.staff_role).
  delete from auth.sessions where sessions.user_id = sign_out_everywhere.user_id;
  get diagnostics v_sessions = row_count;
  return v_sessions;
end;
$$;
comment on function private.sign_out_everywhere(uuid) is 'See public.sign_out_everywhere.';

create function public.sign_out_everywhere(user_id uuid)
returns integer
language sql
set search_path = ''
as $$
  select private.sign_out_everywhere(user_id)
$$;
comment on function public.sign_out_everywhere(uuid) is
  'Ends every session of a staff member on every device, at once: the caller''s own, or any for managers. Returns their
   number. A repeated call has no further effect. Raises role_required (403), not_found (404).';

revoke execute on function
  public.invite_staff_member(text, text, public.staff_role, text, uuid, uuid[]),
  public.renew_invitation(uuid, text, uuid),
  public.revoke_invitation(uuid), public.read_invitation(text), public.accept_invitation(text),
  public.change_staff_member(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean),
  public.sign_out_everywhere(uuid)
from public, anon;
grant execute on function
  public.invite_staff_member(text, text, public.staff_role, text, uuid, uuid[]),
  private.invite_staff_member(text, text, public.staff_role, text, uuid, uuid[]),
  public.renew_invitation(uuid, text, uuid), private.renew_invitation(uuid, text, uuid),
  public.revoke_invitation(uuid), private.revoke_invitation(uuid),
  public.accept_invitation(text), private.accept_invitation(text),
  public.change_staff_member(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean),
  private.change_staff_member(uuid, public.staff_role, boolean, bigint, uuid, uuid[], boolean),
  public.sign_out_everywhere(uuid), private.sign_out_everywhere(uuid)
to authenticated, service_role;
-- An invited person has no account yet: the shop's server calls for them.
revoke execute on function public.read_invitation(text) from authenticated;
grant execute on function public.read_invitation(text), private.read_invitation(text) to service_role;
