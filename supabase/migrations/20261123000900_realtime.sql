-- What is streamed. A published table is never hard-deleted from: under row level security a DELETE reaches every
-- subscriber. Rows carry a version that only grows, so a message applied twice or late is harmless.
--
-- Shoppers follow the shelf; staff follow levels, sums and the ledger.

alter publication supabase_realtime add table
  public.shelf, public.availability, public.stock_levels, public.stock_movements;
