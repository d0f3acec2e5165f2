import { Notice } from '@/components/ui/feedback/notice'
import { Problem } from '@/components/ui/feedback/problem'
import { type AccountNotice, isRefusal } from '@/lib/domain/people/credentials'
import { noticeWords } from './words'

/** How the form of an account fared. Renders a live region, or nothing without a notice. */
export function AccountNoticeBox({ notice }: { notice: AccountNotice | null }) {
  if (!notice) return null
  if (isRefusal(notice)) return <Problem size="body">{noticeWords[notice]}</Problem>
  return <Notice role="status">{noticeWords[notice]}</Notice>
}
