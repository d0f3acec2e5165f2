set check_function_bodies = off;

create or replace function private.apply_discount(code text, cart_token text, network text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_network text := private.believed_network(network);
  v_cart public.carts;
  v_subject text;
  v_refusal jsonb;
begin
  -- Not above: what a declaration raises is caught by no handler of its block.
  v_cart := private.own_cart(cart_token, false, v_network);
  v_subject := private.subject_of(v_cart.token_hash, auth.uid());
  if v_cart.id is null then
    perform private.refuse(409, 'cart_empty', '{}', 'Put something into the cart first.');
  end if;
  perform private.check_caller('discount', v_subject, v_network);
  v_refusal := private.try_discount(v_cart, code);
  perform private.count_callers('discount', array[v_subject], array[v_network]);
  if v_refusal is not null then
    return private.answer_refused(v_refusal);
  end if;
  return private.quote_cart('{}', cart_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

create or replace function private.remove_discount(cart_token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
set lock_timeout = '3s'
as $$
declare
  v_cart public.carts;
begin
  v_cart := private.own_cart(cart_token);
  update public.carts set discount_id = null, version = carts.version + 1
  where carts.id = v_cart.id and carts.discount_id is not null;
  delete from private.discount_claims as claim where claim.cart_id = v_cart.id;
  return private.quote_cart('{}', cart_token);
exception when lock_not_available then
  perform private.refuse(private.busy());
  return null;
end;
$$;

reset check_function_bodies;
