-- Words that were seen lately and do not stand in `word` yet: they are put there many at once.
CREATE TABLE fresh_word (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
