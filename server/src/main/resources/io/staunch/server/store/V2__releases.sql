CREATE TABLE deployed (
    service VARCHAR(400) NOT NULL,
    version VARCHAR(400) NOT NULL,
    since BIGINT NOT NULL,
    source VARCHAR(400) NOT NULL,
    PRIMARY KEY (service, version, since)
);

CREATE INDEX deployed_since ON deployed (since);
