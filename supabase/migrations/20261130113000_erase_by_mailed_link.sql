set check_function_bodies = off;

create or replace function private.erase_order(order_id uuid, order_token text, idempotency_key uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_hash bytea := private.token_hash(order_token);
  v_order public.orders;
  v_is_finished boolean;
  v_response jsonb;
begin
  v_response := private.begin_once(idempotency_key, 'erase_order', jsonb_build_array(order_id, encode(v_hash, 'hex')));
  if v_response is not null then
    return v_response;
  end if;
  v_order := private.lock_order(order_id);
  -- The order of an account is erased by the account.
  if not private.owns_order(v_order, order_token) or v_order.user_id is not null then
    perform private.refuse(404, 'not_found', jsonb_build_object('order_id', order_id),
      'Check the link. An order of an account is erased with the account.');
  end if;
  v_is_finished := private.is_finished(v_order);
  if v_is_finished then
    perform private.erase_orders(array[v_order.id]);
  elsif v_order.erase_asked_at is null then
    update public.orders set erase_asked_at = private.clock() where orders.id = v_order.id;
  end if;
  v_response := jsonb_build_object('erased', v_is_finished);
  perform private.finish_once(idempotency_key, v_response);
  return v_response;
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

reset check_function_bodies;
