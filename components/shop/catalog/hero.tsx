import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'

/** The shop in one line and one picture. Renders a `<section>`. */
export function Hero() {
  return (
    <section>
      <div className="page grid gap-x-12 gap-y-6 pt-12 pb-10 tablet:pt-20 tablet:pb-14 desktop:grid-cols-[2fr_1fr] desktop:items-end">
        <Heading level={1} size="display">
          Forty jugs,
          <br />
          then none.
        </Heading>
        <Text size="lead" prose>
          Fewings sells things for the home in editions small enough to count. So we count them: the number
          beside each one is what is on our shelf, and it moves while you look.
        </Text>
      </div>
      <img
        src="/art/scene-window.svg"
        alt="The shop window: a plant, two vases, a lamp, a print, books, candles and a pile of blankets on one long table"
        width={1600}
        height={800}
        fetchPriority="high"
        className="aspect-[4/3] w-full object-cover tablet:aspect-[2/1] desktop:aspect-[5/2] object-[50%_82%]"
      />
    </section>
  )
}
