/** Says which server the page of this test came from: there it finds what it asks for without naming a host. */
export function comeFrom(shopUrl: string): void {
  const base =
    document.head.querySelector('base') ?? document.head.appendChild(document.createElement('base'))
  base.href = shopUrl
}
