'use server'

import { MailToSend, mailFields } from '@/lib/domain/mail/mail'
import { defineForm } from '@/lib/server/forms/define-form'
import { callFunction } from '@/lib/server/platform/call-function'

export const sendMailAgain = defineForm({
  least: 'manager',
  schema: MailToSend,
  read: mailFields,
  refreshes: true,
  run: (asked) => callFunction('send_mail_again', asked),
})
