-- The schema as it stands after all migrations, to be read; a test compares the two. Stores are made by the migrations.
-- Documents, what each of them says, and how tellings belong together.
-- Days are ISO 8601 text. Everything but document, part, party, dyad and never can be derived from these.

CREATE TABLE document (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    doc_id TEXT NOT NULL UNIQUE,
    title TEXT,
    text TEXT NOT NULL,
    head TEXT NOT NULL,        -- JSON: the document without its text
    citations TEXT NOT NULL,   -- JSON list
    digest TEXT NOT NULL,      -- of document and reading; never of `ingested`
    first_day TEXT,            -- publication interval; NULL = unknown
    last_day TEXT,
    ingested TEXT,             -- ISO time in UTC, as the caller gave it; NULL = not given
    out_by TEXT,               -- the day by which it was surely published: best day, else last day, else the day of ingestion
    words INTEGER NOT NULL     -- texts.n: what its text is, case and marks aside
);
CREATE INDEX document_out_by ON document (out_by);
CREATE INDEX document_ingested ON document (ingested);
CREATE INDEX document_words ON document (words);

-- One record as one document tells it, as it was read.
CREATE TABLE part (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (n),
    position INTEGER NOT NULL, -- within the reading
    kind TEXT NOT NULL,        -- event, tie, claim, judgement, forecast, silence, link
    type TEXT,                 -- event type, kind of tie, relation
    status TEXT NOT NULL,
    start TEXT,                -- told days, else the publication's; NULL = open or unknown
    finish TEXT,
    anchor TEXT NOT NULL,      -- document, text, kind and trigger: outlives a new reading
    shape INTEGER NOT NULL,    -- shape.n
    record TEXT NOT NULL       -- JSON in the contract's shape
);
CREATE INDEX part_document ON part (document);
CREATE INDEX part_shape ON part (shape);
CREATE INDEX part_anchor ON part (anchor);
CREATE INDEX part_type ON part (kind, type, start);
CREATE INDEX part_date ON part (kind, start, finish);

-- Who is a party of a part: country codes and organisation ids alike.
CREATE TABLE party (
    key TEXT NOT NULL,
    part INTEGER NOT NULL,
    power INTEGER NOT NULL,    -- 1 = can be asked for as a power: actor, recipient, power, member
    PRIMARY KEY (key, part)
) WITHOUT ROWID;
CREATE INDEX party_part ON party (part);

-- Ordered pairs: power, then host.
CREATE TABLE dyad (
    power TEXT NOT NULL,
    host TEXT NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (power, host, part)
) WITHOUT ROWID;
CREATE INDEX dyad_part ON dyad (part);

-- Tellings that are alike in everything that merging looks at are one shape. Each shape hangs on the best of the
-- fuller shapes that it matches; a tree of shapes is one record.
CREATE TABLE shape (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    signature TEXT NOT NULL UNIQUE,
    fullness TEXT NOT NULL,    -- sorts fuller shapes first
    features TEXT NOT NULL,    -- JSON
    parent INTEGER,            -- shape.n; NULL = root
    score REAL,                -- 0..1, of the match with the parent
    reasons TEXT,              -- JSON list of sentences
    tree INTEGER NOT NULL      -- shape.n of the root
);
CREATE INDEX shape_parent ON shape (parent);
CREATE INDEX shape_tree ON shape (tree);

-- Where to look for shapes that may match.
CREATE TABLE block (
    key TEXT NOT NULL,
    start INTEGER NOT NULL,    -- proleptic Gregorian ordinals of days
    finish INTEGER NOT NULL,
    shape INTEGER NOT NULL,
    PRIMARY KEY (key, start, shape)
) WITHOUT ROWID;
CREATE INDEX block_shape ON block (shape);

-- Shapes that would match, but that one document keeps apart.
CREATE TABLE apart (
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (low, high, document)
) WITHOUT ROWID;
CREATE INDEX apart_high ON apart (high);
CREATE INDEX apart_document ON apart (document);

-- Pairs that a person took apart, by anchor.
CREATE TABLE never (
    low TEXT NOT NULL,
    high TEXT NOT NULL,
    PRIMARY KEY (low, high)
) WITHOUT ROWID;
CREATE INDEX never_high ON never (high);

