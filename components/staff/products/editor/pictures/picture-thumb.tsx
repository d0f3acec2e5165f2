/** A picture as small as in a list; what cannot be reached leaves an empty frame. Renders a `<span>`; decoration only. */
export function PictureThumb({ src }: { src: string }) {
  const isOurs = src.startsWith('/')
  const isWeb = !isOurs && /^https?:\/\//.test(src) && URL.canParse(src)
  return (
    <span
      aria-hidden="true"
      className="relative block aspect-[4/5] w-full overflow-hidden rounded-small bg-sunken"
    >
      {isOurs && (
        <img src={src} alt="" width={64} height={80} loading="lazy" className="size-full object-cover" />
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
