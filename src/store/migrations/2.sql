-- What was seen: people, chats, messages, which stretches of a chat are whole, words to search by; and what was
-- written here and must not be lost.

-- As shown; keys for requests stand in `peer`. id: the marked id.
CREATE TABLE shown_peer (
    id INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- number: ours, small and never given twice: the upper half of the keys of its messages.
-- listed: the round of the chat list that named it last; 0: it does not stand in the list.
-- pinned: its place among those at the top. last: key of the newest message.
CREATE TABLE chat (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id INTEGER NOT NULL UNIQUE,
    listed INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER,
    last INTEGER,
    last_date INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0,
    mentions INTEGER NOT NULL DEFAULT 0,
    reactions INTEGER NOT NULL DEFAULT 0,
    read_inbox INTEGER NOT NULL DEFAULT 0,
    read_outbox INTEGER NOT NULL DEFAULT 0,
    muted INTEGER NOT NULL DEFAULT 0
) STRICT;

-- key: chat.number in the upper 32 bits, the message's number in the lower: the messages of a chat lie together, in
-- their order. common: the number again where all chats share one row of numbers (people and small groups).
-- document: its row in the index, if it has one. bytes: size of the file that it carries.
CREATE TABLE message (
    key INTEGER PRIMARY KEY,
    date INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    common INTEGER,
    expires INTEGER,
    document INTEGER,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX message_common ON message (common) WHERE common IS NOT NULL;
CREATE INDEX message_expires ON message (expires) WHERE expires IS NOT NULL;

-- News of a poll name the poll only.
CREATE TABLE poll_message (
    poll INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (poll, message)
) STRICT, WITHOUT ROWID;

-- News of what a link leads to name the page only: the messages that wait for it.
CREATE TABLE page_message (
    page INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (page, message)
) STRICT, WITHOUT ROWID;

-- From `first` to `last` everything that the server has stands in `message`. last = 2147483647: up to now.
CREATE TABLE stretch (
    chat INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    PRIMARY KEY (chat, first)
) STRICT, WITHOUT ROWID;

-- How many messages of each kind a chat has here, and how large their files are.
CREATE TABLE tally (
    chat INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (chat, kind)
) STRICT, WITHOUT ROWID;

-- The rows of the index rise with the time of the messages (date * 16 and on), so that "newest first" is their order
-- backwards.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    message INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE word_index USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '^@#$'"
);
-- Every word that was ever indexed, for the search within words.
CREATE TABLE word (
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE word_parts USING fts5 (
    word, content = 'word', content_rowid = 'id', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
);
-- Pages of the index that fit into one of the encrypted file's (4096 less 80 for its seal); pieces are merged later,
-- but fewer times.
INSERT INTO word_index (word_index, rank) VALUES ('pgsz', 3900), ('automerge', 8);
INSERT INTO word_parts (word_parts, rank) VALUES ('pgsz', 3900), ('automerge', 8);

-- Where the reader was.
CREATE TABLE place (
    chat INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- local: what stands in the composer. cloud: the newest of another device. loser: what had to give way.
CREATE TABLE draft (
    chat INTEGER PRIMARY KEY,
    body BLOB NOT NULL
) STRICT;

-- What is to be sent. place: the order within the chat. since: when it came into its state, in Unix seconds.
CREATE TABLE outbox (
    random_id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL,
    place INTEGER NOT NULL,
    state INTEGER NOT NULL,
    since INTEGER NOT NULL,
    pending INTEGER,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_order ON outbox (chat, place);
CREATE INDEX outbox_pending ON outbox (pending) WHERE pending IS NOT NULL;
