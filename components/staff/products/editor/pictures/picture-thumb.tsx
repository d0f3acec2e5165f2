import { photoAt } from '@/lib/domain/products/photo'

/** A picture as small as in a list; one that cannot be reached leaves an empty frame. Renders a `<span>`; decoration only. */
export function PictureThumb({ src, focus = [50, 50] }: { src: string; focus?: readonly [number, number] }) {
  const isOurs = src.startsWith('/')
  const isWeb = !isOurs && /^https?:\/\//.test(src) && URL.canParse(src)
  return (
    <span
      aria-hidden="true"
      className="relative block aspect-[4/5] w-full overflow-hidden rounded-small bg-sunken"
    >
      {isOurs && (
        <img
          src={photoAt(src)?.small ?? src}
          alt=""
          width={64}
          height={80}
          loading="lazy"
          className="size-full object-cover"
          style={{ objectPosition: `${focus[0]}% ${focus[1]}%` }}
        />
      )}
      {isWeb && (
        <span
          className="block size-full bg-center bg-cover"
          style={{ backgroundImage: `url("${new URL(src).href.replaceAll('\\', '%5C')}")` }}
        />
      )}
    </span>
  )
}
