/** Parts of the table of events. By stream, so that each stream's rows and indexes stay together, and none has to be made as time goes by. */
const PARTS = 16
const parts = Array.from(
  { length: PARTS },
  (_, nth) =>
    `CREATE TABLE crosschat.events_${nth} PARTITION OF crosschat.events FOR VALUES WITH (MODULUS ${PARTS}, REMAINDER ${nth});`,
).join('\n')

/**
 * Transcripts. \`row\` numbers a stream's records from 0 in the order of arrival, without holes. \`text\` is what the worker encoded, letter
 * for letter. Every write locks the transcript's own row first: so writers of one stream take turns over any number of machines, and one
 * whose fencing number is older than the last one seen is refused here, whatever it believes.
 */
export const TRANSCRIPTS = `
CREATE TABLE crosschat.transcripts (
  n int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_id text COLLATE "C" NOT NULL UNIQUE,
  fence float8 NOT NULL DEFAULT 0,
  epochs text[] NOT NULL DEFAULT '{}',
  rows int NOT NULL DEFAULT 0,
  messages int NOT NULL DEFAULT 0,
  bytes float8 NOT NULL DEFAULT 0,
  -- Raised whenever rows that stand have changed.
  changes int NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE crosschat.events (
  stream int NOT NULL,
  row int NOT NULL,
  -- Which of the transcript's epochs; of a gap, the one that it was noted in.
  epoch int NOT NULL,
  -- Null for a gap.
  seq bigint,
  kind text NOT NULL,
  -- The event's id, of messages and notices that were not erased: what is delivered twice stands once.
  message_id text COLLATE "C",
  text text NOT NULL,
  PRIMARY KEY (stream, row),
  UNIQUE (stream, epoch, seq),
  UNIQUE (stream, message_id)
) PARTITION BY HASH (stream);
${parts}
CREATE INDEX ON crosschat.events (stream, row) WHERE kind IN ('remove', 'restore', 'clear');

-- Which runs of three letters are said in which block of rows: \`sign\` has a bit for each, \`covers\` says of how many rows.
CREATE TABLE crosschat.blocks (
  stream int NOT NULL,
  block int NOT NULL,
  covers int NOT NULL,
  first_at float8 NOT NULL,
  last_at float8 NOT NULL,
  sign bytea NOT NULL,
  PRIMARY KEY (stream, block)
);
ALTER TABLE crosschat.blocks ALTER COLUMN sign SET STORAGE PLAIN;

-- The transcript's row, locked until the transaction ends; made where there is none. An owner with an older number is refused.
CREATE FUNCTION crosschat.hold(p_stream text, p_fence float8) RETURNS crosschat.transcripts LANGUAGE plpgsql AS $$
DECLARE
  head crosschat.transcripts;
BEGIN
  SELECT * INTO head FROM crosschat.transcripts WHERE stream_id = p_stream FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO crosschat.transcripts (stream_id) VALUES (p_stream) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM crosschat.transcripts WHERE stream_id = p_stream FOR UPDATE;
  END IF;
  IF p_fence < head.fence THEN
    RAISE EXCEPTION 'fencing number % is older than %', p_fence, head.fence USING ERRCODE = 'CC001';
  END IF;
  IF p_fence > head.fence THEN
    UPDATE crosschat.transcripts SET fence = p_fence WHERE n = head.n RETURNING * INTO head;
  END IF;
  RETURN head;
END $$;

-- Adds records behind those that stand. What stands already, by seq or by id, is left out; with p_whole, only its second id is.
-- p_knows: rows that the caller knows of; its signs are kept only where that is true and all of its records are new.
CREATE FUNCTION crosschat.append(
  p_stream text, p_fence float8, p_whole boolean, p_epoch text, p_knows int,
  p_seqs bigint[], p_kinds text[], p_ids text[], p_ends int[], p_bytes bytea,
  p_blocks int[], p_firsts float8[], p_lasts float8[], p_signs bytea[],
  OUT o_rows int, OUT o_messages int, OUT o_added int, OUT o_stream int
) LANGUAGE plpgsql AS $$
DECLARE
  head crosschat.transcripts := crosschat.hold(p_stream, p_fence);
  nth int := array_position(head.epochs, p_epoch);
  said int;
  size float8;
BEGIN
  IF nth IS NULL THEN
    head.epochs := head.epochs || p_epoch;
    nth := cardinality(head.epochs);
  END IF;
  BEGIN
    INSERT INTO crosschat.events (stream, row, epoch, seq, kind, message_id, text)
    SELECT head.n, head.rows + i::int - 1, nth, seq, kind, id,
           convert_from(substring(p_bytes FROM start + 1 FOR stop - start), 'UTF8')
      FROM unnest(p_seqs, p_kinds, p_ids, 0 || p_ends, p_ends) WITH ORDINALITY AS each(seq, kind, id, start, stop, i)
     WHERE stop IS NOT NULL;
    o_added := cardinality(p_ends);
    said := cardinality(array_positions(p_kinds, 'message')) + cardinality(array_positions(p_kinds, 'notice'));
    size := length(p_bytes);
    IF p_knows = head.rows THEN
      INSERT INTO crosschat.blocks (stream, block, covers, first_at, last_at, sign)
      SELECT head.n, each.block, 500, each.first_at, each.last_at, each.sign
        FROM unnest(p_blocks, p_firsts, p_lasts, p_signs) AS each(block, first_at, last_at, sign)
          ON CONFLICT (stream, block) DO UPDATE
         SET covers = excluded.covers, first_at = excluded.first_at, last_at = excluded.last_at, sign = excluded.sign;
    END IF;
  EXCEPTION WHEN unique_violation THEN
    WITH given AS (
      SELECT each.*, count(*) OVER (PARTITION BY each.id ORDER BY each.i) > 1 OR EXISTS (
               SELECT FROM crosschat.events e WHERE e.stream = head.n AND e.message_id = each.id
             ) AS again
        FROM unnest(p_seqs, p_kinds, p_ids, 0 || p_ends, p_ends) WITH ORDINALITY AS each(seq, kind, id, start, stop, i)
       WHERE each.stop IS NOT NULL
    ), fresh AS (
      SELECT given.*, row_number() OVER (ORDER BY given.i) AS place
        FROM given
       WHERE (p_whole OR given.id IS NULL OR NOT given.again)
         AND NOT EXISTS (
               SELECT FROM crosschat.events e WHERE e.stream = head.n AND e.epoch = nth AND e.seq = given.seq
             )
    ), added AS (
      INSERT INTO crosschat.events (stream, row, epoch, seq, kind, message_id, text)
      SELECT head.n, head.rows + place::int - 1, nth, seq, kind, CASE WHEN again THEN NULL ELSE id END,
             convert_from(substring(p_bytes FROM start + 1 FOR stop - start), 'UTF8')
        FROM fresh
          ON CONFLICT DO NOTHING
      RETURNING kind, text
    )
    SELECT count(*), count(*) FILTER (WHERE kind IN ('message', 'notice')), coalesce(sum(octet_length(text)), 0)
      INTO o_added, said, size FROM added;
  END;
  UPDATE crosschat.transcripts
     SET epochs = head.epochs, rows = rows + o_added, messages = messages + said, bytes = bytes + size
   WHERE n = head.n
  RETURNING rows, messages, n INTO o_rows, o_messages, o_stream;
END $$;
`
