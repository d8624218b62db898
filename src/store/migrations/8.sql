-- Chats that are in the archive, and so not in the list, also when something comes in them.
ALTER TABLE chat ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
