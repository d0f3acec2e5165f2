/** The texts of the receive page. */
export const receivePageWords = {
  receive: 'Receive',
  inTransit: 'In transit',
  unannouncedDelivery: 'Unannounced delivery',
  scanOrEnterWhatArrived:
    'Scan or enter what arrived. All lines are saved together. If a line is wrong, nothing is saved and the line is marked.',
  newDeliveryOrTransfer: 'New delivery or transfer',
  announceASupplierDeliveryOr:
    'Announce a supplier delivery, or transfer stock to another location. A transfer leaves now and is in transit until it is received.',
}

/** The texts of the delivery page. */
export const deliveryPageWords = {
  delivery: 'Delivery',
  receive: 'Receive',
}
