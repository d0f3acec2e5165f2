import { classes } from '@/components/ui/classes'

/** A small square picture beside a name; decoration. Renders an `<img>` for a picture of ours, else a frame. */
export function Thumbnail({ src, className }: { src: string | null; className?: string }) {
  const frame = 'size-14 rounded-small bg-sunken'
  if (!src) return <span className={frame} />
  // A picture from elsewhere may not load: as a background it leaves the empty frame, not a broken image.
  if (!src.startsWith('/'))
    return (
      <span
        className={classes(frame, 'bg-center bg-cover', className)}
        style={
          URL.canParse(src) ? { backgroundImage: `url("${new URL(src).href.replaceAll('\\', '%5C')}")` } : {}
        }
      />
    )
  return (
    <img
      src={src}
      alt=""
      width={56}
      height={56}
      loading="lazy"
      className={classes(frame, 'object-cover', className)}
    />
  )
}
