-- What the person chose for this account, what is on its way to the disk, and what is pinned.

-- name: ours; value: the choice, encoded.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Files that are being fetched. path: where it lies until it is whole. parts: one bit for each part that is there.
CREATE TABLE transfer (
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    path TEXT NOT NULL,
    parts BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;

-- What is kept at the top of a chat, as the server told it last: the numbers of the messages, newest first.
CREATE TABLE pinned (
    chat INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- What a chat's pictures take.
CREATE INDEX picture_chat ON picture (chat, source, disk);
