/**
 * Records of every kind but events. Each table holds them as the embedded store does, whole, as JSON text that comes back as it was; what
 * is looked for, sorted by or unique is a column that PostgreSQL itself takes out of it, so that the two cannot differ. Ids and names
 * are compared by their bytes, as JavaScript does.
 */
export const RECORDS = `
CREATE TABLE crosschat.accounts (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  handle text COLLATE "C" GENERATED ALWAYS AS (doc->>'handle') STORED NOT NULL UNIQUE,
  created_at float8 GENERATED ALWAYS AS ((doc->>'createdAt')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.accounts (created_at, id);

CREATE TABLE crosschat.channels (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  account_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'accountId') STORED NOT NULL UNIQUE
);

CREATE TABLE crosschat.members (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  account_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'accountId') STORED NOT NULL,
  since float8 GENERATED ALWAYS AS ((doc->>'since')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.members (channel_id);
CREATE INDEX ON crosschat.members (account_id);

CREATE TABLE crosschat.invites (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  digest text COLLATE "C" GENERATED ALWAYS AS (doc->>'digest') STORED NOT NULL UNIQUE,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED,
  created_at float8 GENERATED ALWAYS AS ((doc->>'createdAt')::float8) STORED NOT NULL,
  expires_at float8 GENERATED ALWAYS AS ((doc->>'expiresAt')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.invites (channel_id);

CREATE TABLE crosschat.overlays (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  created_at float8 GENERATED ALWAYS AS ((doc->>'createdAt')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.overlays (channel_id);

CREATE TABLE crosschat.docks (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  created_at float8 GENERATED ALWAYS AS ((doc->>'createdAt')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.docks (channel_id);

CREATE TABLE crosschat.drafts (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL
);
CREATE INDEX ON crosschat.drafts (channel_id);

CREATE TABLE crosschat.versions (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  overlay_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'overlayId') STORED NOT NULL,
  published_at float8 GENERATED ALWAYS AS ((doc->>'publishedAt')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.versions (overlay_id);

CREATE TABLE crosschat.stages (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL
);

CREATE TABLE crosschat.people (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  at float8 GENERATED ALWAYS AS ((doc->>'at')::float8) STORED NOT NULL,
  until float8 GENERATED ALWAYS AS ((doc->>'until')::float8) STORED,
  stream_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'streamId') STORED
);
CREATE INDEX ON crosschat.people (channel_id);
CREATE INDEX ON crosschat.people (until) WHERE until IS NOT NULL;
CREATE INDEX ON crosschat.people (stream_id) WHERE stream_id IS NOT NULL;

CREATE TABLE crosschat.deeds (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  at float8 GENERATED ALWAYS AS ((doc->>'at')::float8) STORED NOT NULL,
  what text COLLATE "C" GENERATED ALWAYS AS (doc->>'what') STORED NOT NULL,
  undone_by text COLLATE "C" GENERATED ALWAYS AS (doc->>'undoneBy') STORED
);
CREATE INDEX ON crosschat.deeds (channel_id, at);
CREATE INDEX ON crosschat.deeds (at);

CREATE TABLE crosschat.rules_history (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  at float8 GENERATED ALWAYS AS ((doc->>'at')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.rules_history (channel_id);

CREATE TABLE crosschat.moments (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  stream_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'streamId') STORED NOT NULL,
  event_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'eventId') STORED NOT NULL,
  at float8 GENERATED ALWAYS AS ((doc->>'at')::float8) STORED NOT NULL,
  seq float8 GENERATED ALWAYS AS ((doc->>'seq')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.moments (stream_id, event_id);
CREATE INDEX ON crosschat.moments (channel_id);

CREATE TABLE crosschat.erasures (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  started_at float8 GENERATED ALWAYS AS ((doc->>'startedAt')::float8) STORED NOT NULL,
  finished_at float8 GENERATED ALWAYS AS ((doc->>'finishedAt')::float8) STORED
);
CREATE INDEX ON crosschat.erasures (channel_id);
CREATE INDEX ON crosschat.erasures (started_at) WHERE finished_at IS NULL;

CREATE TABLE crosschat.sessions (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  account_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'accountId') STORED,
  expires_at float8 GENERATED ALWAYS AS ((doc->>'expiresAt')::float8) STORED NOT NULL,
  stands boolean GENERATED ALWAYS AS (doc->>'data' IS NOT NULL) STORED NOT NULL
);
CREATE INDEX ON crosschat.sessions (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX ON crosschat.sessions (expires_at);

CREATE TABLE crosschat.keys (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  digest text COLLATE "C" GENERATED ALWAYS AS (doc->>'digest') STORED NOT NULL UNIQUE,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  created_at float8 GENERATED ALWAYS AS ((doc->>'createdAt')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.keys (channel_id);

CREATE TABLE crosschat.webhooks (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL
);

CREATE TABLE crosschat.waiting (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL
);

CREATE TABLE crosschat.sources (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL
);
CREATE INDEX ON crosschat.sources (channel_id);

CREATE TABLE crosschat.streams (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL,
  channel_id text COLLATE "C" GENERATED ALWAYS AS (doc->>'channelId') STORED NOT NULL,
  -- Stands only while the stream runs; being unique, it keeps a channel from having two running streams.
  live_of text COLLATE "C" GENERATED ALWAYS AS (CASE WHEN doc->>'endedAt' IS NULL THEN doc->>'channelId' END) STORED UNIQUE,
  started_at float8 GENERATED ALWAYS AS ((doc->>'startedAt')::float8) STORED NOT NULL,
  ended_at float8 GENERATED ALWAYS AS ((doc->>'endedAt')::float8) STORED,
  deleted_at float8 GENERATED ALWAYS AS ((doc->>'deletedAt')::float8) STORED,
  messages float8 GENERATED ALWAYS AS ((doc->>'messages')::float8) STORED NOT NULL
);
CREATE INDEX ON crosschat.streams (channel_id, started_at, id);
CREATE INDEX ON crosschat.streams (deleted_at) WHERE deleted_at IS NOT NULL;

-- Which installation was moved into this database, and whether all of it is here.
CREATE TABLE crosschat.moved (
  id text COLLATE "C" PRIMARY KEY,
  finished boolean NOT NULL
);

CREATE TABLE crosschat.instance (
  id text COLLATE "C" PRIMARY KEY,
  doc json NOT NULL
);
`
