/** A read failed because the session of the signed-in person has ended. A retry does not help; signing in does. */
export class SignedOut extends Error {}
