/** The texts of parcel-fields.tsx and parcels.tsx. */
export const parcelWords = {
  carrier: 'Carrier',
  trackingNumber: 'Tracking number',
  trackingHint: 'As on the label: letters and digits.',
  parcels: 'Parcels',
  sentAt: (time: string) => `Sent ${time}`,
  deliveredAt: (time: string) => `Delivered ${time}`,
  markDelivered: 'Mark as delivered',
  notDelivered: 'Mark as not delivered',
  noTracking: 'No carrier or tracking number yet.',
  addTracking: 'Add tracking',
  correctTracking: 'Correct tracking',
  theCustomerGetsAnEmail: 'The customer gets an e-mail with the tracking number.',
  save: 'Save tracking',
  saved: 'Tracking saved.',
}
