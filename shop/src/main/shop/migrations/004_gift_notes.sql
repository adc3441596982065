-- reversible: ALTER TABLE orders DROP COLUMN gift_note; DROP INDEX orders_by_time
ALTER TABLE orders ADD COLUMN gift_note text;
CREATE INDEX orders_by_time ON orders (placed_at);
