/** The texts of skip-link.tsx. */
export const skipLinkWords = {
  skipToTheContent: 'Skip to the content',
}

/** The texts of try-again-link.tsx. */
export const tryAgainLinkWords = {
  tryAgain: 'Try again',
}

/** The texts of try-again.tsx. */
export const tryAgainWords = {
  tryAgain: 'Try again',
}

/** The texts of update-notice.tsx. */
export const updateNoticeWords = {
  theShopWasUpdatedWhile: 'The shop was updated while this page was open. Reload to continue.',
  reload: 'Reload',
}