-- Distinct texts, and which of them are copies of one origin.
CREATE TABLE texts (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    signature TEXT NOT NULL UNIQUE,
    sketch TEXT NOT NULL,      -- JSON: the least shingle hash per bin
    origin INTEGER NOT NULL    -- texts.n of the first member
);
CREATE INDEX texts_origin ON texts (origin);
CREATE TABLE band (
    key INTEGER NOT NULL,
    text INTEGER NOT NULL,
    PRIMARY KEY (key, text)
) WITHOUT ROWID;
CREATE INDEX band_text ON band (text);
CREATE TABLE copy (
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    jaccard REAL NOT NULL,
    PRIMARY KEY (low, high)
) WITHOUT ROWID;
CREATE INDEX copy_high ON copy (high);

-- Full text over documents, kept in step by triggers.

CREATE VIRTUAL TABLE found USING fts5 (
    title, text, content = 'document', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_found AFTER INSERT ON document BEGIN
    INSERT INTO found (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER document_lost AFTER DELETE ON document BEGIN
    INSERT INTO found (found, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;

-- Why two tellings are one record, for a person with an SQLite shell.
CREATE VIEW merges AS
SELECT l.id AS "left", r.id AS "right", s.score AS score, s.reasons AS reasons
FROM shape s
JOIN part l ON l.n = (SELECT min(n) FROM part WHERE shape = s.n)
JOIN part r ON r.n = (SELECT min(n) FROM part WHERE shape = s.parent);

-- Forecasts as they were issued. They are never changed and never taken out; what came of them is worked out when asked.
CREATE TABLE foretold (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,   -- hash of who, what, when and how likely
    first_day TEXT NOT NULL,   -- of the window, and the day on which it was made
    until TEXT NOT NULL,       -- last day of the window
    power TEXT NOT NULL,
    host TEXT NOT NULL,
    level TEXT NOT NULL,       -- quad, type, tie
    class TEXT NOT NULL,
    probability REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    base REAL NOT NULL,        -- the base rate, as it was known then
    basis TEXT NOT NULL,
    rule TEXT NOT NULL,        -- when it counts as having come true
    seen TEXT NOT NULL,        -- JSON: documents, acts, last day, coder
    reasons TEXT NOT NULL,     -- JSON list
    issued TEXT                -- ISO time in UTC, as the caller gave it; NULL = not given
);
CREATE INDEX foretold_window ON foretold (first_day, until);
CREATE TRIGGER foretold_stands BEFORE UPDATE ON foretold BEGIN
    SELECT RAISE(ABORT, 'an issued forecast is never changed');
END;
CREATE TRIGGER foretold_stays BEFORE DELETE ON foretold BEGIN
    SELECT RAISE(ABORT, 'an issued forecast is never taken out');
END;

-- What persons said about records. The log is only ever added to; what follows from it can be derived from it again.

CREATE TABLE correction (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL,      -- accept, reject, edit, merge, split, add, undo
    who TEXT NOT NULL,
    at TEXT,                   -- ISO time in UTC, as the caller gave it; NULL = not given
    note TEXT NOT NULL,
    takes_back TEXT            -- of an undo: the id of the entry that it takes back
);
CREATE TRIGGER correction_stays BEFORE DELETE ON correction BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;
CREATE TRIGGER correction_holds BEFORE UPDATE ON correction BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;

-- The tellings that an entry speaks of.
CREATE TABLE corrected (
    correction INTEGER NOT NULL REFERENCES correction (n),
    position INTEGER NOT NULL,
    doc_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,      -- of the document's text
    anchor TEXT NOT NULL,
    twin TEXT NOT NULL,        -- which of several tellings with one anchor; empty = it was alone
    read TEXT,                 -- JSON: the telling as the coder read it then; NULL = a person added it
    before TEXT,               -- JSON: as it stood; NULL = there was none
    after TEXT,                -- JSON: as it stands by this entry; NULL = it counts no longer
    changes TEXT,              -- JSON: the fields that the person vouches for
    PRIMARY KEY (correction, position)
) WITHOUT ROWID;
CREATE INDEX corrected_document ON corrected (doc_id);
CREATE TRIGGER corrected_stays BEFORE DELETE ON corrected BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;
CREATE TRIGGER corrected_holds BEFORE UPDATE ON corrected BEGIN
    SELECT RAISE(ABORT, 'the log of corrections is only added to');
END;

-- Pairs that a person joined, by anchor; `never` has those taken apart.
CREATE TABLE always (
    low TEXT NOT NULL,
    high TEXT NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (low, high)
) WITHOUT ROWID;
CREATE INDEX always_high ON always (high);

-- What the coder read in documents of which a person corrected something; `part` holds the corrected records.
CREATE TABLE uncorrected (
    document INTEGER PRIMARY KEY REFERENCES document (n),
    records TEXT NOT NULL,     -- JSON list, as read
    rejected TEXT NOT NULL     -- JSON list of the tellings that count no longer
);
