set check_function_bodies = off;

create or replace function private.hold_stock(
  variant_id uuid, quantity integer, idempotency_key uuid, cart_token text, network text
)
returns jsonb
language plpgsql
security definer
set search_path = ''
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  v_network text := private.believed_network(network);
  v_status text;
  v_code text;
  v_detail text;
  v_hint text;
begin
  return private.hold_once(variant_id, quantity, idempotency_key, cart_token, v_network);
exception when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' then
  get stacked diagnostics v_status = returned_sqlstate, v_code = message_text, v_detail = pg_exception_detail,
    v_hint = pg_exception_hint;
  perform private.count_own('hold', cart_token, v_network);
  return private.answer_refused(private.refusal(right(v_status, 3)::integer, v_code, v_detail::jsonb, v_hint));
end;
$$;

reset check_function_bodies;
