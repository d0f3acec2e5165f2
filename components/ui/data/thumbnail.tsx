import { classes } from '@/components/ui/classes'

/** A small square picture beside a name; decoration. Renders an `<img>`, or an empty frame without a picture. */
export function Thumbnail({ src, className }: { src: string | null; className?: string }) {
  const frame = 'size-14 rounded-small bg-sunken'
  if (!src) return <span className={frame} />
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
