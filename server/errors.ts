/**
 * Every error that a person or program outside can meet: code → status and sentence. `docs/errors.md` is made from this
 * table, and `middleware/errors.ts` is the one place that turns these into answers.
 */
export const ERRORS = {
  bad_request: [400, 'The request is not in the form that this call takes.'],
  bad_json: [400, 'The body is not valid JSON.'],
  bad_payload: [400, 'The payload is not what this platform sends.'],
  bad_name: [400, 'No channel of this platform can have that name.'],
  bad_signature: [403, 'The signature does not fit. Nothing was taken.'],
  stale_delivery: [403, 'The delivery is too old, or from the future. Nothing was taken.'],
  bad_backup: [400, 'This is no backup of CrossChat, or it is damaged. Nothing was changed.'],
  newer_backup: [400, 'The backup was made by a newer CrossChat. Restore it with that one. Nothing was changed.'],
  bad_setup_token: [403, 'The set-up token is missing or wrong. It stands in the output of the server.'],
  bad_invite: [403, 'This invitation opens nothing: it was used or taken back, or has expired. Ask for a new one.'],
  signed_out: [401, 'You are not signed in. Sign in and try again.'],
  bad_login: [401, 'The user name or the password is wrong.'],
  bad_key: [401, 'The key is not known. Make a new one in the panel.'],
  wrong_origin: [403, 'The request comes from another site. Open CrossChat at its own address.'],
  wrong_scope: [403, 'This key may not do that. Make one with the scope this call needs.'],
  not_allowed: [403, 'Your role in this channel does not allow that. Ask its owner.'],
  suspended: [403, 'This account is suspended. Ask the owner of this instance.'],
  bad_reset_link: [403, 'This link opens nothing any more. Ask the owner of this instance for a new one.'],
  registration_closed: [403, 'Nobody can register here at the moment. Ask the owner of this instance.'],
  not_found: [404, 'There is nothing here under this address.'],
  unknown_platform: [404, 'No such platform. GET /api/platforms lists the known ones.'],
  method_not_allowed: [405, 'This address does not take that method.'],
  name_taken: [409, 'This user name is taken. Choose another one.'],
  member_already: [409, 'This account works in the channel already. Its owner can change the role.'],
  registration_fixed: [
    409,
    'CROSSCHAT_REGISTRATION says who may register. Take it out of the environment to decide it here.',
  ],
  owner_account: [409, 'The owner of the instance can be neither suspended nor removed.'],
  channel_full: [409, 'This channel keeps as many transcripts as it may. Delete old streams, then start this one.'],
  stream_live: [409, 'A stream is running already. End it first.'],
  no_stream: [409, 'No stream is running.'],
  draft_changed: [409, 'The draft was changed in another window meanwhile. Nothing was overwritten.'],
  hidden_message: [409, 'This message is hidden. Show it again first.'],
  held_decided: [409, 'Somebody has decided about this message already.'],
  rules_changed: [409, 'The rules were changed again after that. Take back the newer change first.'],
  list_full: [409, 'The list is full. Take somebody off it first.'],
  folder_not_empty: [409, 'The folder to restore into is not empty. Choose another one, or say --replace.'],
  file_exists: [409, 'The file exists already. Nothing was written; choose another name.'],
  panic_on: [409, 'The overlays are held empty. Show the chat again first.'],
  too_large: [413, 'The body is larger than this call takes.'],
  wrong_type: [415, 'The content type is not one that this call takes.'],
  wrong_host: [
    421,
    'This server does not answer for that host name. Set CROSSCHAT_PUBLIC_URL to the address people use.',
  ],
  too_many: [429, 'Too many requests. Wait and try again.'],
  internal: [500, 'Something failed on our side. Nothing was changed. Try again.'],
  queue_full: [503, 'The queue is full. Nothing of this request was taken; send it again later.'],
  busy: [503, 'The server is busy. Try again in a moment.'],
  moved: [503, 'The channel is being moved to another server. Nothing of this request was taken; send it again.'],
  stopping: [503, 'The server is stopping. Try again in a moment.'],
  storage_fenced: [503, 'Another server has taken over this channel. Nothing was changed. Try again.'],
  storage_failed: [507, 'The disk did not take the write. Nothing was changed.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>

export type ErrorCode = keyof typeof ERRORS

export interface ErrorExtra {
  /** A sentence more exact than the table's; must not echo secrets. */
  message?: string
  /** Field → what is wrong with it. */
  fields?: Record<string, string>
  /** Seconds after which to try again; becomes Retry-After. */
  retryAfter?: number
  /** Private: logged, never sent. */
  cause?: unknown
}

export class CrossChatError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly fields: Record<string, string> | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, extra: ErrorExtra = {}) {
    super(extra.message ?? ERRORS[code][1], extra.cause === undefined ? undefined : { cause: extra.cause })
    this.name = 'CrossChatError'
    this.code = code
    this.status = ERRORS[code][0]
    this.fields = extra.fields
    this.retryAfter = extra.retryAfter
  }
}
