import type { SupabaseClient } from '@supabase/supabase-js'

/** The tables such a shop has: a stock column anybody's browser may write, and orders. */
export const tables = `
  create table public.tutorial_products (id uuid primary key, stock integer not null);
  create table public.tutorial_orders (
    id bigint generated always as identity primary key,
    product_id uuid not null references public.tutorial_products (id)
  );
  grant select, update on public.tutorial_products to anon;
  grant select, insert on public.tutorial_orders to anon;
  notify pgrst, 'reload schema';`

/**
 * Buying one unit as tutorials of shops on Supabase have it: read the stock, refuse when there is none, write it back
 * one lower, insert the order. (Supabase's own guides sell nothing; this is the usual code around them.) Answers
 * whether the shopper was told that the order is placed.
 */
export async function buyAsInTutorials(supabase: SupabaseClient, productId: string): Promise<boolean> {
  const { data: product } = await supabase
    .from('tutorial_products')
    .select('stock')
    .eq('id', productId)
    .single<{ stock: number }>()
  if (!product || product.stock < 1) return false

  const { error } = await supabase
    .from('tutorial_products')
    .update({ stock: product.stock - 1 })
    .eq('id', productId)
  if (error) return false

  const { error: refused } = await supabase.from('tutorial_orders').insert({ product_id: productId })
  return !refused
}
