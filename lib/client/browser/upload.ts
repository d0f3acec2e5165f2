'use client'

/**
 * Posts a form and reports the share of it that was sent, which `fetch` cannot. Resolves with the JSON of the response;
 * null when there is none, as after a lost connection.
 */
export function postWithProgress(
  path: string,
  form: FormData,
  onProgress: (share: number) => void,
): Promise<unknown> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    )
    request.addEventListener('loadend', () => resolve(request.status === 200 ? request.response : null))
    request.send(form)
  })
}
