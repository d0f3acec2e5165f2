import { Button } from '@/components/ui/actions/button'
import { Section } from '@/components/ui/layout/section'
import { Stack } from '@/components/ui/layout/stack'
import { PostForm } from '@/components/ui/post-form'
import { advertisingWords } from './words'

/** Whether the signed-in person agreed to advertising, and the button that changes it. Renders a `<section>`. */
export function OwnAdvertising({
  action,
  isGiven,
}: {
  action: (form: FormData) => Promise<unknown>
  isGiven: boolean
}) {
  return (
    <Section id="advertising" title={advertisingWords.advertising} width="form">
      <PostForm action={action} page="/account/details">
        <Stack gap={5}>
          <p>{isGiven ? advertisingWords.isGiven : advertisingWords.isNotGiven}</p>
          <input type="hidden" name="given" value={String(!isGiven)} />
          <div>
            <Button size="large">{isGiven ? advertisingWords.withdraw : advertisingWords.agree}</Button>
          </div>
        </Stack>
      </PostForm>
    </Section>
  )
}
