import { Heading } from '@/components/ui/text/heading'
import { Text } from '@/components/ui/text/text'
import type { Shop } from '@/lib/domain/settings/shop'

/** The beginning of the home page, as its manager wrote it. Renders a `<section>`. */
export function Hero({ shop }: { shop: Shop }) {
  const text = shop.hero_text || shop.description
  return (
    <section>
      <div className="page grid gap-x-12 gap-y-6 pt-12 pb-10 tablet:pt-20 tablet:pb-14 desktop:grid-cols-[2fr_1fr] desktop:items-end">
        <Heading level={1} size="display">
          {shop.hero_title || shop.line || shop.name}
        </Heading>
        {text && (
          <Text size="lead" prose>
            {text}
          </Text>
        )}
      </div>
      {shop.hero_picture && (
        <img
          src={shop.hero_picture}
          alt={shop.hero_alt}
          width={1600}
          height={800}
          fetchPriority="high"
          className="aspect-[4/3] w-full object-cover tablet:aspect-[2/1] desktop:aspect-[5/2] object-[50%_82%]"
        />
      )}
    </section>
  )
}
