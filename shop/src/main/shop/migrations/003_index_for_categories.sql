-- reversible: DROP INDEX products_by_category
CREATE INDEX products_by_category ON products (category, id);
