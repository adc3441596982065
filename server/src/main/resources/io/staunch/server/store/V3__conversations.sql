-- What receivers of alerts were told of incidents that they still take for open, by each daemon's host.
CREATE TABLE conversation (
    host VARCHAR(400) NOT NULL,
    receiver VARCHAR(400) NOT NULL,
    incident VARCHAR(400) NOT NULL,
    thread VARCHAR(400),
    told TEXT NOT NULL,
    kept BIGINT NOT NULL,
    PRIMARY KEY (host, receiver, incident)
);
