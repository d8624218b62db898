-- What is on its way to the disk goes on where it stopped.

-- Nothing ever stood in it.
DROP TABLE IF EXISTS transfer;

-- Files that are being fetched, sealed as pictures are, beside them. message: the key of the message that has it. source:
-- 0 a photo, 1 any other file; file: its number there. name: where its parts lie; bytes: the length of the whole; part: that
-- of a part. parts: one bit for each part that is there, the lowest first. wanted: it goes on by itself.
CREATE TABLE transfer (
    message INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    file INTEGER NOT NULL,
    name TEXT NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    bytes INTEGER NOT NULL,
    part INTEGER NOT NULL,
    parts BLOB NOT NULL,
    wanted INTEGER NOT NULL CHECK (wanted IN (0, 1)),
    used INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TRIGGER message_of_transfer_gone AFTER DELETE ON message BEGIN
    DELETE FROM transfer WHERE message = old.key;
END;
CREATE TRIGGER transfer_is_gone AFTER DELETE ON transfer BEGIN
    INSERT OR IGNORE INTO picture_gone (name) VALUES (old.name);
END;
