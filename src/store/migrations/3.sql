-- Small pictures that are kept in files beside this one, each sealed with a key of its own.

-- source: 0 a face, 1 a photo, 2 any other file. part: the face's peer (marked id), or the letter of the size.
-- chat: where it was seen first (marked id). name: its file. bytes: its own length; disk: what the file takes.
CREATE TABLE picture (
    number INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    part TEXT NOT NULL,
    id INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    name TEXT NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    bytes INTEGER NOT NULL,
    disk INTEGER NOT NULL,
    used INTEGER NOT NULL,
    UNIQUE (source, part, id)
) STRICT;
CREATE INDEX picture_used ON picture (used, disk);

-- Which messages show a picture: it goes with the last of them.
CREATE TABLE picture_message (
    message INTEGER NOT NULL,
    picture INTEGER NOT NULL,
    PRIMARY KEY (message, picture)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_message_picture ON picture_message (picture);

-- Files that are to be removed.
CREATE TABLE picture_gone (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER message_of_picture_gone AFTER DELETE ON message BEGIN
    DELETE FROM picture_message WHERE message = old.key;
END;
CREATE TRIGGER picture_not_shown AFTER DELETE ON picture_message BEGIN
    DELETE FROM picture WHERE number = old.picture
        AND NOT EXISTS (SELECT 1 FROM picture_message WHERE picture = old.picture);
END;
CREATE TRIGGER picture_is_gone AFTER DELETE ON picture BEGIN
    INSERT OR IGNORE INTO picture_gone (name) VALUES (old.name);
    DELETE FROM picture_message WHERE picture = old.number;
END;
