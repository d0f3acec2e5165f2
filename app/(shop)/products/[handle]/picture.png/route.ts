import ProductShareImage from '@/app/(shop)/products/[handle]/opengraph-image'

/** The picture for shared links at an address that does not change with the build, for feeds. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/products/[handle]/picture.png'>,
): Promise<Response> {
  return ProductShareImage({ params })
}
