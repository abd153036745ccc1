-- One row per (client, Idempotency-Key). Committed before the work starts, so that two requests at once can see each other.
create table idempotency_key (
    client                text        not null,
    key                   text        not null,
    request_hash          bytea       not null,
    state                 text        not null check (state in ('IN_FLIGHT', 'DONE')),
    -- What the work created; written in the work's own transaction, so it is there exactly if the work is.
    location              text,
    response_status       int,
    response_content_type text,
    response_body         bytea,
    -- Technical time. Also the fence: who holds the row with this very value may write its outcome.
    started_at            timestamptz not null,
    primary key (client, key),
    check (state <> 'DONE' or response_status is not null)
);

create index idempotency_key_started_at on idempotency_key (started_at);
