// The look of the staff tools' form controls, at least 40 px tall for a thumb in the stock room.

const box = 'h-10 rounded-small border px-3 text-small disabled:opacity-50 aria-disabled:opacity-50'

export const fieldBox = `${box} min-w-0 border-field bg-raised placeholder:text-soft`
export const primaryButton = `${box} shrink-0 cursor-pointer border-action bg-action font-medium text-on-action hover:opacity-90`
export const quietButton = `${box} shrink-0 cursor-pointer border-field bg-transparent font-medium hover:bg-sunken`
export const labelText = 'text-fine text-soft'
