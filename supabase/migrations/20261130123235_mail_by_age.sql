DROP INDEX "private"."mail_settled";

CREATE INDEX mail_by_age ON private.mail USING btree (created_at);

CREATE INDEX mail_failed ON private.mail USING btree (created_at) WHERE (status = 'failed'::public.mail_status);

-- A shop without a mail server does not keep its messages for ever.
update private.retention_rules set age = 'created_at', only_where = 'true' where kind = 'mail';
