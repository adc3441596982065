-- The same history for SQLite and PostgreSQL. Times are milliseconds since 1970.

CREATE TABLE target (
    id VARCHAR(400) PRIMARY KEY,
    service VARCHAR(400) NOT NULL,
    name VARCHAR(400) NOT NULL,
    release_version VARCHAR(400),
    started BIGINT NOT NULL,
    seen BIGINT NOT NULL
);

CREATE TABLE series (
    id ${identity},
    target VARCHAR(400) NOT NULL REFERENCES target (id) ON DELETE CASCADE,
    name VARCHAR(400) NOT NULL,
    unit VARCHAR(40) NOT NULL,
    UNIQUE (target, name)
);

-- As they were read; thinned out into sample_coarse when they are old.
CREATE TABLE sample (
    series BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    taken BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (series, taken)
) ${clustered};

CREATE INDEX sample_taken ON sample (taken);

-- Five minutes in one row; taken is their beginning.
CREATE TABLE sample_coarse (
    series BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    taken BIGINT NOT NULL,
    low DOUBLE PRECISION NOT NULL,
    mean DOUBLE PRECISION NOT NULL,
    high DOUBLE PRECISION NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (series, taken)
) ${clustered};

CREATE INDEX sample_coarse_taken ON sample_coarse (taken);

-- What the detectors of a target know.
CREATE TABLE memory (
    target VARCHAR(400) PRIMARY KEY REFERENCES target (id) ON DELETE CASCADE,
    saved BIGINT NOT NULL,
    book ${bytes} NOT NULL
);

CREATE TABLE verdict (
    target VARCHAR(400) NOT NULL REFERENCES target (id) ON DELETE CASCADE,
    given BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    series VARCHAR(400) NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (target, given)
);

CREATE TABLE evidence (
    target VARCHAR(400) NOT NULL REFERENCES target (id) ON DELETE CASCADE,
    seen BIGINT NOT NULL,
    source VARCHAR(400) NOT NULL,
    statement TEXT NOT NULL,
    PRIMARY KEY (target, seen, source, statement)
);
