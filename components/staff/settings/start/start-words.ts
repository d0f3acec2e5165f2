/** The texts of the set-up page and of the list of steps until the shop can sell. */
export const startWords = {
  setUp: 'Set up your shop',
  stepOf: (step: number) => `Step ${step} of 2`,
  nameIntro:
    'Until the shop has a name, shoppers see “Opening soon”. You can change all of this later in Settings.',
  locationIntro:
    'Stock is kept at locations: a shop, a workshop, a warehouse. Add the first one. With an address, shoppers can collect there.',
  ready: 'Your shop is open',
  readyIntro: 'Shoppers can see it now. These steps are left until it can sell.',
  canSell: 'Every step is done: your shop can sell.',
  toDashboard: 'Go to the dashboard',
  toShop: 'View the shop',
  untilYouSell: 'Until your shop can sell',
  done: 'Done',
  toDo: 'To do',
  steps: {
    name: { title: 'Name the shop', about: 'Shoppers see “Opening soon” until then.' },
    location: { title: 'Add a location', about: 'Stock is kept there, and orders take units from it.' },
    product: {
      title: 'Add a product and make it active',
      about: 'Enter one, or import a file from Shopify or a spreadsheet.',
    },
    stock: { title: 'Receive stock', about: 'A product can be bought when units of it are available.' },
    payment: {
      title: 'Offer a way to pay',
      about: 'Give a location an address, so that shoppers can collect and pay there.',
    },
    mail: {
      title: 'Connect a mail server',
      about: 'Set SMTP_URL and MAIL_FROM where the server runs (docs/deploy.md), then restart it.',
    },
  },
}
